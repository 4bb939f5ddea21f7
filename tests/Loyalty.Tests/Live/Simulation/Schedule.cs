using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live.Simulation;

/// <summary>
/// One run of a live workshop against everything that can go wrong, all of it drawn from one seed: phones that send again, twice at
/// once, late or never, that vanish and return; a facilitator who changes the stage in between; a journal that fails, before it has
/// stored or after; a mailbox that is full; a process that dies. Checked while it runs and at its end.
/// </summary>
internal sealed class Schedule(int seed) : IDisposable
{
    private const int Steps = 60;
    private const int People = 6;
    private const int MailboxCapacity = 8;

    /// <summary>As the rules of the word have it.</summary>
    private const int LongestWord = 10;

    private static readonly ActivityId[] Activities = [Workshops.Named, Workshops.Anonymous, Workshops.Lasting];

    private readonly Random random = new(seed);
    private readonly ManualTime time = new(Workshops.Nine);
    private readonly List<PhoneModel> phones = [];
    private readonly List<(Command Command, Task<Outcome> Outcome)> inFlight = [];
    private readonly Dictionary<EntryKey, Command.Submit> sent = [];
    private readonly HashSet<EntryKey> acknowledged = [];
    private readonly HashSet<EntryKey> unheard = [];
    private FlakyJournal journal = null!;
    private LiveWorkshopHost host = null!;
    private RecordingPublisher publisher = new();
    private Subscription? watching;

    /// <summary>Answers that were acknowledged, for the test to see that something happened at all.</summary>
    public int Acknowledged => acknowledged.Count;

    public int Restarts { get; private set; }

    public void Run() => new SeededContext(seed).Run(RunAsync);

    private async Task RunAsync()
    {
        journal = new FlakyJournal(Workshops.Stored(), random);
        Load();
        await SureAsync(new Command.Start());
        for (var i = 0; i < People; i++)
        {
            var join = Workshops.Join($"Person {i}");
            await SureAsync(join);
            phones.Add(new PhoneModel(join.Id));
        }

        await SureAsync(new Command.GoTo(Pick(Activities)));
        await SureAsync(new Command.SetPhase(Phase.Open));
        for (var step = 0; step < Steps; step++)
            await StepAsync();

        await SettleAsync();
        await CheckAtRestAsync();
        await host.DisposeAsync();
    }

    public void Dispose() => watching?.Dispose();

