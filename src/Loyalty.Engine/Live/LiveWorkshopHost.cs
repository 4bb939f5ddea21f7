using System.Collections.Immutable;
using System.Threading.Channels;

namespace Loyalty.Engine.Live;

/// <summary>
/// Runs one live workshop: the only writer of its state. Commands wait in a bounded mailbox; the loop takes what is there,
/// decides, makes the events durable in one go, and only then replaces the state and answers.
/// </summary>
public sealed class LiveWorkshopHost : IAsyncDisposable
{
    /// <summary>Commands that may wait. A full hall answering twice at once fits.</summary>
    public const int MailboxCapacity = 16_384;

    /// <summary>Commands that share one commit.</summary>
    public const int MaxBatch = 512;

    private readonly IJournal journal;
    private readonly IPublisher publisher;
    private readonly TimeProvider time;
    private readonly Channel<Envelope> mailbox;
    private readonly Lock watchersLock = new();
    private readonly Task loop;
    private ImmutableArray<Watcher> watchers = [];
    private LiveWorkshop current;
    private volatile bool stopping;

    public LiveWorkshopHost(LiveWorkshop start, IJournal journal, IPublisher publisher, TimeProvider time, int mailboxCapacity = MailboxCapacity)
    {
        current = start;
        this.journal = journal;
        this.publisher = publisher;
        this.time = time;
        mailbox = Channel.CreateBounded<Envelope>(new BoundedChannelOptions(mailboxCapacity) { SingleReader = true });
        loop = RunAsync();
    }

    public WorkshopId Id => current.Id;

    /// <summary>The state as last committed.</summary>
    public LiveWorkshop Current => Volatile.Read(ref current);

    /// <summary>Commands waiting now.</summary>
    public int Waiting => mailbox.Reader.Count;

    /// <summary>Completes when the host has stopped; faulted if its loop failed, which is a bug.</summary>
    public Task Completion => loop;

    /// <summary>Posts a command and waits for what became of it.</summary>
    /// <remarks>Cancelling stops the waiting, not the command: it may still be carried out, and sending it again is safe.</remarks>
    public Task<Outcome> SendAsync(Command command, CancellationToken cancellationToken = default)
    {
        var envelope = new Envelope(command);
        return mailbox.Writer.TryWrite(envelope)
            ? envelope.Task.WaitAsync(cancellationToken)
            : Task.FromResult<Outcome>(new Outcome.Unavailable(stopping ? "stopping" : "busy"));
    }

    /// <summary>
    /// A snapshot and all that follows it: nothing falls between the two, because both are handed out under one lock.
    /// A slow reader misses intermediate states, never the latest.
    /// </summary>
    public Subscription Subscribe()
    {
        // One slot, the newest wins: state is read, not events.
        var channel = Channel.CreateBounded<LiveWorkshop>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var watcher = new Watcher(channel.Writer);
        lock (watchersLock)
        {
            watchers = watchers.Add(watcher);
            return new Subscription(Current, channel.Reader, () => Unsubscribe(watcher));
        }
    }

    private void Unsubscribe(Watcher watcher)
    {
        lock (watchersLock)
            watchers = watchers.Remove(watcher);
        watcher.Writer.TryComplete();
    }

    private async Task RunAsync()
    {
        var batch = new List<Envelope>(MaxBatch);
        while (await mailbox.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && mailbox.Reader.TryRead(out var envelope))
                batch.Add(envelope);
            await HandleAsync(batch);
        }
    }

    private async Task HandleAsync(List<Envelope> batch)
    {
        var before = Current;
        var next = before;
        var events = new List<LiveEvent>(batch.Count);
        var outcomes = new Outcome[batch.Count];
        var now = time.GetUtcNow();
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                var decision = Decide.On(next, batch[i].Command, now);
                next = decision.Next;
                events.AddRange(decision.Events);
                outcomes[i] = decision.Outcome;
            }
            catch (Exception e)
            {
                // A command that breaks a rule's code fails alone: its sender hears of the bug, the room goes on.
                batch[i].TrySetException(e);
                outcomes[i] = new Outcome.Unavailable("failed");
            }
        }

        if (events.Count > 0)
        {
            try
            {
                // Not cancelled by stopping: what was posted is finished.
                await journal.AppendAsync(Id, events, CancellationToken.None);
            }
            catch (JournalException e)
            {
                // Nothing was stored, so nothing has happened: the state stays, and nobody is told "saved".
                var unavailable = new Outcome.Unavailable(e.Code);
                foreach (var envelope in batch)
                    envelope.TrySetResult(unavailable);
                return;
            }
        }

        if (!ReferenceEquals(next, before))
        {
            lock (watchersLock)
            {
                Volatile.Write(ref current, next);
                foreach (var watcher in watchers)
                    watcher.Writer.TryWrite(next);
            }

            publisher.Committed(before, next, events);
        }

        for (var i = 0; i < batch.Count; i++)
            batch[i].TrySetResult(outcomes[i]);
    }

    /// <summary>Finishes what has been posted, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        stopping = true;
        mailbox.Writer.TryComplete();
        await loop;
        ImmutableArray<Watcher> left;
        lock (watchersLock)
        {
            left = watchers;
            watchers = [];
        }

        foreach (var watcher in left)
            watcher.Writer.TryComplete();
    }

    /// <summary>A command, and its outcome once there is one. Continuations run elsewhere: a slow sender must not hold up the loop.</summary>
    private sealed class Envelope(Command command) : TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Command Command { get; } = command;
    }

    private sealed record Watcher(ChannelWriter<LiveWorkshop> Writer);
}

/// <summary>A view of a live workshop that stays up to date. Safe to dispose twice.</summary>
public sealed class Subscription(LiveWorkshop snapshot, ChannelReader<LiveWorkshop> changes, Action end) : IDisposable
{
    private Action? end = end;

    /// <summary>The state at the moment of subscribing.</summary>
    public LiveWorkshop Snapshot { get; } = snapshot;

    /// <summary>Every later state, except those that were superseded before they were read. Completes when the host stops.</summary>
    public ChannelReader<LiveWorkshop> Changes { get; } = changes;

    public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
}
