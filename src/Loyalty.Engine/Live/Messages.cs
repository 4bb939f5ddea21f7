using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Engine.Live;

/// <summary>Something that somebody wants to happen. Whoever posts it has checked who they are.</summary>
public abstract record Command
{
    private Command()
    {
    }

    /// <summary>Draft becomes live, in the lobby.</summary>
    public sealed record Start : Command;

    public sealed record Pause : Command;

    public sealed record Resume : Command;

    /// <summary>Ends the workshop for good.</summary>
    public sealed record End : Command;

    /// <summary>Somebody joins, under an id that the sender made, so that joining again is recognised. <paramref name="TokenHash"/> is <see cref="ParticipantToken.Hash"/> of the token that their phone holds; null if they have no phone.</summary>
    public sealed record Join(ParticipantId Id, string Name, string? Department, Guid? TokenHash) : Command;

    /// <summary>Corrects a name or a department.</summary>
    public sealed record Rename(ParticipantId Participant, string Name, string? Department) : Command;

    /// <summary>An answer. In an anonymous activity <paramref name="Slot"/> is the author and the participant is used to count only.</summary>
    public sealed record Submit(EntryKey Key, ActivityId Activity, ParticipantId Participant, AuthorKey? Slot, Fields Fields) : Command;

    /// <summary>The facilitator acts on an exercise: spotlight, hide, merge, next point.</summary>
    public sealed record Moderate(EntryKey Key, ActivityId Activity, Fields Fields) : Command;

    /// <summary>Puts an activity on stage, or the lobby if null.</summary>
    public sealed record GoTo(ActivityId? Activity) : Command;

    /// <summary>Changes the phase of the activity on stage.</summary>
    public sealed record SetPhase(Phase Phase) : Command;

    /// <summary>Shows results on the room display while the activity on stage is still open, or hides them again.</summary>
    public sealed record ShowWhileOpen(bool Shown) : Command;

    /// <summary>Starts (or goes on with) the countdown of the activity on stage; the planned minutes if it has none.</summary>
    public sealed record StartTimer : Command;

    public sealed record StopTimer : Command;

    /// <summary>Adds time to the countdown, or takes it away; never below zero.</summary>
    public sealed record AddTime(TimeSpan By) : Command;

    /// <summary>Makes the room display dark, so that everybody looks at whoever speaks, or brings it back. Whatever goes on brings it back, too.</summary>
    public sealed record BlankRoom(bool Blank) : Command;

    /// <summary>Replaces the agenda. What has been on stage must stay as it is; the rest is free.</summary>
    public sealed record ReplaceAgenda(ImmutableArray<Activity> Agenda) : Command;

    /// <summary>A phone came. <paramref name="Slots"/> are the anonymous slots that it says it holds, by activity.</summary>
    public sealed record Connect(ParticipantId Participant, ImmutableDictionary<ActivityId, AuthorKey> Slots) : Command;

    /// <summary>A phone left.</summary>
    public sealed record Disconnect(ParticipantId Participant) : Command;
}

/// <summary>What became of a command.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>It is done, and durable if it changed anything.</summary>
    public sealed record Done : Outcome;

    /// <summary>The answer is durable. The same for a repeated key.</summary>
    public sealed record Saved(EntryKey Key) : Outcome;

    public sealed record Joined(Participant Participant) : Outcome;

    /// <summary>It is not valid, and sending it again will not help.</summary>
    public sealed record Refused(ImmutableArray<Refusal> Reasons) : Outcome
    {
        public Refused(string code)
            : this([new Refusal(code)])
        {
        }
    }

    /// <summary>It could not be done now (busy, disk full, stopping). Nothing changed; sending it again is safe.</summary>
    public sealed record Unavailable(string Code) : Outcome;
}

/// <summary>An input that was taken.</summary>
/// <param name="SlotDepartment">The segment of an anonymous author; a participant's is known from the participant.</param>
/// <param name="At">When; null in anonymous activities, where times would tell who it was.</param>
public sealed record Entry(
    EntryKey Key,
    ActivityId Activity,
    AuthorKey Author,
    string? SlotDepartment,
    string Type,
    int SchemaVersion,
    string Json,
    DateTimeOffset? At);

/// <summary>A fact to be made durable before anybody is told about it.</summary>
public abstract record LiveEvent
{
    private LiveEvent()
    {
    }

    public sealed record StatusChanged(WorkshopStatus Status, DateTimeOffset At) : LiveEvent;

    public sealed record ParticipantJoined(Participant Participant, Guid? TokenHash) : LiveEvent;

    public sealed record ParticipantChanged(Participant Participant) : LiveEvent;

    public sealed record EntryAccepted(Entry Entry) : LiveEvent;

    public sealed record StageChanged(ActivityId? OnStage) : LiveEvent;

    /// <summary>The activity's phase, clock or countdown changed; its gathered state is not part of this.</summary>
    public sealed record RunChanged(ActivityRun Run) : LiveEvent;

    /// <summary>The segments of these slots are to be forgotten.</summary>
    public sealed record SlotDepartmentsForgotten(ActivityId Activity, ImmutableArray<string> Departments) : LiveEvent;

    public sealed record AgendaReplaced(ImmutableArray<Activity> Agenda) : LiveEvent;
}

/// <summary>A workshop as the journal gives it back.</summary>
/// <param name="Runs">Phase, clock and countdown of the activities that have been on stage.</param>
/// <param name="Entries">Those of each activity in the order in which they were taken.</param>
/// <param name="StartedAt">When draft became live; the clock of the agenda counts from it.</param>
public sealed record StoredWorkshop(
    WorkshopId Id,
    WorkshopInfo Info,
    WorkshopStatus Status,
    ImmutableArray<Activity> Agenda,
    ActivityId? OnStage,
    ImmutableArray<StoredRun> Runs,
    ImmutableArray<(Participant Participant, Guid? TokenHash)> Participants,
    IEnumerable<Entry> Entries,
    DateTimeOffset? StartedAt = null);

/// <summary>The durable part of an <see cref="ActivityRun"/>.</summary>
public sealed record StoredRun(ActivityId Id, Phase Phase, DateTimeOffset? OnStageSince, TimeSpan Spent, Countdown? Countdown, bool ShownWhileOpen);

/// <summary>Where events are made durable. Implemented by the storage, and by a failing one in tests.</summary>
public interface IJournal
{
    /// <summary>The workshop as it stands on disk, or null if there is none.</summary>
    Task<StoredWorkshop?> LoadAsync(WorkshopId id, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when all events are durable, all or none of them. Events of several workshops may share one transaction.
    /// </summary>
    /// <exception cref="JournalException">Nothing was stored.</exception>
    Task AppendAsync(WorkshopId id, IReadOnlyList<LiveEvent> events, CancellationToken cancellationToken);
}

/// <summary>The events were not stored. <see cref="Code"/> names the sentence that says why (<c>Refusal.{Code}</c>).</summary>
public sealed class JournalException(string code, Exception? inner = null) : Exception($"The events were not stored: {code}.", inner)
{
    public string Code { get; } = code;
}

/// <summary>Told after every commit, on the host's loop: must be quick and must not throw.</summary>
public interface IPublisher
{
    void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events);
}
