using Loyalty.Engine;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Live;

/// <summary>
/// Keeps a page up to date with a live workshop: the latest snapshot at most twenty times a second, however fast answers come in, and less
/// often where drawing it takes long.
/// Follows the workshop to a new host if the one that it watches stops. Opened once per page, and disposed with it.
/// </summary>
public sealed class SnapshotFeed : IAsyncDisposable
{
    /// <summary>The shortest time between two snapshots. What comes in between is superseded, never lost: the channel keeps the newest.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>A page that takes long to draw rests so many times as long, so that it never takes more than a quarter of a core.</summary>
    private const int RestPerDrawing = 3;

    private static readonly TimeSpan HostGone = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource ended = new();
    private readonly LiveDirectory directory;
    private readonly TimeProvider time;
    private readonly Func<LiveWorkshop?, Task> changed;
    private readonly Func<Exception, Task> failed;
    private LiveWorkshopHost host;
    private Subscription subscription;
    private Task pump = Task.CompletedTask;
    private bool disposed;

    private SnapshotFeed(
        LiveDirectory directory, TimeProvider time, LiveWorkshopHost host, Subscription subscription,
        Func<LiveWorkshop?, Task> changed, Func<Exception, Task> failed)
    {
        this.directory = directory;
        this.time = time;
        this.host = host;
        this.subscription = subscription;
        this.changed = changed;
        this.failed = failed;
    }

    /// <summary>The state when the feed was opened; everything later goes to the callback.</summary>
    public LiveWorkshop Snapshot => subscription.Snapshot;

    /// <summary>The state as last committed, which may be newer than what the callback got.</summary>
    public LiveWorkshop Current => Volatile.Read(ref host).Current;

    /// <summary>Subscribes and begins to follow; null if there is no such workshop.</summary>
    /// <param name="changed">Gets every snapshot that is not superseded, one at a time; null when the workshop is gone for good.</param>
    /// <param name="failed">Gets a fault of the feed or of the callback, after which it has stopped: to be thrown in the page's own circuit.</param>
    public static async Task<SnapshotFeed?> OpenAsync(
        LiveDirectory directory, WorkshopId id, TimeProvider time,
        Func<LiveWorkshop?, Task> changed, Func<Exception, Task> failed, CancellationToken cancellationToken = default)
    {
        if (await SubscribeAsync(directory, id, time, cancellationToken) is not var (host, subscription))
            return null;

        var feed = new SnapshotFeed(directory, time, host, subscription, changed, failed);
        feed.pump = feed.RunAsync();
        return feed;
    }

    /// <summary>Posts a command to the workshop.</summary>
    public Task<Outcome> SendAsync(Command command, CancellationToken cancellationToken = default) =>
        Volatile.Read(ref host).SendAsync(command, cancellationToken);

    private static async Task<(LiveWorkshopHost Host, Subscription Subscription)?> SubscribeAsync(
        LiveDirectory directory, WorkshopId id, TimeProvider time, CancellationToken cancellationToken)
    {
        while (await directory.FindAsync(id, cancellationToken) is { } found)
        {
            var fresh = found.Subscribe();
            // A host that is being unloaded is still found for a moment, and would never complete a subscription made after its end.
            // Asked after subscribing: whatever ends later than this completes the channel.
            if (!found.Completion.IsCompleted)
                return (found, fresh);
            fresh.Dispose();
            await Task.Delay(HostGone, time, cancellationToken);
        }

        return null;
    }

    private async Task RunAsync()
    {
        try
        {
            do
            {
                await FollowAsync();
            }
            while (await FollowToNewHostAsync());
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception e)
        {
            await failed(e);
        }
    }

    private async Task FollowAsync()
    {
        while (await subscription.Changes.WaitToReadAsync(ended.Token))
        {
            if (!subscription.Changes.TryRead(out var next))
                continue;
            var started = time.GetTimestamp();
            await changed(next);
            var rest = time.GetElapsedTime(started) * RestPerDrawing;
            await Task.Delay(rest > Interval ? rest : Interval, time, ended.Token);
        }
    }

    private async Task<bool> FollowToNewHostAsync()
    {
        subscription.Dispose();
        if (await SubscribeAsync(directory, host.Id, time, ended.Token) is not var (newHost, newSubscription))
        {
            await changed(null);
            return false;
        }

        subscription = newSubscription;
        Volatile.Write(ref host, newHost);
        await changed(newSubscription.Snapshot);
        return true;
    }

    /// <summary>Cancels, unsubscribes, then waits until nothing more can reach the page.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await ended.CancelAsync();
        await pump;
        subscription.Dispose();
        ended.Dispose();
    }
}
