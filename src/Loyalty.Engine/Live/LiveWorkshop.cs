using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;

namespace Loyalty.Engine.Live;

/// <summary>Where a workshop is in its life.</summary>
public enum WorkshopStatus
{
    /// <summary>Being prepared; nobody can join.</summary>
    Draft,

    /// <summary>Running.</summary>
    Live,

    /// <summary>Interrupted: phones wait, answers are not taken, the clock stands still.</summary>
    Paused,

    /// <summary>Over. Action plans can still be edited through their private links.</summary>
    Ended,
}

/// <summary>What does not change while a workshop runs.</summary>
/// <param name="Code">The join code: six characters without look-alikes.</param>
/// <param name="Departments">The segments that participants choose from; may be empty.</param>
/// <param name="Language">The culture of phones and room display, such as <c>en</c>.</param>
/// <param name="Threshold">The smallest group whose results are shown; at least <see cref="MinThreshold"/>.</param>
/// <param name="IsRehearsal">A rehearsal: its people are simulated and its data never counts.</param>
public sealed record WorkshopInfo(
    string Code,
    string Title,
    string Organisation,
    DateOnly Date,
    ImmutableArray<string> Departments,
    string Language,
    int Threshold,
    bool IsRehearsal)
{
    /// <summary>Respondents below which scores of a segment, and anything anonymous, are not shown.</summary>
    public const int MinThreshold = 5;

    /// <summary>Respondents below which comments of a segment are not shown.</summary>
    public const int CommentThreshold = 10;

    /// <summary>The time that the room was promised it would take, in minutes; null if nobody said.</summary>
    public int? SlotMinutes { get; init; }

    /// <summary>Whether participants are asked if their anonymous answers may be compared with those of another workshop.</summary>
    public bool AsksToCompare { get; init; }
}

/// <summary>Somebody in the room.</summary>
/// <param name="Department">One of the workshop's departments, or null.</param>
/// <param name="HasPhone">False for somebody whose answers the facilitator enters.</param>
public sealed record Participant(ParticipantId Id, string Name, string? Department, bool HasPhone, DateTimeOffset JoinedAt)
{
    public const int MaxNameLength = 60;

    /// <summary>Who they were, and what they wrote, was erased; what they chose still counts.</summary>
    public bool IsErased { get; init; }

    /// <summary>Stands where the name of somebody stood who was erased.</summary>
    public const string ErasedName = "–";
}

/// <summary>A countdown. Running while <see cref="EndsAt"/> is set; otherwise stopped with <see cref="Remaining"/> left.</summary>
public sealed record Countdown(DateTimeOffset? EndsAt, TimeSpan Remaining)
{
    public bool IsRunning => EndsAt is not null;

    /// <summary>What is left at this moment, never below zero.</summary>
    public TimeSpan LeftAt(DateTimeOffset now)
    {
        var left = EndsAt is { } end ? end - now : Remaining;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }
}

/// <summary>What has happened to one activity so far.</summary>
/// <param name="Phase">The phase that it is in, or was left in.</param>
/// <param name="OnStageSince">Since when it is on stage; null while it is not.</param>
/// <param name="Spent">Time on stage before <paramref name="OnStageSince"/>.</param>
/// <param name="Countdown">The timer on every screen, or null.</param>
/// <param name="ShownWhileOpen">Whether the room display shows results while answers still come in.</param>
/// <param name="State">What the exercise has gathered.</param>
/// <param name="SlotDepartments">
/// The segment of each anonymous slot. When the activity closes, segments below the threshold are forgotten here and in the database.
/// </param>
/// <param name="AnsweredInMemory">
/// Who has answered an anonymous activity. Never stored: after a restart, the phones say it again.
/// </param>
public sealed record ActivityRun(
    ActivityId Id,
    Phase Phase,
    DateTimeOffset? OnStageSince,
    TimeSpan Spent,
    Countdown? Countdown,
    bool ShownWhileOpen,
    ExerciseState State,
    ImmutableDictionary<AuthorKey, string> SlotDepartments,
    ImmutableHashSet<ParticipantId> AnsweredInMemory)
{
    /// <summary>Whether the room may see results now. What it may not see is not sent to it.</summary>
    public bool IsShown => Phase == Phase.Revealed || (Phase == Phase.Open && ShownWhileOpen);

    /// <summary>Time on stage until now.</summary>
    public TimeSpan SpentAt(DateTimeOffset now) => Spent + (OnStageSince is { } since && now > since ? now - since : TimeSpan.Zero);
}

