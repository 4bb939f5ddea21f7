using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Break;

/// <summary>A pause with a countdown that the whole room can read.</summary>
public sealed class BreakType : ExerciseType<BreakRules, BreakPhone, BreakConsole, BreakRoom, BreakReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(BreakText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new BreakSample();
}
