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
        var ladders = settings.Perspectives.Select(p => PerspectiveLadder.Of(settings, p, answers, smallest)).ToImmutableArray();
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

    internal static PerspectiveLadder Of(RankingSettings settings, Item perspective, ImmutableArray<RankingAnswer> answers, int smallest)
    {
        var orders = answers.SelectMany(a => a.Rankings).Where(r => r.Perspective == perspective.Id).Select(r => r.Order).ToList();
        if (orders.Count == 0 || orders.Count < smallest)
            return new PerspectiveLadder(perspective, orders.Count, false, [], null);

        var items = settings.Items.ToDictionary(i => i.Id, StringComparer.Ordinal);
        var ranks = MeanRank.Order([.. items.Keys], orders.SelectMany(o => o.Select((item, index) => (item, index + 1.0))));
        var agreement = RankAgreement.KendallsW([.. orders.Select(o => settings.Items.Select(i => o.IndexOf(i.Id) + 1.0).ToArray())]);
        return new PerspectiveLadder(perspective, orders.Count, true, [.. ranks.Select(r => new LadderRung(items[r.Item], r))], agreement);
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
