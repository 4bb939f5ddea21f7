using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.LadderGap;

/// <summary>An insight without input of its own: how important each rung is, beside how well it is done.</summary>
public sealed class LadderGapType : ExerciseType<LadderGapRules, LadderGapPhone, LadderGapConsole, LadderGapRoom, LadderGapReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(LadderGapText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new LadderGapSample();
}