/// <summary>
/// The running state of a workshop: an immutable snapshot. Everything that reads it (console, room display, phones, tests)
/// holds one and never waits; only the workshop's host replaces it.
/// </summary>
public sealed record LiveWorkshop(
    WorkshopId Id,
    WorkshopInfo Info,
    WorkshopStatus Status,
    ImmutableArray<Activity> Agenda,
    ActivityId? OnStage,
    ImmutableDictionary<ActivityId, ActivityRun> Runs,
    ImmutableDictionary<ParticipantId, Participant> Participants,
    ImmutableDictionary<Guid, ParticipantId> Tokens,
    ImmutableHashSet<EntryKey> Keys,
    ImmutableDictionary<ParticipantId, int> Connections,
    long Revision,
    long StageRevision,
    ExerciseRulebook Rulebook) : IWorkshopView
{
    /// <summary>When it was started; null while it is a draft, or if the journal does not know.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Whether the room display is dark. Never stored: after a restart it is back.</summary>
    public bool RoomIsBlank { get; init; }

    /// <summary>The activity on stage; null in the lobby.</summary>
    public Activity? Current => OnStage is { } id ? Find(id) : null;

    /// <summary>The run of the activity on stage; null in the lobby.</summary>
    public ActivityRun? CurrentRun => OnStage is { } id ? Runs.GetValueOrDefault(id) : null;

    /// <summary>The phase of the activity on stage; waiting in the lobby.</summary>
    public Phase Phase => CurrentRun?.Phase ?? Phase.Waiting;

    /// <summary>An activity of the agenda, or null.</summary>
    public Activity? Find(ActivityId id)
    {
        foreach (var activity in Agenda)
        {
            if (activity.Id == id)
                return activity;
        }

        return null;
    }

    /// <summary>The state of an activity; the start state if it was never on stage.</summary>
    public ExerciseState StateOf(Activity activity) =>
        Runs.TryGetValue(activity.Id, out var run) ? run.State : Rulebook.Of(activity).Start(activity);

    /// <summary>Its phase; waiting if it was never on stage.</summary>
    public Phase PhaseOf(ActivityId id) => Runs.TryGetValue(id, out var run) ? run.Phase : Phase.Waiting;

    /// <summary>What the rules may look at for this activity.</summary>
    public RulesContext ContextOf(Activity activity) => new(activity, PhaseOf(activity.Id), Info.Threshold, this);

    ImmutableArray<Person> IWorkshopView.People() => KnownPeople.InOrder(Participants);

    bool IWorkshopView.IsHere(ParticipantId id) => Connections.ContainsKey(id) || Participants.GetValueOrDefault(id) is { HasPhone: false };

    IEnumerable<Grouping> IWorkshopView.Met() => Runs.Values.SelectMany(run => Find(run.Id) is { } met ? Rulebook.Of(met).Groupings(run.State) : []);

    /// <summary>What another activity can go on working with; nothing of an anonymous one that too few have answered.</summary>
    public ImmutableArray<Item> ItemsOf(ActivityId id) =>
        Find(id) is { } activity && Runs.TryGetValue(id, out var run)
            && (activity.Anonymity != Anonymity.Anonymous || run.State.Respondents >= Info.Threshold)
            ? Rulebook.Of(activity).Items(ContextOf(activity), run.State)
            : [];

    /// <summary>The groups of an activity as they were formed last; null if it has formed none.</summary>
    public Grouping? GroupsOf(ActivityId id) =>
        Find(id) is { } activity && Runs.TryGetValue(id, out var run) ? Rulebook.Of(activity).Groupings(run.State).LastOrDefault() : null;

    /// <summary>The numeric facts of one activity as they stand.</summary>
    public ImmutableArray<Measure> MeasuresOf(ActivityId id) =>
        Find(id) is { } activity && Runs.TryGetValue(id, out var run)
            ? Rulebook.Of(activity).Measures(ContextOf(activity), run.State)
            : [];

    /// <summary>The segment of an author in an activity, or null.</summary>
    public string? DepartmentOf(ActivityId id, AuthorKey author) => author.Kind switch
    {
        AuthorKind.Participant => Participants.GetValueOrDefault(new ParticipantId(author.Id))?.Department,
        AuthorKind.Slot => Runs.GetValueOrDefault(id)?.SlotDepartments.GetValueOrDefault(author),
        AuthorKind.Facilitator => null,
    };

    /// <summary>The name of a participant; null for slots and the facilitator.</summary>
    public string? NameOf(AuthorKey author) =>
        author.Participant is { } id ? Participants.GetValueOrDefault(id)?.Name : null;

    /// <summary>The participant whose token has this hash, or null.</summary>
    public Participant? WithToken(Guid tokenHash) =>
        Tokens.TryGetValue(tokenHash, out var id) ? Participants.GetValueOrDefault(id) : null;

    /// <summary>
    /// Whether this participant has answered. In an anonymous activity it is known from memory only.
    /// </summary>
    public bool HasAnswered(Activity activity, ParticipantId participant)
    {
        if (!Runs.TryGetValue(activity.Id, out var run))
            return false;
        return activity.Anonymity == Anonymity.Anonymous
            ? run.AnsweredInMemory.Contains(participant)
            : Rulebook.Of(activity).HasAnswered(ContextOf(activity), run.State, AuthorKey.Of(participant));
    }

    /// <summary>How many phones are connected now.</summary>
    public int PhonesHere => Connections.Count;
}

