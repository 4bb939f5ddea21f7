namespace Loyalty.Web.Features.Operations;

internal static class OperationsServiceCollectionExtensions
{
    public static IServiceCollection AddLoyaltyOperations(this IServiceCollection services)
    {
        services.AddSingleton<RecentTimes>();
        services.AddHostedService(provider => provider.GetRequiredService<RecentTimes>());
        services.AddSingleton<OperationsDesk>();
        return services;
    }
}
