using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Features;

/// <summary>A live workshop with one exercise of a real type in it, for what draws exercises without knowing which.</summary>
internal static class LiveSample
{
    public static readonly ActivityId Exercise = new("exercise");

    private static readonly ExerciseCatalogue Catalogue = ExerciseCatalogue.Discover();

    private static readonly ExerciseRulebook Rulebook = new(Catalogue.All.Select(t => t.Rules));

    private static ExerciseType Type => Catalogue.All.First(t => t.Rules.TakesAnswers);

    /// <summary>The workshop in its lobby, with this many people who have no phone and so are here.</summary>
    public static LiveWorkshop Lobby(int people, Anonymity anonymity = Anonymity.Named)
    {
        var activity = new Activity(
            Exercise, Type.Name, "The exercise", "Module", 10, anonymity, "What do you think?", "", "And what now?",
            JsonDocument.Parse(Type.Sample.Settings).RootElement, SpeakerNotes.None);
        var workshop = Restore.From(Workshops.Stored() with { Agenda = [activity] }, Rulebook, Workshops.Nine).After(new Command.Start());
        for (var i = 1; i <= people; i++)
            workshop = workshop.After(new Command.Join(new ParticipantId(new Guid(i, 0, 0, new byte[8])), $"Firstname{i} Lastname{i}", null, null));
        return workshop;
    }

    /// <summary>Everybody answers what the sample says, each seed differently.</summary>
    public static LiveWorkshop Answered(this LiveWorkshop workshop, int seed)
    {
        workshop = workshop.After(new Command.GoTo(Exercise), new Command.SetPhase(Phase.Open));
        var random = new Random(seed);
        var activity = workshop.Current!;
        foreach (var participant in workshop.Participants.Values.OrderBy(p => p.Id.Value))
        {
            AuthorKey? slot = activity.Anonymity == Anonymity.Anonymous ? Workshops.NewSlot() : null;
            if (Type.Sample.Next(random, workshop.ContextOf(activity), workshop.StateOf(activity), slot ?? AuthorKey.Of(participant.Id)) is { } fields)
                workshop = workshop.After(new Command.Submit(EntryKey.New(), activity.Id, participant.Id, slot, fields));
        }

        return workshop;
    }
}