    private async Task StepAsync()
    {
        time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 5_000)));
        switch (random.Next(100))
        {
            case < 45:
                Answer(Pick(phones));
                break;
            case < 55:
                SendAgain(Pick(phones));
                break;
            case < 60:
                Answer(Pick(phones), twice: true);
                break;
            case < 66:
                Post(new Command.Connect(Pick(phones).Id, Pick(phones).Slots));
                break;
            case < 70:
                Post(new Command.Disconnect(Pick(phones).Id));
                break;
            case < 82:
                Post(MoveOfTheFacilitator());
                break;
            case < 86:
                journal.FailSometimes = !journal.FailSometimes;
                break;
            case < 90:
                journal.Hold();
                break;
            case < 99:
                await SettleAsync();
                await CheckAtRestAsync();
                break;
            default:
                await DieAsync();
                break;
        }

        if (random.Next(3) == 0)
            await BreatheAsync();
    }

    // A new answer. Some are not valid, some are to activities that are not on stage: both must be refused and nothing else.
    private void Answer(PhoneModel phone, bool twice = false)
    {
        var activity = random.Next(4) == 0 ? Pick(Activities) : host.Current.OnStage ?? Pick(Activities);
        var word = random.Next(10) == 0 ? "much too long to be a word" : $"w{random.Next(1000)}";
        var slot = activity == Workshops.Anonymous && random.Next(12) != 0 ? phone.SlotFor(activity) : (AuthorKey?)null;
        var submit = new Command.Submit(KeyOf(), activity, phone.Id, slot, Fields.Of(("word", word)));
        sent[submit.Key] = submit;
        phone.Outbox.Add(submit);
        Post(submit);
        if (twice)
            Post(submit);
    }

    // What was sent once is sent again: the phone may not have heard the reply, or has, and its other tab has not.
    private void SendAgain(PhoneModel phone)
    {
        if (phone.Outbox.Count > 0)
            Post(Pick(phone.Outbox));
    }

    // What is not open is opened more often than not: a schedule in which nothing is taken shows nothing.
    private Command MoveOfTheFacilitator() => host.Current switch
    {
        { Status: WorkshopStatus.Paused } => new Command.Resume(),
        { OnStage: null } => new Command.GoTo(Pick(Activities)),
        { Phase: not Phase.Open } when random.Next(4) != 0 => new Command.SetPhase(Phase.Open),
        _ => random.Next(10) switch
        {
            0 => new Command.GoTo(null),
            1 => new Command.Pause(),
            < 5 => new Command.GoTo(Pick(Activities)),
            _ => new Command.SetPhase(Pick([Phase.Waiting, Phase.Open, Phase.Closed, Phase.Revealed])),
        },
    };

    private void Post(Command command)
    {
        var before = host.Waiting;
        var outcome = host.SendAsync(command);
        if (outcome is { IsCompletedSuccessfully: true, Result: Outcome.Unavailable { Code: "busy" } })
            Invariant.That(before == MailboxCapacity, "A mailbox with room said that it was full.");
        inFlight.Add((command, outcome));
    }

    /// <summary>Lets the host do some of its work, and hears what it has said.</summary>
    private async Task BreatheAsync()
    {
        for (var i = random.Next(4); i >= 0; i--)
            await Task.Yield();
        Hear(inFlight.Where(f => f.Outcome.IsCompleted).ToList());
    }

    private async Task SettleAsync()
    {
        journal.Release();
        foreach (var (_, outcome) in inFlight)
            await outcome;
        Hear([.. inFlight]);
    }

    private void Hear(List<(Command Command, Task<Outcome> Outcome)> done)
    {
        foreach (var (command, outcome) in done)
        {
            inFlight.Remove((command, outcome));
            if (command is not Command.Submit submit)
                continue;
            switch (outcome.Result)
            {
                case Outcome.Saved saved:
                    Invariant.That(saved.Key == submit.Key, "The acknowledgement was for another key.");
                    Invariant.That(journal.Has(saved.Key), $"{saved.Key} was acknowledged and is not stored.");
                    Invariant.That(submit.Fields.First("word")!.Length <= LongestWord, $"{saved.Key} was taken and is not valid.");
                    acknowledged.Add(saved.Key);
                    break;
                case Outcome.Refused or Outcome.Unavailable:
                    break; // at rest it is seen that nothing came of it
            }
        }
    }

    /// <summary>The process dies: what was in memory is gone, what was posted may or may not be stored; another process begins with what is on the disk.</summary>
    private async Task DieAsync()
    {
        Restarts++;
        journal.Die();
        foreach (var (_, outcome) in inFlight)
            await outcome;
        // Nobody hears what a dead process would have said. Each phone sends what it was not told about again, with the same key.
        var again = inFlight.Select(f => f.Command).OfType<Command.Submit>().ToList();
        unheard.UnionWith(again.Select(s => s.Key));
        inFlight.Clear();
        await host.DisposeAsync();
        watching?.Dispose();

        journal = journal.AfterRestart();
        Load();
        foreach (var phone in phones)
            await SureAsync(new Command.Connect(phone.Id, phone.Slots));
        foreach (var submit in again)
            Post(submit);
        await SettleAsync();
        await CheckAtRestAsync();
    }

    private void Load()
    {
        publisher = new RecordingPublisher();
        host = new LiveWorkshopHost(Restore.From(journal.Stored, Workshops.Rulebook, time.GetUtcNow()), journal, publisher, time, MailboxCapacity);
        watching = host.Subscribe();
    }

    private async Task SureAsync(Command command)
    {
        Outcome outcome;
        do
            outcome = await host.SendAsync(command);
        while (outcome is Outcome.Unavailable);
    }

    private async Task CheckAtRestAsync()
    {
        var now = host.Current;
        var stored = journal.Stored;
        var entries = stored.Entries.ToList();

        Invariant.That(entries.Select(e => e.Key).Distinct().Count() == entries.Count, "An answer is stored twice.");
        foreach (var key in acknowledged)
            Invariant.That(entries.Exists(e => e.Key == key), $"{key} was acknowledged and is lost.");
        foreach (var entry in entries)
        {
            Invariant.That(sent.TryGetValue(entry.Key, out var submit), $"{entry.Key} is stored and nobody sent it.");
            Invariant.That(acknowledged.Contains(entry.Key) || unheard.Contains(entry.Key), $"{entry.Key} is stored, and its sender was told otherwise.");
            Invariant.That(submit!.Activity == entry.Activity && entry.Json.Contains($"\"{submit.Fields.First("word")}\"", StringComparison.Ordinal), $"{entry.Key} is stored as something else than was sent.");
            Invariant.That(entry.Activity != Workshops.Anonymous || (entry.Author.Kind == AuthorKind.Slot && entry.At is null), $"{entry.Key} is anonymous and says who or when.");
            Invariant.That(journal.StageAt(entry.Key) is var (status, phase) && MayAnswer(entry.Activity, status, phase), $"{entry.Key} was taken in a phase that takes nothing.");
        }

        // What the room counts is what a recount from the disk gives: the same fold, started anew.
        var recount = Restore.From(stored, Workshops.Rulebook, time.GetUtcNow());
        Invariant.That(now.Keys.SetEquals(recount.Keys), "The keys in memory are not those on the disk.");
        Invariant.That(now.OnStage == recount.OnStage && now.Status == recount.Status, "The stage in memory is not that on the disk.");
        foreach (var activity in now.Agenda)
        {
            Invariant.That(now.PhaseOf(activity.Id) == recount.PhaseOf(activity.Id), $"{activity.Id} is in another phase on the disk.");
            var (shown, counted) = (TallyOf(now, activity.Id), TallyOf(recount, activity.Id));
            Invariant.That(shown == counted, $"{activity.Id} shows {shown} and a recount gives {counted}.");
        }

        // A phone that is back is shown what the server has.
        foreach (var phone in phones)
        {
            foreach (var activity in now.Agenda)
            {
                var author = activity.Id == Workshops.Anonymous ? phone.SlotFor(activity.Id) : AuthorKey.Of(phone.Id);
                var last = entries.LastOrDefault(e => e.Activity == activity.Id && e.Author == author);
                var own = Workshops.Rulebook.Of(activity).Own(now.ContextOf(activity), now.StateOf(activity), author).Fields.GetValueOrDefault("word");
                Invariant.That(last is null ? own.IsDefault : own[0] == sent[last.Key].Fields.First("word"), $"A phone is shown an answer to {activity.Id} that the server has not.");
            }
        }

        // Whoever watches has the latest picture waiting, and revisions never went back.
        await Task.Yield();
        if (watching!.Changes.TryRead(out var picture))
            Invariant.That(ReferenceEquals(picture, now), "The picture that waits for a watcher is not the latest.");
        Invariant.That(publisher.IsInOrder, "The publisher was told of states that do not follow each other.");
    }

    private static string TallyOf(LiveWorkshop workshop, ActivityId id)
    {
        var activity = workshop.Find(id)!;
        return Workshops.Rulebook.Of(activity).Tally(workshop.ContextOf(activity), workshop.StateOf(activity)).ToString()!;
    }

    private static bool MayAnswer(ActivityId activity, WorkshopStatus status, Phase phase) =>
        activity == Workshops.Lasting ? phase != Phase.Waiting : status == WorkshopStatus.Live && phase == Phase.Open;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private EntryKey KeyOf()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new EntryKey(new Guid(bytes));
    }

    private sealed class PhoneModel(ParticipantId id)
    {
        private ImmutableDictionary<ActivityId, AuthorKey> slots = ImmutableDictionary<ActivityId, AuthorKey>.Empty;

        public ParticipantId Id => id;

        public List<Command.Submit> Outbox { get; } = [];

        public ImmutableDictionary<ActivityId, AuthorKey> Slots => slots;

        public AuthorKey SlotFor(ActivityId activity)
        {
            if (!slots.TryGetValue(activity, out var slot))
                slots = slots.Add(activity, slot = AuthorKey.Slot($"{id}/{activity}"));
            return slot;
        }
    }

    private sealed class RecordingPublisher : IPublisher
    {
        private LiveWorkshop? last;

        public bool IsInOrder { get; private set; } = true;

        public void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events)
        {
            IsInOrder &= (last is null || ReferenceEquals(last, before)) && after.Revision > before.Revision && after.StageRevision >= before.StageRevision;
            last = after;
        }
    }
}

/// <summary>Something that must never happen has happened.</summary>
internal sealed class InvariantException(string sentence) : Exception(sentence);

internal static class Invariant
{
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvariantException(otherwise);
    }
}

/// <summary>A clock that is moved by hand.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public void Advance(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;
}
