namespace Loyalty.Web.Features.Workshops;

internal static class WorkshopsServiceCollectionExtensions
{
    public static IServiceCollection AddLoyaltyWorkshops(this IServiceCollection services)
    {
        services.AddSingleton<AgendaChoices>();
        services.AddSingleton<WorkshopDesk>();
        return services;
    }
}
