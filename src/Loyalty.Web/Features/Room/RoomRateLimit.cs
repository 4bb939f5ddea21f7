using System.Threading.RateLimiting;
using Loyalty.Web.Identity;
using Microsoft.AspNetCore.RateLimiting;

namespace Loyalty.Web.Features.Room;

/// <summary>
/// The address of a room display holds the join code and needs no sign-in, so it must not be a way to try codes. Every opening
/// counts: a display opens its page once, and once more after the server was away.
/// </summary>
internal static class RoomRateLimit
{
    public const string Policy = "room";

    /// <summary>Openings a minute from one address: all displays of one workshop behind one router, four times over. All 23⁶ codes would take two years.</summary>
    private const int OpeningsPerMinute = 4 * RoomDisplays.Max;

    public static void AddTo(RateLimiterOptions options) =>
        options.AddPolicy(Policy, context => RateLimitPartition.GetSlidingWindowLimiter(
            CredentialRateLimit.KeyOf(context.Connection.RemoteIpAddress),
            _ => new()
            {
                PermitLimit = OpeningsPerMinute,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
            }));
}
