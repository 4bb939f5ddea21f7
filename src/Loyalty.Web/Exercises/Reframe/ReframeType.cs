using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Reframe;

/// <summary>Two private boxes: a thought, and a truer one.</summary>
public sealed class ReframeType : ExerciseType<ReframeRules, ReframePhone, ReframeConsole, ReframeRoom, ReframeReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(ReframeText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new ReframeSample();
}
