using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Teach;

/// <summary>A screen that the facilitator talks to, point by point.</summary>
public sealed class TeachType : ExerciseType<TeachRules, TeachPhone, TeachConsole, TeachRoom, TeachReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(TeachText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new TeachSample();
}
