using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Touchpoints;

/// <summary>Deposits and withdrawals along a customer's journey.</summary>
public sealed class TouchpointsType : ExerciseType<TouchpointsRules, TouchpointsPhone, TouchpointsConsole, TouchpointsRoom, TouchpointsReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(TouchpointsText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new TouchpointsSample();
}
