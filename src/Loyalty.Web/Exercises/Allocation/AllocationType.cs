using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Allocation;

/// <summary>A fixed number of units, such as ten customers, shared out over parts.</summary>
public sealed class AllocationType : ExerciseType<AllocationRules, AllocationPhone, AllocationConsole, AllocationRoom, AllocationReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(AllocationText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new AllocationSample();
}
