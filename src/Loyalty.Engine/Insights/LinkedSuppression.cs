using System.Collections.Immutable;

namespace Loyalty.Engine.Insights;

/// <summary>The respondents to one question in one workshop, of whom some can be recognised in others.</summary>
/// <param name="Sizes">How many respondents each class has; a class is a group that is shown apart, or all the others together.</param>
/// <param name="Linked">Those who chose to be recognised, by the key that they have in every workshop, with their class.</param>
public sealed record LinkedGroup(ImmutableDictionary<string, int> Sizes, ImmutableDictionary<Guid, string> Linked);

/// <summary>Decides between which workshops the same people may be compared, so that nobody can be picked out by it.</summary>
public static class LinkedSuppression
{
    /// <summary>
    /// The people whom two workshops share are one more group of which a result is shown, across all the others: with five of a
    /// department, and six who came back, the sixth could be worked out. So every class of a workshop is split by each group that is
    /// shown, and one more is shown only if all parts that it makes are empty or at least as many as the threshold. Whatever is added
    /// up or subtracted, each part stays whole.
    /// </summary>
    /// <param name="groups">In the order of time: what an earlier comparison has shown is not taken back for a later one.</param>
    /// <param name="threshold">The smallest group that is shown; at least 1.</param>
    /// <returns>The places of the earlier and the later workshop in <paramref name="groups"/>.</returns>
    public static ImmutableArray<(int Before, int After)> Of(IReadOnlyList<LinkedGroup> groups, int threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        var parts = groups.ToArray();
        var shown = ImmutableArray.CreateBuilder<(int, int)>();
        for (var after = 1; after < parts.Length; after++)
        {
            // The nearest first: that is the comparison which people came for.
            for (var before = after - 1; before >= 0; before--)
            {
                var same = parts[before].Linked.Keys.Where(parts[after].Linked.ContainsKey).ToHashSet();
                if (same.Count < threshold)
                    continue;
                var (first, second) = (Split(parts[before], same), Split(parts[after], same));
                if (!IsLargeEnough(first, threshold) || !IsLargeEnough(second, threshold))
                    continue;
                (parts[before], parts[after]) = (first, second);
                shown.Add((before, after));
            }
        }

        return shown.ToImmutable();
    }

    private static bool IsLargeEnough(LinkedGroup group, int threshold) => group.Sizes.Values.All(size => size == 0 || size >= threshold);

    /// <summary>Each class becomes two: those in <paramref name="same"/>, and the rest.</summary>
    private static LinkedGroup Split(LinkedGroup group, HashSet<Guid> same)
    {
        var linked = group.Linked.ToImmutableDictionary(p => p.Key, p => p.Value + (same.Contains(p.Key) ? '+' : '-'));
        var inside = group.Linked.Where(p => same.Contains(p.Key)).CountBy(p => p.Value, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return new LinkedGroup(
            group.Sizes.SelectMany(c => new[]
            {
                KeyValuePair.Create(c.Key + '+', inside.GetValueOrDefault(c.Key)),
                KeyValuePair.Create(c.Key + '-', c.Value - inside.GetValueOrDefault(c.Key)),
            }).ToImmutableDictionary(StringComparer.Ordinal),
            linked);
    }
}
