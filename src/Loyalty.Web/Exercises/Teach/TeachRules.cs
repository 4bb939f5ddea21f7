using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Teach;

/// <summary>What is drawn beside the points.</summary>
public enum TeachMotif
{
    None,

    /// <summary>The kinds of customer, each with the point at its place.</summary>
    Kinds,

    /// <summary>A ladder whose rungs light up from the bottom, before the points.</summary>
    Ladder,

    /// <summary>A sentence to think about, above the points.</summary>
    Quote,
}

/// <param name="Value">Short, such as <c>23%</c>.</param>
/// <param name="Source">Who found it; stands beside the figure on every screen.</param>
public sealed record TeachFigure(string Value, string Text, string Source);

/// <param name="Stepwise">Whether the facilitator brings in one thing after another; otherwise all is there at once.</param>
/// <param name="Markdown">Own words with a little form, below the headline; see <see cref="TeachMarkdown"/>.</param>
public sealed record TeachSettings(
    string Headline,
    ImmutableArray<string> Points = default,
    ImmutableArray<TeachFigure> Figures = default,
    TeachMotif Motif = TeachMotif.None,
    bool Stepwise = false,
    ImmutableArray<Item> Ladder = default,
    ImmutableArray<Item> Kinds = default,
    string Quote = "",
    string Attribution = "",
    string Markdown = "")
{
    public ImmutableArray<string> Points { get; init; } = Points.IsDefault ? [] : Points;

    public ImmutableArray<TeachFigure> Figures { get; init; } = Figures.IsDefault ? [] : Figures;

    public ImmutableArray<Item> Ladder { get; init; } = Ladder.IsDefault ? [] : Ladder;

    public ImmutableArray<Item> Kinds { get; init; } = Kinds.IsDefault ? [] : Kinds;
}

/// <summary>How far the facilitator has gone.</summary>
public sealed record TeachInput(int Step);

/// <param name="Step">How many steps have been shown; 0 shows the headline alone.</param>
public sealed record TeachState(int Step) : ExerciseState
{
    /// <inheritdoc/>
    public override int Respondents => 0;
}

/// <summary>What is on screen: the first so many of each.</summary>
public sealed record TeachTally(int Step, int Steps, int Rungs, int Points, int Figures)
{
    /// <summary>What a step brings in is everything's first so many, so that kinds and figures come with the point at their place.</summary>
    public static TeachTally At(TeachSettings settings, int step)
    {
        var rungs = settings.Motif == TeachMotif.Ladder ? settings.Ladder.Length : 0;
        var points = Math.Clamp(step - rungs, 0, settings.Points.Length);
        // Figures without a point of their own come with the last one.
        var figures = step >= StepsOf(settings) ? settings.Figures.Length : Math.Min(points, settings.Figures.Length);
        return new TeachTally(step, StepsOf(settings), Math.Min(step, rungs), points, figures);
    }

    public static int StepsOf(TeachSettings settings) =>
        (settings.Motif == TeachMotif.Ladder ? settings.Ladder.Length : 0) + settings.Points.Length;
}

/// <summary>A screen that the facilitator talks to. Participants give nothing; the facilitator steps through it.</summary>
public sealed class TeachRules : ExerciseRules<TeachSettings, TeachInput, TeachState, TeachTally>
{
    public const int MaxPoints = 6;
    public const int MaxFigures = 4;

    /// <inheritdoc/>
    public override string Type => "teach";

    /// <inheritdoc/>
    public override bool TakesAnswers => false;

    /// <inheritdoc/>
    public override Fields? Step(RulesContext context, ExerciseState state, bool forward)
    {
        var settings = Settings(context.Activity);
        var to = ((TeachState)state).Step + (forward ? 1 : -1);
        // The step itself and not "next": pressed twice on an old screen, it still means the same point.
        return settings.Stepwise && to >= 0 && to <= TeachTally.StepsOf(settings)
            ? Fields.Of(("do", "show"), ("step", to.ToString(CultureInfo.InvariantCulture)))
            : null;
    }

    /// <inheritdoc/>
    protected override void Check(TeachSettings settings, SettingsCheck check)
    {
        check.That(!string.IsNullOrWhiteSpace(settings.Headline), "“headline” is needed.")
            .That(settings.Points.Length <= MaxPoints, $"There may be at most {MaxPoints} “points”.")
            .That(settings.Points.All(p => !string.IsNullOrWhiteSpace(p)), "None of the “points” may be empty.")
            .That(settings.Figures.Length <= MaxFigures, $"There may be at most {MaxFigures} “figures”.")
            .That(settings.Figures.All(f => f is not null && !string.IsNullOrWhiteSpace(f.Value) && !string.IsNullOrWhiteSpace(f.Source)), "Each of the “figures” needs a value and a source.");
        check.That(settings.Markdown.Length <= TeachMarkdown.MaxLength, $"“markdown” may have at most {TeachMarkdown.MaxLength} characters.");
        switch (settings.Motif)
        {
            case TeachMotif.None:
                break;
            case TeachMotif.Kinds:
                check.Items("kinds", settings.Kinds, max: 4);
                break;
            case TeachMotif.Ladder:
                check.Items("ladder", settings.Ladder, min: 2, max: 7);
                break;
            case TeachMotif.Quote:
                check.That(!string.IsNullOrWhiteSpace(settings.Quote), "“quote” is needed.");
                break;
        }
    }

    /// <inheritdoc/>
    protected override TeachState Start(TeachSettings settings) => new(settings.Stepwise ? 0 : TeachTally.StepsOf(settings));

    /// <inheritdoc/>
    protected override TeachInput? Read(TeachSettings settings, TeachState state, AuthorKey author, FieldReader reader)
    {
        if (!author.IsFacilitator || !settings.Stepwise)
        {
            reader.Refuse("not-allowed");
            return null;
        }

        var last = TeachTally.StepsOf(settings);
        switch (reader.Fields.First("do"))
        {
            case "show":
                return reader.Whole("step", 0, last, required: true) is { } step ? new TeachInput(step) : null;
            case "next" when state.Step < last:
                return new TeachInput(state.Step + 1);
            case "back" when state.Step > 0:
                return new TeachInput(state.Step - 1);
            case "next" or "back":
                reader.Refuse("no-more-steps");
                return null;
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    protected override TeachState Apply(TeachSettings settings, TeachState state, EntryKey key, AuthorKey author, TeachInput input, FieldReader reader) =>
        new(input.Step);

    /// <inheritdoc/>
    protected override TeachTally Tally(RulesContext context, TeachSettings settings, TeachState state) => TeachTally.At(settings, state.Step);

    /// <inheritdoc/>
    protected override OwnAnswer Own(TeachSettings settings, TeachState state, AuthorKey author) => OwnAnswer.None;

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, TeachSettings settings, TeachState state) => [];
}
