using Loyalty.Engine.Live;
using Microsoft.AspNetCore.SignalR;

namespace Loyalty.Web.Live;

internal static class LiveServiceCollectionExtensions
{
    /// <summary>The live workshops and the way to their phones. Needs a journal and the rulebook.</summary>
    public static IServiceCollection AddLoyaltyLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveDirectory>();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<IPublisher>(provider => provider.GetRequiredService<LiveMetrics>());
        services.AddSingleton<PhoneConnections>();
        services.AddSingleton<HubLifetimeManager<PhoneHub>>(provider => provider.GetRequiredService<PhoneConnections>());
        services.AddSingleton<PhoneAdmission>();
        services.AddSingleton(provider => new PhoneDoor(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<LiveMetrics>()));
        services.AddSingleton<PhoneStageRenderer>();
        services.AddSingleton<AnswerIntake>();
        services.AddSingleton<FanOut>();
        services.AddHostedService<LiveGauges>();
        services.AddHostedService<LiveAtStart>();
        return services;
    }
}
