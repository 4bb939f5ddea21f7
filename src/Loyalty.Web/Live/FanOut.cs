using System.Collections.Concurrent;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Live;

/// <summary>
/// Brings every change of a live workshop to its phones: one loop per workshop, woken by the newest state. State is sent, not events,
/// so whatever was superseded while the loop was busy is never sent. A stage is rendered once for all phones.
/// </summary>
public sealed class FanOut(
    PhoneConnections phones,
    PhoneStageRenderer renderer,
    LiveMetrics metrics,
    TimeProvider time,
    ILogger<FanOut> log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<LiveWorkshopHost, Lazy<PhoneRoom>> rooms = new();

    /// <summary>From now on, the workshop's changes reach its phones. Asking again changes nothing.</summary>
    public void Follow(LiveWorkshopHost host) =>
        _ = rooms.GetOrAdd(host, h => new Lazy<PhoneRoom>(() => new PhoneRoom(h, phones, renderer, metrics, time, log))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var room in rooms.Values)
            await room.Value.DisposeAsync();
    }
}
