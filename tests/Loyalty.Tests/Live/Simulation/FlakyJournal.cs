using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live.Simulation;

/// <summary>
/// A journal in memory that keeps what a disk would keep, and fails as disks do: refuses a group as a whole, takes its time, or goes
/// away together with the process, after it has stored or before.
/// </summary>
internal sealed class FlakyJournal(StoredWorkshop start, Random random) : IJournal
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [.. start.Entries];
    private readonly HashSet<EntryKey> keys = [.. start.Entries.Select(e => e.Key)];
    private readonly Dictionary<EntryKey, (WorkshopStatus Status, Phase Phase)> stages = [];
    private StoredWorkshop stored = start;
    private TaskCompletionSource? held;
    private bool dead;

    public bool FailSometimes { get; set; }

    public StoredWorkshop Stored
    {
        get
        {
            lock (gate)
                return stored with { Entries = [.. entries] };
        }
    }

    public bool Has(EntryKey key)
    {
        lock (gate)
            return keys.Contains(key);
    }

    /// <summary>The status of the workshop and the phase of the entry's activity, as they were on the disk when the entry was stored.</summary>
    public (WorkshopStatus Status, Phase Phase)? StageAt(EntryKey key)
    {
        lock (gate)
            return stages.TryGetValue(key, out var stage) ? stage : null;
    }

    /// <summary>Nothing is stored until <see cref="Release"/>.</summary>
    public void Hold() => held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref held, null)?.TrySetResult();

    /// <summary>From now on nothing is stored; what is on its way may be.</summary>
    public void Die()
    {
        lock (gate)
            dead = true;
        Release();
    }

    /// <summary>What the next process finds.</summary>
    public FlakyJournal AfterRestart()
    {
        var next = new FlakyJournal(Stored, random) { FailSometimes = FailSometimes };
        foreach (var (key, stage) in stages)
            next.stages[key] = stage;
        return next;
    }

    public Task<StoredWorkshop?> LoadAsync(WorkshopId id, CancellationToken cancellationToken) => Task.FromResult<StoredWorkshop?>(Stored);

    public async Task AppendAsync(WorkshopId id, IReadOnlyList<LiveEvent> events, CancellationToken cancellationToken)
    {
        bool fails;
        lock (gate)
            fails = FailSometimes && random.Next(3) == 0;
        await Task.Yield();
        if (held is { } hold)
            await hold.Task;
        lock (gate)
        {
            if (dead || fails)
                throw new JournalException(fails ? "disk-full" : "not-stored");

            // Unique in the database: a second row with a key is refused there, and the whole group with it.
            var added = events.OfType<LiveEvent.EntryAccepted>().Select(e => e.Entry.Key).ToList();
            if (added.Distinct().Count() != added.Count || added.Exists(keys.Contains))
                throw new InvariantException("The host asked for a key to be stored twice.");
            foreach (var e in events)
                Store(e);
        }
    }

    private void Store(LiveEvent e)
    {
        switch (e)
        {
            case LiveEvent.EntryAccepted { Entry: var entry }:
                entries.Add(entry);
                keys.Add(entry.Key);
                stages[entry.Key] = (stored.Status, stored.Runs.FirstOrDefault(r => r.Id == entry.Activity)?.Phase ?? Phase.Waiting);
                break;
            case LiveEvent.ParticipantJoined joined:
                stored = stored with { Participants = stored.Participants.Add((joined.Participant, joined.TokenHash)) };
                break;
            case LiveEvent.StageChanged stage:
                stored = stored with { OnStage = stage.OnStage };
                break;
            case LiveEvent.RunChanged { Run: var run }:
                var kept = new StoredRun(run.Id, run.Phase, run.OnStageSince, run.Spent, run.Countdown, run.ShownWhileOpen);
                stored = stored with { Runs = [.. stored.Runs.Where(r => r.Id != run.Id), kept] };
                break;
            case LiveEvent.StatusChanged status:
                stored = stored with { Status = status.Status };
                break;
            case LiveEvent.SlotDepartmentsForgotten:
                break; // this workshop has no departments
            default:
                throw new InvariantException($"The schedule has no {e.GetType().Name}.");
        }
    }
}
