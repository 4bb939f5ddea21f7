using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Curriculum;

/// <summary>Programmes to test with, on the types and the library that there are.</summary>
internal static class Programmes
{
    public static ExerciseCatalogue Catalogue { get; } = ExerciseCatalogue.Discover();

    public static ExerciseRulebook Rulebook { get; } = new(Catalogue.All.Select(t => t.Rules));

    public static CurriculumLibrary Library { get; } = CurriculumLibrary.Load("en");

    /// <summary>Every ready-made agenda as a programme.</summary>
    public static IEnumerable<Programme> ReadyMade =>
        Library.Agendas.Select(a => new Programme(a.Title, a.Summary, "en", Programme.UsualStart, a.SlotMinutes, Runnable(a.Activities)));

    /// <summary>One activity of every type, with its sample's settings.</summary>
    public static Programme OfEveryType => new(
        "One of each", "", "en", new TimeOnly(13, 30), 300,
        [.. Catalogue.All.Select(t => Step(t.Name, t.Name))]);

    public static Activity Step(string id, string type = "scale", int minutes = 10) => new(
        new ActivityId(id), type, id, "", minutes, Anonymity.Named, "What do you think?", "", "", JsonDocument.Parse(Catalogue.Of(type).Sample.Settings).RootElement, SpeakerNotes.None);

    public static Programme Of(params ImmutableArray<Activity> steps) => new("A programme", "", "en", Programme.UsualStart, 90, steps);

    // Content may be written before the type that it runs on is.
    private static ImmutableArray<Activity> Runnable(ImmutableArray<Activity> steps) => [.. steps.Where(a => Rulebook.Knows(a.Type))];
}
