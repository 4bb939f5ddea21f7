using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Microsoft.AspNetCore.Components;

namespace Loyalty.Web.Exercises.Contract;

/// <summary>Where an exercise is being shown.</summary>
public enum ViewPlace
{
    Phone,
    Console,
    Room,
    Report,
}

/// <summary>Everything a view of an exercise gets. Immutable; a change is a new one.</summary>
/// <param name="State">What was gathered. On the room display and on phones before the reveal, without anything that people gave: what is hidden is not there.</param>
/// <param name="ResultsShown">Whether this place may show results now; if not, <paramref name="State"/> holds none.</param>
/// <param name="Countdown">The timer on stage, or null.</param>
/// <param name="NameOf">The author's name if this place may show it, else null.</param>
/// <param name="Moderate">Sends the facilitator's action; does nothing but on the console.</param>
public sealed record ExerciseShow(
    ViewPlace Place,
    Activity Activity,
    RulesContext Context,
    ExerciseRules Rules,
    ExerciseState State,
    bool ResultsShown,
    Countdown? Countdown,
    Func<AuthorKey, string?> NameOf,
    Func<Fields, Task<Outcome>> Moderate)
{
    public Phase Phase => Context.Phase;

    /// <summary>Whether results may be shown here: always on the console while named, elsewhere once revealed, and anonymous ones from the threshold on.</summary>
    public bool EnoughToShow => Activity.Anonymity != Anonymity.Anonymous || State.Respondents >= Context.Threshold;

    /// <summary>Builds the show of an activity for one place; the one spot where names and hidden results are held back.</summary>
    public static ExerciseShow Of(LiveWorkshop workshop, Activity activity, ViewPlace place, Func<Fields, Task<Outcome>>? moderate = null)
    {
        var rules = workshop.Rulebook.Of(activity);
        var run = workshop.Runs.GetValueOrDefault(activity.Id);
        var hidden = place switch
        {
            ViewPlace.Phone => run?.Phase != Phase.Revealed,
            ViewPlace.Room => run?.IsShown != true,
            ViewPlace.Console or ViewPlace.Report => false,
        };
        var named = place switch
        {
            ViewPlace.Room or ViewPlace.Phone => activity.Anonymity == Anonymity.Named,
            ViewPlace.Console or ViewPlace.Report => activity.Anonymity != Anonymity.Anonymous,
        };
        return new ExerciseShow(
            place,
            activity,
            workshop.ContextOf(activity),
            rules,
            hidden && rules.TakesAnswers ? rules.BeforeReveal(activity, workshop.StateOf(activity)) : workshop.StateOf(activity),
            !hidden || !rules.TakesAnswers,
            run?.Countdown,
            named ? workshop.NameOf : _ => null,
            moderate ?? (_ => Task.FromResult<Outcome>(new Outcome.Refused("not-allowed"))));
    }
}

/// <summary>A component that shows an exercise.</summary>
public interface IExerciseView : IComponent
{
    ExerciseShow Show { get; set; }
}

/// <summary>Base of the views of a type.</summary>
public abstract class ExerciseView<TSettings, TState, TTally> : ComponentBase, IExerciseView
    where TSettings : class
    where TState : ExerciseState
    where TTally : class
{
    [Parameter, EditorRequired]
    public ExerciseShow Show { get; set; } = null!;

    protected Activity Activity => Show.Activity;

    protected TSettings Settings { get; private set; } = null!;

    protected TState State { get; private set; } = null!;

    protected TTally Tally { get; private set; } = null!;

    /// <summary>Reads settings and tally once per change, not once per use.</summary>
    protected override void OnParametersSet()
    {
        Settings = (TSettings)Show.Rules.SettingsOf(Show.Context);
        State = (TState)Show.State;
        Tally = (TTally)Show.Rules.Tally(Show.Context, Show.State);
    }
}
