using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Loyalty.Web.Identity;

/// <summary>
/// Slows down guessing from one address, over many accounts; the lockout slows it down per account. Only posts count:
/// opening the page is free.
/// </summary>
internal static class CredentialRateLimit
{
    public const string Policy = "credentials";
    public const string Setting = "Loyalty:SignInAttemptsPerMinute";
    private const int DefaultAttemptsPerMinute = 20;

    public static void AddTo(RateLimiterOptions options, IConfiguration configuration)
    {
        var attempts = configuration.GetValue<int?>(Setting) ?? DefaultAttemptsPerMinute;
        options.AddPolicy(Policy, context => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetSlidingWindowLimiter(KeyOf(context.Connection.RemoteIpAddress), _ => new()
            {
                PermitLimit = attempts,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
            })
            : RateLimitPartition.GetNoLimiter("free"));
    }

    // One household or server is given a whole IPv6 /64; counting single addresses in it would count nothing.
    internal static string KeyOf(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
    }
}
