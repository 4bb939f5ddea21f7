using System.Collections.Concurrent;
using Loyalty.Engine;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Loyalty.Web.Live;

/// <summary>
/// The phones' connections, by workshop. A message to a room is serialised once, and no phone waits for another: one that has not
/// taken the last message yet is passed over, because what it misses is superseded anyway; it gets the latest once it reads again.
/// </summary>
public sealed class PhoneConnections(ILogger<DefaultHubLifetimeManager<PhoneHub>> log, TimeProvider time) : DefaultHubLifetimeManager<PhoneHub>(log)
{
    /// <summary>A phone that takes nothing for this long is cut off; it comes back by itself if it is still there.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// So many phones are written to before others get the thread. What is written stands in a buffer of 4 KB until it is sent, and a hall
    /// that is written to in one go takes a new buffer for each phone, where slices use the same few again.
    /// </summary>
    private const int Slice = 32;

    private readonly ConcurrentDictionary<string, HubConnectionContext> connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<WorkshopId, ConcurrentDictionary<string, Phone>> rooms = new();

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connections[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        connections.TryRemove(connection.ConnectionId, out _);
        foreach (var room in rooms.Values)
            room.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }

    /// <summary>Phones that are connected, whichever workshop they are in.</summary>
    public int Count => connections.Count;

    /// <summary>Phones that receive a workshop's messages.</summary>
    public int In(WorkshopId workshop) => rooms.TryGetValue(workshop, out var room) ? room.Count : 0;

    /// <summary>From now on, the connection receives what is sent to the workshop's room.</summary>
    public void Enter(WorkshopId workshop, string connectionId)
    {
        if (connections.TryGetValue(connectionId, out var connection))
            rooms.GetOrAdd(workshop, _ => new()).TryAdd(connectionId, new Phone(connection));
    }

    /// <summary>Sends one message to every phone in the room that can take it now. Does not wait for any of them.</summary>
    /// <param name="latest">
    /// What a phone that was passed over gets when it reads again: the newest whole picture at that moment.
    /// </param>
    /// <returns>How many phones were passed over.</returns>
    public async Task<int> SendAsync(WorkshopId workshop, string method, object message, Func<(string Method, object Message)?> latest)
    {
        if (!rooms.TryGetValue(workshop, out var room))
            return 0;

        var serialized = new SerializedHubMessage(new InvocationMessage(method, [message]));
        var (written, passed) = (0, 0);
        var now = time.GetTimestamp();
        foreach (var (_, phone) in room)
        {
            if (!phone.TrySend(serialized, latest, now, time))
                passed++;
            if (++written % Slice == 0)
                await Task.Yield();
        }

        return passed;
    }

    private sealed class Phone(HubConnectionContext connection)
    {
        private readonly Lock gate = new();
        private bool writing;
        private bool missed;
        private long writingSince;

        /// <summary>False if the phone is still busy with an earlier message.</summary>
        public bool TrySend(SerializedHubMessage message, Func<(string Method, object Message)?> latest, long now, TimeProvider time)
        {
            lock (gate)
            {
                if (writing)
                {
                    missed = true;
                    if (time.GetElapsedTime(writingSince, now) > Patience)
                        connection.Abort();
                    return false;
                }

                writing = true;
                writingSince = now;
            }

            var write = connection.WriteAsync(message);
            if (write.IsCompletedSuccessfully)
                Finish();
            else
                _ = FinishSlowlyAsync(write, latest);
            return true;
        }

        private async Task FinishSlowlyAsync(ValueTask write, Func<(string Method, object Message)?> latest)
        {
            // WriteAsync reports a broken connection by closing it, not by throwing; the hub then hears of the disconnect.
            await write;
            while (Finish() && latest() is { } newest)
            {
                lock (gate)
                    writing = true;
                await connection.WriteAsync(new InvocationMessage(newest.Method, [newest.Message]));
            }
        }

        /// <summary>True if something was missed meanwhile.</summary>
        private bool Finish()
        {
            lock (gate)
            {
                writing = false;
                var again = missed;
                missed = false;
                return again;
            }
        }
    }
}
