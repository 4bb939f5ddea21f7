using System.Collections.Immutable;

namespace Loyalty.Engine.Insights;

/// <summary>Where an item stands when many people have ranked it.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Mean">The mean of its ranks, unrounded: 1 is the most important.</param>
/// <param name="Count">How many people ranked it.</param>
/// <param name="Place">Its place among the items by mean rank, from 1; equal means share it.</param>
/// <param name="IsShared">Whether another item has the same place.</param>
public sealed record MeanRank(string Item, double Mean, int Count, int Place, bool IsShared)
{
    /// <summary>
    /// The items by mean rank, best first; equal means in the order of <paramref name="items"/>. An item that nobody ranked is left out,
    /// and so is a rank for something that is not an item.
    /// </summary>
    public static ImmutableArray<MeanRank> Order(IReadOnlyList<string> items, IEnumerable<(string Item, double Rank)> ranks)
    {
        var sums = items.ToDictionary(i => i, _ => (Sum: 0.0, Count: 0), StringComparer.Ordinal);
        foreach (var (item, rank) in ranks)
        {
            if (sums.TryGetValue(item, out var sofar))
                sums[item] = (sofar.Sum + rank, sofar.Count + 1);
        }

        return Order(items.Select(i => (i, sums[i].Sum, sums[i].Count)));
    }

    /// <summary>The same from sums: per item the sum of its ranks and how many there are, in the order that decides between equal means.</summary>
    public static ImmutableArray<MeanRank> Order(IEnumerable<(string Item, double Sum, int Count)> sums)
    {
        // OrderBy is stable: ties keep the order of the items.
        var ordered = sums
            .Where(i => i.Count > 0)
            .Select(i => (i.Item, Mean: i.Sum / i.Count, i.Count))
            .OrderBy(i => i.Mean)
            .ToList();
        var places = Places.Of([.. ordered.Select(i => i.Mean)]);
        return [.. ordered.Select((i, n) => new MeanRank(i.Item, i.Mean, i.Count, places[n], places.Count(p => p == places[n]) > 1))];
    }
}
