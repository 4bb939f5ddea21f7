using System.Collections.Concurrent;
using System.Threading.Channels;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>
/// Draws measures and action plans from the responses, behind the acknowledgements and never on their path: measures when an activity
/// closes or a closed answer changes, plans shortly after they were sent. Drawing again is always safe.
/// </summary>
public sealed class Projector(
    IDbContextFactory<LoyaltyDb> databases,
    IServiceProvider services,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<Projector> log) : WorkAfterStart(lifetime), IPublisher
{
    /// <summary>How long changes are gathered before they are written: a room that types sends many drafts.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<WorkshopId, Work> pending = new();
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Nothing is waiting to be drawn. For tests and for reports that want the latest.</summary>
    public bool IsIdle => pending.IsEmpty;

    /// <inheritdoc/>
    public void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events)
    {
        var work = WorkOf(after, events);
        if (work is null)
            return;
        pending.AddOrUpdate(after.Id, work, (_, earlier) => earlier.Then(work));
        signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until everything that was committed before the call has been drawn.</summary>
    public async Task WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        while (!IsIdle)
            await Task.Delay(20, cancellationToken);
    }

    /// <summary>Waits until everything of one workshop has been drawn. Whoever calls has stopped its host, so that nothing more comes.</summary>
    public async Task WaitUntilDrawnAsync(WorkshopId id, CancellationToken cancellationToken)
    {
        while (pending.ContainsKey(id))
            await Task.Delay(20, cancellationToken);
    }

    /// <summary>Draws everything of a workshop again.</summary>
    public async Task RebuildAsync(LiveWorkshop workshop, CancellationToken cancellationToken) =>
        await DrawAsync(Work.All(workshop), cancellationToken);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        await CatchUpAsync(stoppingToken);
        try
        {
            while (await signal.Reader.WaitToReadAsync(stoppingToken))
            {
                signal.Reader.TryRead(out _);
                await Task.Delay(Gather, time, stoppingToken);
                await DrawPendingAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what waits is drawn now, or at the next start if the process is killed before that.
            await DrawPendingAsync(CancellationToken.None);
        }
    }

    /// <summary>Finds the workshops whose responses are ahead of what was drawn from them, because the process died in between.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var behind = await db.Workshops
            .Where(w => w.Status != WorkshopStatus.Draft && w.ProjectedEntries != db.Responses.Count(r => r.WorkshopId == w.Id))
            .Select(w => w.Id)
            .ToListAsync(cancellationToken);
        if (behind.Count == 0)
            return;

        // Asked for late: the directory is given this projector as its publisher.
        var directory = services.GetRequiredService<LiveDirectory>();
        foreach (var id in behind)
        {
            if (await directory.FindAsync(new WorkshopId(id), cancellationToken) is { } host)
                pending.AddOrUpdate(host.Id, Work.All(host.Current), (_, earlier) => earlier.Then(Work.All(host.Current)));
        }

        signal.Writer.TryWrite(true);
    }

    private async Task DrawPendingAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, work) in pending.ToArray())
        {
            try
            {
                await DrawAsync(work, cancellationToken);

                // Removed only if nothing came in meanwhile; what did is drawn in the next round.
                if (!pending.TryRemove(KeyValuePair.Create(id, work)))
                    signal.Writer.TryWrite(true);
            }
            catch (Exception e) when (e is DbUpdateException or Microsoft.Data.Sqlite.SqliteException)
            {
                StorageLog.ProjectionFailed(log, e, id.Value);
                _ = RetryLaterAsync(cancellationToken);
            }
        }
    }

    private async Task RetryLaterAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        signal.Writer.TryWrite(true);
    }

    private async Task DrawAsync(Work work, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var id in work.Plans)
        {
            if (work.Workshop.Find(id) is { } activity && work.Workshop.Rulebook.Of(activity) is IPlanSource source)
                await PlanTables.WriteAsync(db, work.Workshop, activity, source, time.GetUtcNow(), cancellationToken);
        }

        // A rehearsal leaves no measures, so that no comparison can ever find one.
        if (!work.Workshop.Info.IsRehearsal)
        {
            foreach (var id in work.Measures)
                await MeasureTable.WriteAsync(db, work.Workshop, id, cancellationToken);
        }

        await db.Workshops.Where(w => w.Id == work.Workshop.Id.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.ProjectedEntries, work.Workshop.Keys.Count), cancellationToken);
    }

    private static Work? WorkOf(LiveWorkshop after, IReadOnlyList<LiveEvent> events)
    {
        var measures = new HashSet<ActivityId>();
        var plans = new HashSet<ActivityId>();
        var all = false;
        foreach (var e in events)
        {
            switch (e)
            {
                case LiveEvent.EntryAccepted { Entry.Activity: var id }:
                    if (after.PhaseOf(id) is Phase.Closed or Phase.Revealed)
                        measures.Add(id);
                    if (after.Find(id) is { } activity && after.Rulebook.Of(activity) is IPlanSource)
                        plans.Add(id);
                    break;
                case LiveEvent.RunChanged { Run: { Phase: Phase.Closed or Phase.Revealed } run }:
                    measures.Add(run.Id);
                    break;
                case LiveEvent.ParticipantChanged:
                case LiveEvent.StatusChanged { Status: WorkshopStatus.Ended }:
                    all = true;
                    break;
                case LiveEvent.ParticipantJoined:
                case LiveEvent.StageChanged:
                case LiveEvent.RunChanged:
                case LiveEvent.SlotDepartmentsForgotten:
                case LiveEvent.AgendaReplaced:
                case LiveEvent.StatusChanged:
                    break;
            }
        }

        return all ? Work.All(after) : measures.Count + plans.Count > 0 ? new Work(after, measures, plans) : null;
    }

    /// <summary>What is to be drawn from the latest state. A class: compared by reference when it is taken off the list.</summary>
    private sealed class Work(LiveWorkshop workshop, IReadOnlySet<ActivityId> measures, IReadOnlySet<ActivityId> plans)
    {
        public LiveWorkshop Workshop { get; } = workshop;

        public IReadOnlySet<ActivityId> Measures { get; } = measures;

        public IReadOnlySet<ActivityId> Plans { get; } = plans;

        public static Work All(LiveWorkshop workshop)
        {
            var measured = workshop.Runs.Values.Where(r => r.Phase is Phase.Closed or Phase.Revealed).Select(r => r.Id).ToHashSet();
            return new Work(workshop, measured, workshop.Runs.Keys.ToHashSet());
        }

        public Work Then(Work later) => new(later.Workshop, Measures.Union(later.Measures).ToHashSet(), Plans.Union(later.Plans).ToHashSet());
    }
}
