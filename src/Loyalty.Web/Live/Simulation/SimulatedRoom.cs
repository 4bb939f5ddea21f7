using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Live.Simulation;

/// <summary>
/// Simulated participants in one live workshop: they join, look at what is on stage, and answer as people do, at their own pace.
/// They use the commands that phones use and nothing else. One loop moves all of them; not safe for concurrent calls.
/// </summary>
public sealed class SimulatedRoom
{
    /// <summary>The most that one room can have.</summary>
    public const int MaxParticipants = 500;

    /// <summary>How often the room looks up. Nobody can tell people apart who act within the same fifth of a second.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Turns in which somebody finds nothing to do before they leave an exercise alone.</summary>
    private const int MostIdleTurns = 5;

    /// <summary>The most that one person gives to one exercise, whatever it goes on asking for.</summary>
    private const int MostAnswers = 12;

    private const double ShareSkipping = 0.03;
    private const double ShareWithSecondThoughts = 0.08;

    private readonly LiveWorkshopHost host;
    private readonly ExerciseCatalogue catalogue;
    private readonly ImmutableArray<SimulatedPerson> cast;
    private readonly Random random;
    private readonly PriorityQueue<Turn, (DateTimeOffset Due, int Order)> turns = new();
    private readonly HashSet<SimulatedPerson> present = [];
    private readonly Dictionary<(int Person, ActivityId Activity), Share> shares = [];
    private (ActivityId Id, int Part)? open;
    private int opening;
    private int order;
    private bool begun;

