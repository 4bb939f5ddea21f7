using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Scale;

/// <summary>Scores from low to high, with a reason; one from 0 to 10 can be a Net Promoter Score.</summary>
public sealed class ScaleType : ExerciseType<ScaleRules, ScalePhone, ScaleConsole, ScaleRoom, ScaleReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(ScaleText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new ScaleSample();
}
