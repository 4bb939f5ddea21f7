using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.PairedScale;

/// <summary>Two numbers for every item, as a shift from one to the other or as a map of both.</summary>
public sealed class PairedScaleType : ExerciseType<PairedScaleRules, PairedScalePhone, PairedScaleConsole, PairedScaleRoom, PairedScaleReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(PairedScaleText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new PairedScaleSample();
}
