using Loyalty.Engine.Live;

namespace Loyalty.Web.Live;

internal static class LiveServiceCollectionExtensions
{
    /// <summary>The live workshops and the way to their phones. Needs a journal and the rulebook.</summary>
    public static IServiceCollection AddLoyaltyLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveDirectory>();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<IPublisher>(provider => provider.GetRequiredService<LiveMetrics>());
        return services;
    }
}
