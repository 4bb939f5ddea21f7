using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Tally;

/// <summary>Counts of affirming and corrective messages, and what they come to against a target.</summary>
public sealed class TallyType : ExerciseType<TallyRules, TallyPhone, TallyConsole, TallyRoom, TallyReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(TallyText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new TallySample();
}
