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

    /// <summary>Led by the facilitator in parts; not in the agenda that most tests use.</summary>
    public static readonly ActivityId Parts = new("parts");

    /// <summary>The same, and nobody answers: like a teach screen.</summary>
    public static readonly ActivityId Talk = new("talk");

    public static readonly ExerciseRulebook Rulebook =
        new([new WordRules(), new WordRules("lasting", staysEditable: true), new PartsRules(), new PartsRules("talk", takesAnswers: false)]);

    public static ImmutableArray<Activity> Agenda { get; } =
    [
        Step(Named),
        Step(Anonymous, anonymity: Anonymity.Anonymous),
        Step(Lasting, "lasting", Anonymity.Facilitator),
    ];

    public static WorkshopInfo Info(params ImmutableArray<string> departments) =>
        new("ACD347", "Loyalty for Lindenhof", "Hotel Lindenhof", new DateOnly(2026, 3, 2), departments, "en", 5, false);

    public static StoredWorkshop Stored(WorkshopStatus status = WorkshopStatus.Draft, params ImmutableArray<string> departments) =>
        new(WorkshopId.New(), Info(departments), status, Agenda, null, [], [], []);

    public static LiveWorkshop Draft(params ImmutableArray<string> departments) => Restore.From(Stored(WorkshopStatus.Draft, departments), Rulebook, Nine);

    /// <summary>Live, with nobody in it, and an agenda that also has what the facilitator leads through in parts.</summary>
    public static LiveWorkshop LiveWithParts =>
        Restore.From(Stored() with { Agenda = [.. Agenda, Step(Parts, "parts"), Step(Talk, "talk")] }, Rulebook, Nine).After(new Command.Start());

    /// <summary>Why a command was refused: the one code.</summary>
    public static string RefusalOf(this LiveWorkshop workshop, Command command) =>
        Assert.Single(Assert.IsType<Outcome.Refused>(Decide.On(workshop, command, Nine).Outcome).Reasons).Code;

    /// <summary>Decides about a command that must change nothing at all.</summary>
    public static Outcome Unchanged(this LiveWorkshop workshop, Command command)
    {
        var decision = Decide.On(workshop, command, Nine);
        Assert.Same(workshop, decision.Next);
        Assert.Empty(decision.Events);
        return decision.Outcome;
    }

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

    /// <summary>An activity of ten minutes.</summary>
    public static Activity Step(ActivityId id, string type = "word", Anonymity anonymity = Anonymity.Named) =>
        new(id, type, id.Value, "Tests", 10, anonymity, "Which word?", "", "", JsonSerializer.SerializeToElement(new { }), SpeakerNotes.None);
}
