using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.LadderGap;

/// <summary>Where the insight gets its numbers from.</summary>
/// <param name="Priorities">The activity whose measures are ranks, by perspective and rung.</param>
/// <param name="Grades">The activity whose measures are grade points, by subject and rung.</param>
public sealed record LadderGapSettings(ActivityId Priorities, ActivityId Grades);

/// <summary>Which view the facilitator has chosen; null is the first one.</summary>
public sealed record LadderGapState(string? Perspective, string? Subject) : ExerciseState
{
    /// <inheritdoc/>
    public override int Respondents => 0;
}

/// <summary>The facilitator's choice; what is null stays as it was.</summary>
public sealed record LadderGapView(string? Perspective, string? Subject);

/// <summary>
/// Priority against grade, from what two other activities have measured. It starts with the first perspective and subject, and "next"
/// goes on through the perspectives: what the room believes of others first, its own view last, with the same question each time,
/// whether the first rung to repair stays the same. Grades start with the first subject, the whole that a customer meets.
/// </summary>
public sealed class LadderGapRules : ExerciseRules<LadderGapSettings, LadderGapView, LadderGapState, LadderGapTally>
{
    private const int MaxIdLength = 60;

    /// <inheritdoc/>
    public override string Type => "ladder-gap";

    /// <inheritdoc/>
    public override bool TakesAnswers => false;

    public override bool HasResults => true;

    /// <summary>The input that chooses a view.</summary>
    public static Fields Choose(Item? perspective = null, Item? subject = null) =>
        Fields.Of(("do", "view"), ("perspective", perspective?.Id ?? ""), ("subject", subject?.Id ?? ""));

    /// <inheritdoc/>
    public override Fields? Step(RulesContext context, ExerciseState state, bool forward)
    {
        var tally = Tally(context, Settings(context.Activity), (LadderGapState)state);
        if (tally.Perspective is not { } shown || tally.Rows.IsEmpty)
            return null;
        var next = tally.Perspectives.IndexOf(shown) + (forward ? 1 : -1);
        return next >= 0 && next < tally.Perspectives.Length ? Choose(perspective: tally.Perspectives[next]) : null;
    }

    /// <inheritdoc/>
    protected override void Check(LadderGapSettings settings, SettingsCheck check) => check
        .That(!string.IsNullOrWhiteSpace(settings.Priorities.Value), "“priorities” needs the id of a ranking.")
        .That(!string.IsNullOrWhiteSpace(settings.Grades.Value), "“grades” needs the id of a grades activity.");

    /// <inheritdoc/>
    protected override LadderGapState Start(LadderGapSettings settings) => new(null, null);

    /// <inheritdoc/>
    protected override LadderGapView? Read(LadderGapSettings settings, LadderGapState state, AuthorKey author, FieldReader reader)
    {
        if (!author.IsFacilitator)
        {
            reader.Refuse("not-allowed");
            return null;
        }

        // Any id is taken: whether it exists is the inputs' business, and what does not exist shows the first view.
        var perspective = reader.Text("perspective", MaxIdLength);
        var subject = reader.Text("subject", MaxIdLength);
        return perspective.Length == 0 && subject.Length == 0 ? null : new LadderGapView(NullIfEmpty(perspective), NullIfEmpty(subject));
    }

    /// <inheritdoc/>
    protected override LadderGapState? Apply(LadderGapSettings settings, LadderGapState state, EntryKey key, AuthorKey author, LadderGapView input, FieldReader reader) =>
        new(input.Perspective ?? state.Perspective, input.Subject ?? state.Subject);

    /// <inheritdoc/>
    protected override LadderGapTally Tally(RulesContext context, LadderGapSettings settings, LadderGapState state) =>
        LadderGapTally.Of(LadderInput.Ranks(context, settings.Priorities), LadderInput.Grades(context, settings.Grades), state);

    /// <inheritdoc/>
    protected override OwnAnswer Own(LadderGapSettings settings, LadderGapState state, AuthorKey author) => OwnAnswer.None;

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, LadderGapSettings settings, LadderGapState state) => [];

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
