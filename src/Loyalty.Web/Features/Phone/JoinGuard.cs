using System.Collections.Concurrent;
using System.Net;
using System.Threading.RateLimiting;

namespace Loyalty.Web.Features.Phone;

/// <summary>
/// Slows down the guessing of codes. Only wrong codes count, per address; right ones never do, because a whole room shares
/// one address. A code that was right once from an address stays open to it, so that nobody in the room can lock the others out
/// by typing nonsense.
/// </summary>
internal sealed class JoinGuard : IDisposable
{
    /// <summary>Wrong codes from one address per <see cref="Window"/>. 23⁶ codes at this pace outlast any workshop.</summary>
    public const int WrongCodes = 30;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Beyond it the memory of right codes starts anew: a bound, not a rule.</summary>
    private const int MaxOpen = 50_000;

    private readonly ConcurrentDictionary<(string Address, string Code), byte> open = new();

    private readonly PartitionedRateLimiter<string> wrong = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = WrongCodes,
            Window = Window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));

    /// <summary>Whether this address may find out about this code now.</summary>
    public bool MayTry(IPAddress? address, string code)
    {
        if (open.ContainsKey((KeyOf(address), code)))
            return true;
        using var lease = wrong.AttemptAcquire(KeyOf(address), permitCount: 0);
        return lease.IsAcquired;
    }

    public void WasRight(IPAddress? address, string code)
    {
        if (open.Count >= MaxOpen)
            open.Clear();
        open.TryAdd((KeyOf(address), code), 0);
    }

    public void WasWrong(IPAddress? address)
    {
        using var lease = wrong.AttemptAcquire(KeyOf(address));
    }

    public void Dispose() => wrong.Dispose();

    // A household or a server is given a whole IPv6 /64; counting single addresses in it would count nothing.
    private static string KeyOf(IPAddress? address)
    {
        if (address is null)
            return "";
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
    }
}
