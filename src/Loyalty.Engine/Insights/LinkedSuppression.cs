using System.Collections.Immutable;

namespace Loyalty.Engine.Insights;

/// <summary>The respondents to one question in one workshop, of whom some can be recognised in others.</summary>
/// <param name="Sizes">How many respondents each class has; a class is a group that is shown apart, or all the others together.</param>
/// <param name="Linked">Those who chose to be recognised, by the key that they have in every workshop, with their class.</param>
/// <param name="Threshold">The smallest group of the workshop that is shown; at least 1.</param>
public sealed record LinkedGroup(ImmutableDictionary<string, int> Sizes, ImmutableDictionary<Guid, string> Linked, int Threshold);

/// <summary>Decides between which workshops the same people may be compared, so that nobody can be picked out by it.</summary>
/// <remarks>
/// Shown are the sum of each class, and for each comparison the sum of the changes of those who are in both. What could be worked out is
/// any combination of these sums. It must never come down to fewer people than the threshold, be it their values or their changes.
/// </remarks>
public static class LinkedSuppression
{
    /// <param name="groups">In the order of time: a comparison that was shown stays, whatever workshops come later, since it may have been seen.</param>
    /// <returns>The places of the earlier and the later workshop in <paramref name="groups"/>.</returns>
    public static ImmutableArray<(int Before, int After)> Of(IReadOnlyList<LinkedGroup> groups)
    {
        foreach (var group in groups)
            ArgumentOutOfRangeException.ThrowIfLessThan(group.Threshold, 1, nameof(groups));
        var parts = groups.ToArray();
        var chains = Enumerable.Range(0, parts.Length).ToArray();
        var shown = ImmutableArray.CreateBuilder<(int, int)>();
        for (var after = 1; after < parts.Length; after++)
        {
            // The nearest first: that is the comparison which people came for.
            for (var before = after - 1; before >= 0; before--)
            {
                var same = parts[before].Linked.Keys.Where(parts[after].Linked.ContainsKey).ToHashSet();
                int[] chain = [.. Enumerable.Range(0, parts.Length).Where(i => chains[i] == chains[before] || chains[i] == chains[after])];
                var threshold = chain.Max(i => parts[i].Threshold);
                if (same.Count < threshold)
                    continue;
                var split = parts.ToArray();
                (split[before], split[after]) = (Split(parts[before], same), Split(parts[after], same));
                if (chain.Length == 2 ? !HidesOthers(split[before], split[after], threshold) : !chain.All(i => IsLargeEnough(split[i], threshold)))
                    continue;
                parts = split;
                foreach (var i in chain)
                    chains[i] = before;
                shown.Add((before, after));
            }
        }

        return shown.ToImmutable();
    }

    /// <summary>
    /// The first comparison of two workshops. From the sum of changes, classes can be subtracted in either workshop. At best that leaves of
    /// each class the fewer of those who are in both and those who are not. It must leave enough in one of the workshops, whose values
    /// cannot be told from those of the other; or nothing at all in both, and then the sum was known before.
    /// </summary>
    private static bool HidesOthers(LinkedGroup before, LinkedGroup after, int threshold)
    {
        var (first, second) = (Left(before), Left(after));
        return Math.Max(first, second) >= threshold || (first == 0 && second == 0);

        static int Left(LinkedGroup split) => split.Sizes.GroupBy(c => c.Key[..^1], StringComparer.Ordinal).Sum(c => c.Min(part => part.Value));
    }

    /// <summary>
    /// Workshops that are compared in a chain: with two sums of changes that differ by one person, their difference would be that person's.
    /// There, all parts that the comparisons cut a class into are empty or large enough; whatever is combined, each part stays whole.
    /// </summary>
    private static bool IsLargeEnough(LinkedGroup group, int threshold) => group.Sizes.Values.All(size => size == 0 || size >= threshold);

    /// <summary>Each class becomes two: those in <paramref name="same"/>, and the rest.</summary>
    private static LinkedGroup Split(LinkedGroup group, HashSet<Guid> same)
    {
        var inside = group.Linked.Where(p => same.Contains(p.Key)).CountBy(p => p.Value, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return new LinkedGroup(
            group.Sizes.SelectMany(c => new[]
            {
                KeyValuePair.Create(c.Key + '+', inside.GetValueOrDefault(c.Key)),
                KeyValuePair.Create(c.Key + '-', c.Value - inside.GetValueOrDefault(c.Key)),
            }).ToImmutableDictionary(StringComparer.Ordinal),
            group.Linked.ToImmutableDictionary(p => p.Key, p => p.Value + (same.Contains(p.Key) ? '+' : '-')),
            group.Threshold);
    }
}
