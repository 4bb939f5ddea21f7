using System.Collections.Immutable;

namespace Loyalty.Engine.Curriculum;

/// <summary>An agenda of a facilitator's own, with everything that its activities need.</summary>
/// <param name="Language">Of its texts, such as <c>en</c>.</param>
/// <param name="Start">The time of day that it is planned to begin at.</param>
/// <param name="SlotMinutes">The time that there is.</param>
public sealed record Programme(string Title, string Summary, string Language, TimeOnly Start, int SlotMinutes, ImmutableArray<Activity> Activities)
{
    public const int MaxTitle = 120;
    public const int MaxSummary = 500;
    public const int MaxActivities = 100;
    public const int MaxSlotMinutes = 1440;

    /// <summary>Longest prompt, help and debrief, in characters each.</summary>
    public const int MaxText = 600;

    /// <summary>Longest paragraph of the speaker notes, in characters.</summary>
    public const int MaxNote = 2000;

    /// <summary>The most paragraphs under one heading of the speaker notes.</summary>
    public const int MaxNotes = 30;

    public static TimeOnly UsualStart { get; } = new(9, 0);
}
