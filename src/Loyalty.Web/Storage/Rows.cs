using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Storage;

/// <summary>A workshop: what was planned, and where it stands.</summary>
public sealed class WorkshopRow
{
    public Guid Id { get; set; }
    public required string Code { get; set; }
    public required string Title { get; set; }
    public required string Organisation { get; set; }
    public DateOnly Date { get; set; }

    /// <summary>Department names as a JSON array.</summary>
    public required string Departments { get; set; }

    public required string Language { get; set; }
    public int Threshold { get; set; }
    public int PlannedParticipants { get; set; }

    /// <summary>The facilitator whom it belongs to.</summary>
    public Guid OwnerId { get; set; }

    public WorkshopStatus Status { get; set; }

    /// <summary>The agenda as JSON: a copy, so that a workshop keeps what it ran whatever becomes of the curriculum.</summary>
    public required string Agenda { get; set; }

    public string? OnStage { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The workshop that this one rehearses, or null if it is a real one.</summary>
    public Guid? RehearsalOf { get; set; }

    /// <summary>The time that the agenda was planned for, in minutes; null if nobody said.</summary>
    public int? SlotMinutes { get; set; }

    /// <summary>Whether participants are asked if their anonymous answers may be compared with those of another workshop.</summary>
    public bool AsksToCompare { get; set; }

    /// <summary>The programme that the agenda was taken from, or null. It may have been deleted since.</summary>
    public Guid? ProgrammeId { get; set; }

    /// <summary>Which version of it.</summary>
    public int? ProgrammeVersion { get; set; }

    /// <summary>
    /// How many responses measures and plans were last drawn from. When it differs from the number of responses, the process died
    /// in between, and they are drawn again at the next start.
    /// </summary>
    public int ProjectedEntries { get; set; }

    /// <summary>When the names, plans and texts of this workshop were erased; only its measures are left.</summary>
    public DateTimeOffset? PersonalDataErasedAt { get; set; }
}

/// <summary>Somebody in one workshop.</summary>
public sealed class ParticipantRow
{
    public Guid Id { get; set; }
    public Guid WorkshopId { get; set; }
    public required string Name { get; set; }
    public string? Department { get; set; }

    /// <summary><see cref="ParticipantToken.Hash"/> of the phone's token; null for somebody without a phone.</summary>
    public Guid? TokenHash { get; set; }

    public DateTimeOffset JoinedAt { get; set; }

    /// <summary>Who they were, and what they wrote, is gone; what they chose still counts.</summary>
    public bool IsErased { get; set; }
}

/// <summary>An accepted entry, in the order of <see cref="Sequence"/>. Appended to, never changed, but for what must be forgotten.</summary>
public sealed class ResponseRow
{
    public long Sequence { get; set; }

    /// <summary>Made by the sender; unique, so that a retry is recognised even after a crash.</summary>
    public Guid Key { get; set; }

    public Guid WorkshopId { get; set; }
    public required string ActivityId { get; set; }
    public AuthorKind AuthorKind { get; set; }
    public Guid AuthorId { get; set; }
    public string? SlotDepartment { get; set; }
    public required string Type { get; set; }
    public int SchemaVersion { get; set; }
    public required string Json { get; set; }
    public DateTimeOffset? At { get; set; }
}

/// <summary>Phase, clock and countdown of an activity that has been on stage.</summary>
public sealed class ActivityRunRow
{
    public Guid WorkshopId { get; set; }
    public required string ActivityId { get; set; }
    public Phase Phase { get; set; }
    public DateTimeOffset? OnStageSince { get; set; }
    public TimeSpan Spent { get; set; }
    public DateTimeOffset? CountdownEndsAt { get; set; }
    public TimeSpan? CountdownRemaining { get; set; }
    public bool ShownWhileOpen { get; set; }
}

/// <summary>One numeric fact drawn from a response; what reports are queries over. Can be rebuilt from the responses at any time.</summary>
public sealed class MeasureRow
{
    public long Id { get; set; }
    public Guid WorkshopId { get; set; }
    public required string ActivityId { get; set; }

    /// <summary>Null where the activity is anonymous.</summary>
    public Guid? ParticipantId { get; set; }

    /// <summary>
    /// The anonymous author, where the workshop asked to compare; otherwise null. The same in another workshop only for somebody
    /// who agreed in both, and never the same in two activities.
    /// </summary>
    public Guid? SlotId { get; set; }

    public string? Department { get; set; }
    public required string Name { get; set; }
    public required string Subject { get; set; }
    public required string Item { get; set; }
    public double Value { get; set; }
}