/// <summary>The rules of every known exercise type, by type name.</summary>
public sealed class ExerciseRulebook
{
    private readonly ImmutableDictionary<string, ExerciseRules> byType;

    /// <exception cref="ArgumentException">Two rules have the same type name.</exception>
    public ExerciseRulebook(IEnumerable<ExerciseRules> rules)
    {
        var builder = ImmutableDictionary.CreateBuilder<string, ExerciseRules>(StringComparer.Ordinal);
        foreach (var rule in rules)
            builder.Add(rule.Type, rule);
        byType = builder.ToImmutable();
    }

    public IEnumerable<ExerciseRules> All => byType.Values;

    public bool Knows(string type) => byType.ContainsKey(type);

    /// <summary>The activities that this one builds on; none if its type is not known.</summary>
    public ImmutableArray<ActivityId> InputsOf(Activity activity) => byType.TryGetValue(activity.Type, out var rules) ? rules.Inputs(activity) : [];

    /// <exception cref="KeyNotFoundException">No such type. Agendas are checked before they are stored, so this is a bug or a removed type.</exception>
    public ExerciseRules Of(Activity activity) =>
        byType.TryGetValue(activity.Type, out var rules) ? rules : throw new KeyNotFoundException($"There is no exercise type “{activity.Type}” (activity {activity.Id}).");
}

/// <summary>What is often asked of the people of a workshop: worked out once for every set of participants.</summary>
internal static class KnownPeople
{
    private static readonly ConditionalWeakTable<ImmutableDictionary<ParticipantId, Participant>, StrongBox<ImmutableArray<Person>>> Ordered = [];
    private static readonly ConditionalWeakTable<ImmutableDictionary<ParticipantId, Participant>, StrongBox<int>> Phoneless = [];

    /// <summary>In the order in which they joined.</summary>
    public static ImmutableArray<Person> InOrder(ImmutableDictionary<ParticipantId, Participant> participants) =>
        Ordered.GetValue(participants, static all => new StrongBox<ImmutableArray<Person>>(
            [.. all.Values.OrderBy(p => p.JoinedAt).ThenBy(p => p.Id.Value).Select(p => new Person(p.Id, p.Name, p.Department))])).Value;

    /// <summary>How many have no phone, so that the facilitator answers for them.</summary>
    public static int WithoutPhone(ImmutableDictionary<ParticipantId, Participant> participants) =>
        Phoneless.GetValue(participants, static all => new StrongBox<int>(all.Values.Count(p => !p.HasPhone))).Value;
}
