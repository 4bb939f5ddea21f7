using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Sort;

/// <summary>Items put into buckets, each by everybody.</summary>
public sealed class SortType : ExerciseType<SortRules, SortPhone, SortConsole, SortRoom, SortReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(SortText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new SortSample();
}
