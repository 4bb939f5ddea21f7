namespace Loyalty.Web.Live.Simulation;

internal static class SimulationServiceCollectionExtensions
{
    /// <summary>Simulated participants, for rehearsals and for the demonstration.</summary>
    public static IServiceCollection AddLoyaltySimulation(this IServiceCollection services)
    {
        services.AddSingleton<StillRoom>();
        services.AddSingleton<Simulations>();
        services.AddHostedService(provider => provider.GetRequiredService<Simulations>());
        return services;
    }
}
