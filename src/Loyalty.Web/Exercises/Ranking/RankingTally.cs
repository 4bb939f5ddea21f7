using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.Ranking;

/// <summary>The room's ladders.</summary>
/// <param name="Widest">Where the shown perspectives differ most, several if level; empty if there are fewer than two, or no difference.</param>
public sealed record RankingTally(int Respondents, ImmutableArray<PerspectiveLadder> Ladders, ImmutableArray<PerspectiveDifference> Widest)
{
    /// <summary>Whether there are two ladders to compare.</summary>
    public bool IsComparable => Ladders.Count(l => l.IsShown) > 1;

    /// <param name="smallest">The fewest rankings of a perspective that may be shown.</param>
    public static RankingTally Of(RankingSettings settings, ImmutableArray<RankingAnswer> answers, int smallest)
    {
        // Rank sums are all that means and agreement need; they are whole numbers, so the order of the answers makes no difference.
        var positions = settings.Items.Select((item, index) => (item.Id, index)).ToDictionary(p => p.Id, p => p.index, StringComparer.Ordinal);
        var sums = settings.Perspectives.ToDictionary(p => p.Id, _ => new RankSums(new double[settings.Items.Length]), StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            foreach (var ranking in answer.Rankings)
                sums[ranking.Perspective].Add(ranking.Order, positions);
        }

        var ladders = settings.Perspectives.Select(p => PerspectiveLadder.Of(settings, p, sums[p.Id], smallest)).ToImmutableArray();
        return new RankingTally(answers.Length, ladders, Differences(settings, ladders));
    }

    private static ImmutableArray<PerspectiveDifference> Differences(RankingSettings settings, ImmutableArray<PerspectiveLadder> ladders)
    {
        var differences = new List<PerspectiveDifference>();
        foreach (var item in settings.Items)
        {
            var places = ladders.Where(l => l.IsShown).Select(l => (l.Perspective, l.Rungs.First(r => r.Item == item).Rank.Mean)).ToList();
            if (places.Count < 2)
                continue;
            var (higher, best) = places.MinBy(p => p.Mean);
            var (lower, worst) = places.MaxBy(p => p.Mean);
            differences.Add(new PerspectiveDifference(item, higher, best, lower, worst));
        }

        var widest = differences.Count == 0 ? 0 : differences.Max(d => d.Distance);
        return widest <= Places.Tolerance ? [] : [.. differences.Where(d => widest - d.Distance <= Places.Tolerance)];
    }
}

/// <summary>The room's order from one perspective.</summary>
/// <param name="Count">How many have ranked it, n.</param>
/// <param name="IsShown">Whether it may be shown: not while it is empty or too small. If not, it holds no numbers but n.</param>
/// <param name="Rungs">By mean rank, the most important first.</param>
/// <param name="Agreement">Kendall's W; null if it cannot be known.</param>
public sealed record PerspectiveLadder(Item Perspective, int Count, bool IsShown, ImmutableArray<LadderRung> Rungs, double? Agreement)
{
    public AgreementStrength? Strength => Agreement is { } w ? RankAgreement.Strength(w, Count) : null;

    internal static PerspectiveLadder Of(RankingSettings settings, Item perspective, RankSums ranks, int smallest)
    {
        if (ranks.Count == 0 || ranks.Count < smallest)
            return new PerspectiveLadder(perspective, ranks.Count, false, [], null);

        var items = settings.Items.ToDictionary(i => i.Id, StringComparer.Ordinal);
        var order = MeanRank.Order(settings.Items.Select((item, index) => (item.Id, ranks.Sums[index], ranks.Count)));
        return new PerspectiveLadder(
            perspective, ranks.Count, true,
            [.. order.Select(r => new LadderRung(items[r.Item], r))],
            RankAgreement.KendallsW(ranks.Sums, ranks.Count));
    }
}

/// <summary>The ranks of one perspective, added up while the tally is made.</summary>
internal sealed class RankSums(double[] sums)
{
    public IReadOnlyList<double> Sums => sums;

    public int Count { get; private set; }

    public void Add(ImmutableArray<string> order, Dictionary<string, int> positions)
    {
        Count++;
        for (var place = 0; place < order.Length; place++)
            sums[positions[order[place]]] += place + 1;
    }
}

/// <summary>An item on its ladder.</summary>
public sealed record LadderRung(Item Item, MeanRank Rank);

/// <summary>How far two perspectives are apart on one item.</summary>
/// <param name="Higher">The perspective that puts it highest, and its mean rank there.</param>
/// <param name="Lower">The perspective that puts it lowest.</param>
public sealed record PerspectiveDifference(Item Item, Item Higher, double Best, Item Lower, double Worst)
{
    /// <summary>In places, unrounded.</summary>
    public double Distance => Worst - Best;
}
