using System.Collections.Concurrent;
using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Storage;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Workshops;

/// <summary>Where a workshop's agenda was taken from.</summary>
/// <param name="SlotMinutes">The time that it was planned for.</param>
/// <param name="Programme">A programme of somebody's own; null if it is a ready-made agenda.</param>
/// <param name="Version">Which version of the programme.</param>
public sealed record AgendaOrigin(int SlotMinutes, Guid? Programme = null, int? Version = null);

/// <summary>An agenda, ready-made or somebody's own, and what keeps this server from running it.</summary>
/// <param name="Programme">Whose own it is; null if it is ready-made.</param>
public sealed record AgendaChoice(Agenda Agenda, ImmutableArray<AgendaProblem> Problems, StoredProgramme? Programme = null)
{
    public AgendaOrigin Origin => new(Agenda.SlotMinutes, Programme?.Line.Id, Programme?.Number);

    public bool CanRun => Problems.IsEmpty;
}

/// <summary>A step that cannot be run.</summary>
/// <param name="Detail">What is wrong with its settings; null if this server does not know its exercise type.</param>
public sealed record AgendaProblem(Activity Step, string? Detail);

/// <summary>The agendas that a workshop can be given, judged by the exercise types of this server.</summary>
public sealed class AgendaChoices(CurriculumLibraries libraries, ExerciseCatalogue catalogue, IStringLocalizerFactory localizers)
{
    private readonly ConcurrentDictionary<string, ImmutableArray<AgendaChoice>> byLanguage = new(StringComparer.Ordinal);

    public IEnumerable<string> Languages => libraries.Languages;

    /// <summary>Every ready-made agenda of a language, those that cannot be run included.</summary>
    /// <exception cref="ContentException">There is no content in this language.</exception>
    public ImmutableArray<AgendaChoice> Of(string language) =>
        byLanguage.GetOrAdd(language, l => [.. libraries.Of(l).Agendas.Select(agenda => new AgendaChoice(agenda, ProblemsOf(agenda.Activities)))]);

    /// <summary>A programme of somebody's own as a choice.</summary>
    public AgendaChoice Of(StoredProgramme stored) => new(
        new Agenda($"programme-{stored.Line.Id:N}", stored.Programme.Title, stored.Programme.Summary, stored.Programme.SlotMinutes, stored.Programme.Activities),
        ProblemsOf(stored.Programme.Activities),
        stored);

    /// <summary>What keeps these steps from running; empty if nothing does.</summary>
    public ImmutableArray<AgendaProblem> ProblemsOf(ImmutableArray<Activity> steps) =>
    [
        .. steps.SelectMany(step => catalogue.Knows(step.Type)
            ? catalogue.Of(step).Rules.Check(step).Select(detail => new AgendaProblem(step, detail))
            : [new AgendaProblem(step, null)]),
    ];

    /// <summary>What people call the type of a step; its own name if this server does not know it.</summary>
    public string TypeName(Activity step) =>
        catalogue.Knows(step.Type) ? localizers.Create(catalogue.Of(step).Texts)["Name"] : step.Type;
}