    /// <param name="participants">1 to <see cref="MaxParticipants"/>.</param>
    public SimulatedRoom(LiveWorkshopHost host, ExerciseCatalogue catalogue, int participants)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(participants, MaxParticipants);
        this.host = host;
        this.catalogue = catalogue;
        cast = SimulatedCast.Of(host.Id, participants, host.Current.Info.Departments);
        random = new Random(SimulatedCast.SeedOf(host.Id));
    }

    /// <summary>The workshop has ended, or its host is gone.</summary>
    public bool IsOver => host.Completion.IsCompleted || host.Current.Status == WorkshopStatus.Ended;

    /// <summary>Runs until the workshop is over.</summary>
    /// <param name="speed">How much faster than people: their time is made to pass so much faster than everybody else's.</param>
    public async Task RunAsync(TimeProvider time, CancellationToken cancellationToken, double speed = 1)
    {
        var start = time.GetUtcNow();
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            await StepAsync(start + ((time.GetUtcNow() - start) * speed), cancellationToken);
        }
        while (!IsOver && await timer.WaitForNextTickAsync(cancellationToken));

        foreach (var person in present)
            await host.SendAsync(new Command.Disconnect(person.Id), cancellationToken);
    }

    /// <summary>Lets everybody act whose time has come; returns when all of it is durable.</summary>
    public async Task StepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var workshop = host.Current;
        if (workshop.Status is WorkshopStatus.Draft or WorkshopStatus.Ended)
            return;

        Begin(workshop, now);
        LookAtTheStage(workshop, now);

        // All that is due is sent before any of it is awaited, so that it shares a commit as a real room's answers do.
        var sent = new List<(Turn Turn, Task<Outcome> Outcome)>();
        while (turns.TryPeek(out var turn, out var when) && when.Due <= now)
        {
            turns.Dequeue();
            if (turn.Opening is { } at && at != opening)
                continue;
            if (turn.Opening is null)
                sent.Add((turn, host.SendAsync(JoinOf(turn.Who), cancellationToken)));
            else if (NextOf(turn.Who, workshop) is { } submit)
                sent.Add((turn, host.SendAsync(submit, cancellationToken)));
            else
                Idle(turn, workshop, now);
        }

        foreach (var (turn, outcome) in sent)
            await HeedAsync(turn, await outcome, now, cancellationToken);
    }

    private static Command.Join JoinOf(SimulatedPerson who) => new(who.Id, who.Name, who.Department, ParticipantToken.Hash(ParticipantToken.New()));

    private void Begin(LiveWorkshop workshop, DateTimeOffset now)
    {
        if (begun)
            return;

        begun = true;
        foreach (var person in cast)
        {
            // After a restart of the server everybody was here a moment ago, and comes back as phones do: at once.
            var after = workshop.Participants.ContainsKey(person.Id) ? TimeSpan.FromSeconds(2 * random.NextDouble()) : person.ArrivesAfter;
            Plan(new Turn(person, null), now + after);
        }
    }

    private void LookAtTheStage(LiveWorkshop workshop, DateTimeOffset now)
    {
        // The next part of an exercise is as good as a new one: groups have been formed, another round has begun.
        (ActivityId, int)? seen = workshop is { Status: WorkshopStatus.Live, Phase: Phase.Open, Current: { } activity }
            ? (activity.Id, workshop.Rulebook.Of(activity).PartOf(workshop.StateOf(activity)))
            : null;
        if (seen == open)
            return;

        open = seen;
        opening++;
        foreach (var person in present)
            ConsiderOpenExercise(person, workshop, now);
    }

    private void ConsiderOpenExercise(SimulatedPerson who, LiveWorkshop workshop, DateTimeOffset now)
    {
        if (open is null || workshop.Current is not { } activity || who.IsSilent || random.NextDouble() < ShareSkipping)
            return;
        ShareOf(who, activity).IdleTurns = 0;
        Plan(new Turn(who, opening), now + Rhythm.Think(random, who.Pace, activity.Minutes));
    }

    /// <summary>What this person gives next, or null for nothing now.</summary>
    private Command.Submit? NextOf(SimulatedPerson who, LiveWorkshop workshop)
    {
        if (workshop.Current is not { } activity)
            return null;

        var share = ShareOf(who, activity);
        if (share.Answers >= MostAnswers)
            return null;

        AuthorKey? slot = activity.Anonymity == Anonymity.Anonymous ? who.SlotFor(workshop.Id, activity.Id, workshop.Info.AsksToCompare) : null;
        var author = slot ?? AuthorKey.Of(who.Id);
        var type = catalogue.Of(activity);
        var context = workshop.ContextOf(activity);
        var state = workshop.StateOf(activity);
        var fields = type.Sample.Next(random, context, state, author) ?? SecondThought(share, type, context, state, author);
        return fields is null ? null : new Command.Submit(EntryKey.New(), activity.Id, who.Id, slot, fields);
    }

    /// <summary>A few change their minds once: they fill the form in again, as if they had not answered yet.</summary>
    private Fields? SecondThought(Share share, ExerciseType type, RulesContext context, ExerciseState state, AuthorKey author)
    {
        if (share.Answers != 1 || share.HadSecondThoughts)
            return null;

        share.HadSecondThoughts = true;
        var isForm = type.Rules.Own(context, state, author) is { Items.IsEmpty: true, Fields.IsEmpty: false };
        return isForm && !type.Rules.StaysEditable && random.NextDouble() < ShareWithSecondThoughts
            ? type.Sample.Next(random, context, type.Rules.Start(context.Activity), author)
            : null;
    }

    private void Idle(Turn turn, LiveWorkshop workshop, DateTimeOffset now)
    {
        // Nothing to vote for yet, perhaps; worth another look. Whoever has given something has had their say.
        if (workshop.Current is { } activity && ++ShareOf(turn.Who, activity).IdleTurns <= MostIdleTurns)
            Plan(turn, now + Rhythm.Think(random, turn.Who.Pace, activity.Minutes));
    }

    private async Task HeedAsync(Turn turn, Outcome outcome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var workshop = host.Current;
        switch (outcome)
        {
            case Outcome.Joined:
                var slots = workshop.Agenda
                    .Where(a => a.Anonymity == Anonymity.Anonymous)
                    .ToImmutableDictionary(a => a.Id, a => turn.Who.SlotFor(workshop.Id, a.Id, workshop.Info.AsksToCompare));
                await host.SendAsync(new Command.Connect(turn.Who.Id, slots), cancellationToken);
                present.Add(turn.Who);
                ConsiderOpenExercise(turn.Who, workshop, now);
                break;
            case Outcome.Saved when workshop.Current is { } activity:
                ShareOf(turn.Who, activity).Answers++;
                Plan(turn, now + Rhythm.Think(random, turn.Who.Pace, activity.Minutes));
                break;
            case Outcome.Unavailable:
                Plan(turn, now + RetryAfter);
                break;
            case Outcome.Refused:
                // As with people: somebody was quicker, or the exercise has just closed. They look again.
                Idle(turn, workshop, now);
                break;
        }
    }

    private Share ShareOf(SimulatedPerson who, Activity activity)
    {
        if (!shares.TryGetValue((who.Number, activity.Id), out var share))
            shares[(who.Number, activity.Id)] = share = new Share();
        return share;
    }

    private void Plan(Turn turn, DateTimeOffset due) => turns.Enqueue(turn, (due, order++));

    /// <summary>Somebody's next move. <paramref name="Opening"/> is the opening of the stage that it belongs to; null for joining.</summary>
    private sealed record Turn(SimulatedPerson Who, int? Opening);

    /// <summary>What one person has done in one activity.</summary>
    private sealed class Share
    {
        public int Answers { get; set; }
        public int IdleTurns { get; set; }
        public bool HadSecondThoughts { get; set; }
    }
}
