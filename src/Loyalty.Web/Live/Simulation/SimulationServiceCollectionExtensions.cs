namespace Loyalty.Web.Live.Simulation;

internal static class SimulationServiceCollectionExtensions
{
    /// <summary>Simulated participants, for rehearsals and for the demonstration.</summary>
    public static IServiceCollection AddLoyaltySimulation(this IServiceCollection services)
    {
        services.AddSingleton<StillRoom>();
        services.AddOptions<SimulationOptions>().BindConfiguration("Loyalty:Simulation")
            .Validate(options => options.Speed is >= 1 and <= SimulationOptions.MaxSpeed, "Loyalty:Simulation:Speed is a number from 1 to 100.")
            .ValidateOnStart();
        services.AddSingleton<Simulations>();
        services.AddHostedService(provider => provider.GetRequiredService<Simulations>());
        return services;
    }
}
