namespace Loyalty.Engine.Insights;

/// <summary>What an agreement amounts to, in five steps.</summary>
public enum AgreementStrength
{
    /// <summary>No more than rankings made by throwing dice would show.</summary>
    None,
    Weak,
    Moderate,
    Strong,
    VeryStrong,
}

/// <summary>How far several people agree in the order that they gave to the same items.</summary>
public static class RankAgreement
{
    /// <summary>
    /// Kendall's coefficient of concordance W, from 0 (no agreement) to 1 (everybody gave the same order), corrected for ties.
    /// M. G. Kendall and B. Babington Smith, "The Problem of m Rankings", Annals of Mathematical Statistics 10 (1939) 275-287:
    /// with m raters, n items, rank sums R_i and their squared deviations S,
    /// W = 12 S / (m² (n³ − n) − m Σ T), where T is Σ (t³ − t) over a rater's groups of t tied items.
    /// </summary>
    /// <param name="rankings">Per rater the rank of each item, in one order of items; tied items have the mean of the ranks they share.</param>
    /// <returns>Null with fewer than two raters or two items, or if every rater tied everything: then there is no order to agree on.</returns>
    /// <exception cref="ArgumentException">The lists differ in length, or one is not a ranking (its ranks do not add up to n (n + 1) / 2).</exception>
    public static double? KendallsW(IReadOnlyCollection<IReadOnlyList<double>> rankings)
    {
        var m = rankings.Count;
        if (m < 2)
            return null;

        var n = rankings.First().Count;
        var sums = new double[n];
        var ties = 0.0;
        foreach (var ranks in rankings)
        {
            if (ranks.Count != n || Math.Abs(ranks.Sum() - n * (n + 1) / 2.0) > Places.Tolerance * n)
                throw new ArgumentException("Every rater must rank the same items, with ranks that add up to n (n + 1) / 2.", nameof(rankings));
            for (var i = 0; i < n; i++)
                sums[i] += ranks[i];
            ties += TieCorrection(ranks);
        }

        double raters = m, items = n;
        var greatest = raters * raters * (items * items * items - items) - raters * ties;
        if (n < 2 || greatest <= 0)
            return null;

        var mean = raters * (items + 1) / 2;
        var deviations = sums.Sum(r => (r - mean) * (r - mean));
        // Rounding may carry perfect agreement a hair beyond 1.
        return Math.Clamp(12 * deviations / greatest, 0, 1);
    }

    /// <summary>
    /// W of rankings without ties, for which the sums are enough: W = 12 S / (m² (n³ − n)).
    /// </summary>
    /// <param name="rankSums">Per item the sum of the ranks that the raters gave it.</param>
    /// <param name="raters">How many raters there are, m.</param>
    /// <returns>Null with fewer than two raters or two items.</returns>
    /// <exception cref="ArgumentException">The sums do not add up to m n (n + 1) / 2, as they do if everybody ranked everything.</exception>
    public static double? KendallsW(IReadOnlyList<double> rankSums, int raters)
    {
        double m = raters, n = rankSums.Count;
        var all = m * n * (n + 1) / 2;
        if (Math.Abs(rankSums.Sum() - all) > Places.Tolerance * (1 + all))
            throw new ArgumentException("The rank sums must add up to m n (n + 1) / 2.", nameof(rankSums));
        if (raters < 2 || rankSums.Count < 2)
            return null;

        var mean = m * (n + 1) / 2;
        return Math.Clamp(12 * rankSums.Sum(r => (r - mean) * (r - mean)) / (m * m * (n * n * n - n)), 0, 1);
    }

    /// <summary>
    /// Puts W into words. The steps are those of R. C. Schmidt, "Managing Delphi Surveys Using Nonparametric Statistical Techniques",
    /// Decision Sciences 28 (1997) 763-774: 0.3 weak, 0.5 moderate, 0.7 strong, 0.9 unusually strong; the boundaries lie half-way.
    /// Independent random rankings without ties have a mean W of 1/m, which is a lot in a small room, so no more than that is called none.
    /// </summary>
    public static AgreementStrength Strength(double w, int raters) => w switch
    {
        _ when w <= 1.0 / raters + Places.Tolerance => AgreementStrength.None,
        < 0.2 => AgreementStrength.None,
        < 0.4 => AgreementStrength.Weak,
        < 0.6 => AgreementStrength.Moderate,
        < 0.8 => AgreementStrength.Strong,
        _ => AgreementStrength.VeryStrong,
    };

    private static double TieCorrection(IReadOnlyList<double> ranks)
    {
        var correction = 0.0;
        for (var i = 0; i < ranks.Count; i++)
        {
            // Each member of a group of t adds t² − 1, which makes t³ − t for the group.
            var tied = ranks.Count(r => Math.Abs(r - ranks[i]) <= Places.Tolerance);
            correction += (double)tied * tied - 1;
        }

        return correction;
    }
}
