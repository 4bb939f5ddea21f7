using System.Collections.Immutable;

namespace Loyalty.Engine.Insights;

/// <summary>Which groups may be shown, so that nobody can be picked out.</summary>
/// <param name="Shown">Segments whose results may be shown.</param>
/// <param name="Hidden">Segments with respondents whose results may not, for saying how many.</param>
/// <param name="TotalShown">Whether the result of all together may be shown.</param>
public sealed record Disclosure(ImmutableHashSet<string> Shown, ImmutableArray<string> Hidden, bool TotalShown);

/// <summary>
/// Withholds groups that are too small, and as many others as it takes that the small ones cannot be worked out by subtracting
/// what is shown from the total (complementary suppression).
/// </summary>
public static class Suppression
{
    /// <summary>
    /// A segment below the threshold is hidden. While the respondents that are hidden together are fewer than the threshold, the
    /// smallest segment still shown is hidden as well; so a small segment is never the only one missing. Afterwards the hidden
    /// respondents are none, or at least as many as the threshold; or everything is hidden and too small even together, and then
    /// the total is not shown either.
    /// </summary>
    /// <param name="segments">Segments with how many respondents each has.</param>
    /// <param name="unassigned">Respondents without a segment. They are in the total and never shown apart, so they hide like a segment.</param>
    /// <param name="threshold">The smallest group that is shown; at least 1.</param>
    public static Disclosure Of(IEnumerable<KeyValuePair<string, int>> segments, int unassigned, int threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(unassigned);

        // A segment without respondents has nothing to hide and nothing to show. The order decides between equals, so that
        // every screen hides the same one.
        var all = segments.Where(s => s.Value > 0).OrderBy(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).ToList();
        var hidden = all.TakeWhile(s => s.Value < threshold).Count();
        while (hidden < all.Count && Withheld() > 0 && Withheld() < threshold)
            hidden++;

        return new Disclosure(
            [.. all.Skip(hidden).Select(s => s.Key)],
            [.. all.Take(hidden).Select(s => s.Key).Order(StringComparer.Ordinal)],
            all.Sum(s => s.Value) + unassigned >= threshold);

        int Withheld() => all.Take(hidden).Sum(s => s.Value) + unassigned;
    }
}
