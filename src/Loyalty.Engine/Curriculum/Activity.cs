using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loyalty.Engine.Curriculum;

/// <summary>Who can connect an answer with the person who gave it.</summary>
public enum Anonymity
{
    /// <summary>Everybody in the room: names stand beside answers on the room display.</summary>
    Named,

    /// <summary>The facilitator and HR only: names stand on the console and in the plans, never on the room display.</summary>
    Facilitator,

    /// <summary>Nobody, and it cannot be found out: no participant is stored with the answer.</summary>
    Anonymous,
}

/// <summary>One step of an agenda: a teach screen, an exercise, an insight or a break.</summary>
/// <param name="Id">Unique in the agenda.</param>
/// <param name="Type">The exercise type that it runs on, such as <c>board</c>.</param>
/// <param name="Title">A short name for agendas and headings.</param>
/// <param name="Module">The title of the module that it belongs to; empty for breaks.</param>
/// <param name="Minutes">Planned length, 1 to 480.</param>
/// <param name="Anonymity">The label that participants see; fixed once the activity has been opened.</param>
/// <param name="Prompt">The question on phones and room display; empty for teach screens.</param>
/// <param name="Help">One line below the prompt on the phone, or empty.</param>
/// <param name="Debrief">What the facilitator asks when the results are on screen, or empty.</param>
/// <param name="Settings">What the exercise type reads; its rules say what is valid.</param>
/// <param name="Notes">For the facilitator's eyes only.</param>
public sealed record Activity(
    ActivityId Id,
    string Type,
    string Title,
    string Module,
    int Minutes,
    Anonymity Anonymity,
    string Prompt,
    string Help,
    string Debrief,
    JsonElement Settings,
    SpeakerNotes Notes)
{
    public const int MinMinutes = 1;
    public const int MaxMinutes = 480;

    private const string Pause = "break";

    /// <summary>Left out today, though it stays in the agenda and can be taken up again. Known only while a workshop runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SetAside { get; init; }

    [JsonIgnore]
    public bool IsBreak => Type == Pause;

    /// <summary>A pause.</summary>
    /// <param name="message">What the room display says while it lasts, or empty.</param>
    public static Activity Break(ActivityId id, string title, int minutes, string message = "") => new(
        id, Pause, title, "", minutes, Anonymity.Named, "", "", "", JsonSerializer.SerializeToElement(new { message }), SpeakerNotes.None);
}

/// <summary>Private notes that let two people facilitate the same activity alike.</summary>
public sealed record SpeakerNotes(
    string Purpose,
    ImmutableArray<string> Say,
    ImmutableArray<string> Ask,
    ImmutableArray<string> Traps,
    string Close)
{
    public static SpeakerNotes None { get; } = new("", [], [], [], "");

    public ImmutableArray<string> Say { get; init; } = Say.IsDefault ? [] : Say;

    public ImmutableArray<string> Ask { get; init; } = Ask.IsDefault ? [] : Ask;

    public ImmutableArray<string> Traps { get; init; } = Traps.IsDefault ? [] : Traps;
}

/// <summary>A named thing to choose, rank or grade: a rung, a subject, a column of a board.</summary>
/// <param name="Id">A slug that measures are stored under; never shown.</param>
/// <param name="Label">What people see.</param>
/// <param name="Hint">One explaining sentence, or empty.</param>
public sealed record Item(string Id, string Label, string Hint = "");

/// <summary>A chapter of the curriculum.</summary>
public sealed record Module(string Id, string Number, string Title, string Summary, ImmutableArray<Activity> Activities);

/// <summary>A ready-made order of activities, with the minutes that it was planned for.</summary>
/// <param name="SlotMinutes">The length that the whole is meant for.</param>
public sealed record Agenda(string Id, string Title, string Summary, int SlotMinutes, ImmutableArray<Activity> Activities)
{
    public int PlannedMinutes => Activities.Sum(a => a.Minutes);
}
