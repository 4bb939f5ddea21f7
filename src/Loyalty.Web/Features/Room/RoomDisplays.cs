using System.Collections.Concurrent;
using Loyalty.Engine;

namespace Loyalty.Web.Features.Room;

/// <summary>
/// Counts the room displays of each workshop. The address needs no sign-in and each display holds a circuit, so that a room of
/// phones scanning the wrong code must not become a room of circuits.
/// </summary>
internal sealed class RoomDisplays
{
    /// <summary>Displays of one workshop at the same time: screens, side rooms, the facilitator's own look, and some that are closing.</summary>
    public const int Max = 30;

    private readonly ConcurrentDictionary<WorkshopId, int> open = new();

    /// <summary>Takes a place until disposed; null if all are taken.</summary>
    public IDisposable? TryEnter(WorkshopId workshop)
    {
        while (true)
        {
            var before = open.GetOrAdd(workshop, 0);
            if (before >= Max)
                return null;
            if (open.TryUpdate(workshop, before + 1, before))
                return new Place(this, workshop);
        }
    }

    private void Leave(WorkshopId workshop)
    {
        // The last one out takes the entry along; whoever comes in between is counted by the loop.
        while (open.TryGetValue(workshop, out var count))
        {
            if (count <= 1 ? open.TryRemove(KeyValuePair.Create(workshop, count)) : open.TryUpdate(workshop, count - 1, count))
                return;
        }
    }

    private sealed class Place(RoomDisplays displays, WorkshopId workshop) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                displays.Leave(workshop);
        }
    }
}
