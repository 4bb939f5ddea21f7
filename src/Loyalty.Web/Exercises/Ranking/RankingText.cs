namespace Loyalty.Web.Exercises.Ranking;

/// <summary>Texts of the ranking.</summary>
public sealed class RankingText;
