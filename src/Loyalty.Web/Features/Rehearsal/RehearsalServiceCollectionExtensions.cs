namespace Loyalty.Web.Features.Rehearsal;

internal static class RehearsalServiceCollectionExtensions
{
    public static IServiceCollection AddLoyaltyRehearsal(this IServiceCollection services)
    {
        services.AddSingleton<Rehearsals>();
        services.AddHostedService<RehearsalsAtStart>();
        return services;
    }
}
