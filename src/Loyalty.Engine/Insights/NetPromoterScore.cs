namespace Loyalty.Engine.Insights;

/// <summary>Which of the three groups a score falls into.</summary>
public enum PromoterGroup
{
    /// <summary>0 to 6.</summary>
    Detractor,

    /// <summary>7 or 8.</summary>
    Passive,

    /// <summary>9 or 10.</summary>
    Promoter,
}

/// <summary>
/// The Net Promoter Score of answers from 0 to 10: the share of promoters minus the share of detractors.
/// Source: Fred Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
/// </summary>
/// <remarks>Counts are kept and nothing is rounded: whoever shows a number rounds it once, at the very end.</remarks>
public sealed record NetPromoterScore(int Promoters, int Passives, int Detractors)
{
    /// <summary>The lowest score that can be given. It is an answer like any other.</summary>
    public const int Lowest = 0;

    /// <summary>The highest score that can be given.</summary>
    public const int Highest = 10;

    /// <summary>Passives give this or one more.</summary>
    public const int PassivesFrom = 7;

    /// <summary>Promoters give this or one more.</summary>
    public const int PromotersFrom = 9;

    /// <summary>How many scores were given.</summary>
    public int Count => Promoters + Passives + Detractors;

    /// <summary>From −100 (all are detractors) to +100 (all are promoters), unrounded; null without answers.</summary>
    public double? Value => Count == 0 ? null : 100.0 * (Promoters - Detractors) / Count;

    /// <summary>The share of one group, 0 to 1, unrounded; null without answers.</summary>
    public double? ShareOf(PromoterGroup group) => Count == 0 ? null : (double)CountOf(group) / Count;

    public int CountOf(PromoterGroup group) => group switch
    {
        PromoterGroup.Detractor => Detractors,
        PromoterGroup.Passive => Passives,
        PromoterGroup.Promoter => Promoters,
    };

    /// <summary>The scores that belong to a group, both ends included.</summary>
    public static (int From, int To) RangeOf(PromoterGroup group) => group switch
    {
        PromoterGroup.Detractor => (Lowest, PassivesFrom - 1),
        PromoterGroup.Passive => (PassivesFrom, PromotersFrom - 1),
        PromoterGroup.Promoter => (PromotersFrom, Highest),
    };

    /// <summary>Counts scores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A score is below 0 or above 10.</exception>
    public static NetPromoterScore Of(IEnumerable<int> scores)
    {
        var (promoters, passives, detractors) = (0, 0, 0);
        foreach (var score in scores)
        {
            switch (GroupOf(score))
            {
                case PromoterGroup.Promoter:
                    promoters++;
                    break;
                case PromoterGroup.Passive:
                    passives++;
                    break;
                case PromoterGroup.Detractor:
                    detractors++;
                    break;
            }
        }

        return new NetPromoterScore(promoters, passives, detractors);
    }

    /// <summary>The group that a score falls into.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is below 0 or above 10.</exception>
    public static PromoterGroup GroupOf(int score)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(score, Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(score, Highest);
        return score switch
        {
            >= PromotersFrom => PromoterGroup.Promoter,
            >= PassivesFrom => PromoterGroup.Passive,
            _ => PromoterGroup.Detractor,
        };
    }
}
