using System.Collections.Concurrent;
using System.Collections.Immutable;
using Loyalty.Engine.Exercises;

namespace Loyalty.Engine.Live;

/// <summary>
/// The live workshops of this process. A workshop is loaded when somebody first asks for it, once, whoever asks;
/// everybody gets the same host, so there is only ever one writer.
/// </summary>
public sealed class LiveDirectory(IJournal journal, IEnumerable<IPublisher> publishers, ExerciseRulebook rulebook, TimeProvider time) : IAsyncDisposable
{
    private readonly IPublisher publisher = new Publishers([.. publishers]);
    private readonly ConcurrentDictionary<WorkshopId, Lazy<Task<LiveWorkshopHost?>>> hosts = new();

    /// <summary>The hosts that are loaded now.</summary>
    public IEnumerable<LiveWorkshopHost> Loaded =>
        hosts.Values.Where(h => h is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }).Select(h => h.Value.Result).OfType<LiveWorkshopHost>();

    /// <summary>The host of a workshop, loaded from the journal if need be; null if there is no such workshop.</summary>
    public Task<LiveWorkshopHost?> FindAsync(WorkshopId id, CancellationToken cancellationToken = default) =>
        hosts.TryGetValue(id, out var known) && known is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: not null } loaded }
            ? loaded
            : FindOrLoadAsync(id, cancellationToken);

    private async Task<LiveWorkshopHost?> FindOrLoadAsync(WorkshopId id, CancellationToken cancellationToken)
    {
        var entry = hosts.GetOrAdd(id, static (id, self) => new Lazy<Task<LiveWorkshopHost?>>(() => self.LoadElsewhereAsync(id)), this);
        try
        {
            var host = await entry.Value.WaitAsync(cancellationToken);
            if (host is null)
                hosts.TryRemove(KeyValuePair.Create(id, entry));
            return host;
        }
        catch (Exception) when (entry.Value.IsFaulted)
        {
            // A failed load is not remembered: the next one to ask tries again.
            hosts.TryRemove(KeyValuePair.Create(id, entry));
            throw;
        }
    }

    /// <summary>Stops a host and forgets it, after what was posted is done. It is loaded again when somebody asks.</summary>
    public async Task UnloadAsync(WorkshopId id)
    {
        if (!hosts.TryGetValue(id, out var entry))
            return;

        // Stopped before it is forgotten: otherwise a second host could be loaded while the first still writes.
        if (await entry.Value is { } host)
            await host.DisposeAsync();
        hosts.TryRemove(KeyValuePair.Create(id, entry));
    }

    /// <summary>
    /// Stops a host, changes what is stored while nobody can load it, and lets it be loaded again: how something is taken out of a
    /// workshop's past. Whoever asks for it meanwhile waits.
    /// </summary>
    public async Task RewriteAsync(WorkshopId id, Func<Task> rewrite)
    {
        var rewritten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = new Lazy<Task<LiveWorkshopHost?>>(async () =>
        {
            await rewritten.Task;
            return await LoadAsync(id);
        });

        Lazy<Task<LiveWorkshopHost?>>? before;
        do
        {
            before = hosts.GetOrAdd(id, next);
        }
        while (!ReferenceEquals(before, next) && !hosts.TryUpdate(id, next, before));

        try
        {
            if (!ReferenceEquals(before, next) && await before.Value is { } host)
                await host.DisposeAsync();
            await rewrite();
        }
        finally
        {
            rewritten.SetResult();
        }
    }

    // On a thread of its own. A journal may read without ever giving its thread back, and whoever comes meanwhile would stand in the lock
    // of Lazy, each on a thread: a hall that comes back to a server that has just started would take all there are.
    private Task<LiveWorkshopHost?> LoadElsewhereAsync(WorkshopId id) =>
        Task.Factory.StartNew(() => LoadAsync(id), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    // Not cancelled by whoever asked first: others may be waiting for the same load.
    private async Task<LiveWorkshopHost?> LoadAsync(WorkshopId id)
    {
        var stored = await journal.LoadAsync(id, CancellationToken.None);
        return stored is null ? null : new LiveWorkshopHost(Restore.From(stored, rulebook, time.GetUtcNow()), journal, publisher, time);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in hosts.Keys)
            await UnloadAsync(id);
    }

    private sealed class Publishers(ImmutableArray<IPublisher> all) : IPublisher
    {
        public void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events)
        {
            foreach (var publisher in all)
                publisher.Committed(before, after, events);
        }
    }
}
