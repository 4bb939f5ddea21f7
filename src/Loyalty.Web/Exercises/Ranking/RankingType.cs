using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Ranking;

/// <summary>Items put in order of importance, once per perspective; shown as ladders side by side.</summary>
public sealed class RankingType : ExerciseType<RankingRules, RankingPhone, RankingConsole, RankingRoom, RankingReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(RankingText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new RankingSample();
}
