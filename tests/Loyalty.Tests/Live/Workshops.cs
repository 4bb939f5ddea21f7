using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

/// <summary>Workshops to test with: a named word, an anonymous word, and a word that stays editable.</summary>
internal static class Workshops
{
    public static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly ActivityId Named = new("named-word");

    public static readonly ActivityId Anonymous = new("anonymous-word");

    public static readonly ActivityId Lasting = new("lasting-word");

    public static readonly ExerciseRulebook Rulebook = new([new WordRules(), new WordRules("lasting", staysEditable: true)]);

    public static ImmutableArray<Activity> Agenda { get; } =
    [
        Activity(Named, "word", Anonymity.Named),
        Activity(Anonymous, "word", Anonymity.Anonymous),
        Activity(Lasting, "lasting", Anonymity.Facilitator),
    ];

    public static WorkshopInfo Info(params ImmutableArray<string> departments) =>
        new("ACD347", "Loyalty for Lindenhof", "Hotel Lindenhof", new DateOnly(2026, 3, 2), departments, "en", 5, false);

    public static StoredWorkshop Stored(WorkshopStatus status = WorkshopStatus.Draft, params ImmutableArray<string> departments) =>
        new(WorkshopId.New(), Info(departments), status, Agenda, null, [], [], []);

    public static LiveWorkshop Draft(params ImmutableArray<string> departments) => Restore.From(Stored(WorkshopStatus.Draft, departments), Rulebook, Nine);

    /// <summary>Applies commands that must succeed, one after the other.</summary>
    public static LiveWorkshop After(this LiveWorkshop workshop, params ReadOnlySpan<Command> commands)
    {
        foreach (var command in commands)
        {
            var decision = Decide.On(workshop, command, Nine);
            Assert.False(decision.Outcome is Outcome.Refused or Outcome.Unavailable, $"{command} was answered with {decision.Outcome}.");
            workshop = decision.Next;
        }

        return workshop;
    }

    public static Command.Join Join(string name, string? department = null) => new(ParticipantId.New(), name, department, ParticipantToken.Hash(ParticipantToken.New()));

    public static Command.Submit Word(ParticipantId who, ActivityId activity, string word, AuthorKey? slot = null) =>
        new(EntryKey.New(), activity, who, slot, Fields.Of(("word", word)));

    public static AuthorKey NewSlot() => AuthorKey.Slot(ParticipantToken.New());

    private static Activity Activity(ActivityId id, string type, Anonymity anonymity) =>
        new(id, type, id.Value, "Tests", 10, anonymity, "Which word?", "", "", JsonSerializer.SerializeToElement(new { }), SpeakerNotes.None);
}
