namespace Loyalty.Web.Features.Room;

internal static class RoomServiceCollectionExtensions
{
    public static IServiceCollection AddLoyaltyRoom(this IServiceCollection services)
    {
        services.AddRateLimiter(RoomRateLimit.AddTo);
        return services.AddSingleton<RoomDisplays>();
    }
}
