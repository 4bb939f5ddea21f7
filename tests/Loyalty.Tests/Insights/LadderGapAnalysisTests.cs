using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class LadderGapAnalysisTests
{
    [Fact]
    public void Gap_is_priority_minus_standing_as_computed_by_hand()
    {
        var analysis = LadderGapAnalysis.Of([("low", 3, 4.3), ("middle", 2, 2.15), ("top", 1, 0)]);

        Assert.Equal(
            [new RungGap("top", 1, 0, 1, 0, 1), new RungGap("middle", 2, 2.15, 0.5, 0.5, 2), new RungGap("low", 3, 4.3, 0, 1, 3)],
            analysis.ByGap);
        Assert.Equal([1.0, 0.0, -1.0], analysis.ByGap.Select(g => g.Gap));
        Assert.Equal(["top"], analysis.FirstToRepair);
    }

    [Fact]
    public void First_to_repair_names_every_rung_that_is_level()
    {
        var analysis = LadderGapAnalysis.Of([("a", 1.5, 2.0), ("b", 1.5, 2.0), ("c", 3, 2.0)]);

        Assert.Equal(["a", "b"], analysis.FirstToRepair);
        Assert.Equal([1, 1, 3], analysis.ByGap.Select(g => g.Place));
    }

    [Fact]
    public void First_to_repair_is_nobody_where_no_grade_lags_behind() =>
        Assert.Empty(LadderGapAnalysis.Of([("a", 1, 4.3), ("b", 2, 4.3)]).FirstToRepair);

    [Fact]
    public void Rung_without_rank_or_grade_has_no_gap()
    {
        var analysis = LadderGapAnalysis.Of([("a", 1, 2), ("b", 2, null), ("c", null, 3)]);

        Assert.Equal(["a"], analysis.ByGap.Select(g => g.Item));
    }

    [Fact]
    public void Priority_counts_ranked_rungs_even_if_they_have_no_grade() =>
        Assert.Equal(0.5, LadderGapAnalysis.Of([("a", 2, 2), ("b", 1, null), ("c", 3, null)]).ByGap.Single().Priority);

    [Fact]
    public void Only_rung_that_was_ranked_has_the_highest_priority()
    {
        var only = LadderGapAnalysis.Of([("a", 1, 2.15), ("b", null, 3)]).ByGap.Single();

        Assert.Equal((1.0, 0.5, 0.5, 1), (only.Priority, only.Standing, only.Gap, only.Place));
    }

    [Fact]
    public void Grade_that_rounding_carried_beyond_the_scale_counts_as_its_end() =>
        Assert.Equal(1, LadderGapAnalysis.Of([("a", 1, GradeScale.MaxPoints * (1 + 1e-12))]).ByGap.Single().Standing);

    [Fact]
    public void Rank_or_grade_outside_its_scale_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LadderGapAnalysis.Of([("a", 3, 2), ("b", 1, 2)]));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => LadderGapAnalysis.Of([("a", 1, 4.4), ("b", 2, 2)]));

        Assert.Contains("outside its scale", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_come_widest_first_within_minus_one_and_one() =>
        Prop.ForAll(Ladders, rungs =>
        {
            var gaps = LadderGapAnalysis.Of(rungs).ByGap.Select(g => g.Gap).ToList();
            return gaps.Count == rungs.Length && gaps.All(g => g is >= -1 and <= 1) && gaps.SequenceEqual(gaps.OrderDescending());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Raising_the_grade_of_the_first_to_repair_never_widens_its_gap() =>
        Prop.ForAll(Ladders, rungs =>
        {
            var before = LadderGapAnalysis.Of(rungs).ByGap[0];
            (string Item, double? MeanRank, double? GradePoints)[] raised = [.. rungs.Select(r => r.Item == before.Item ? (r.Item, r.MeanRank, GradeScale.MaxPoints) : r)];
            return LadderGapAnalysis.Of(raised).ByGap.Single(g => g.Item == before.Item).Gap <= before.Gap;
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<(string Item, double? MeanRank, double? GradePoints)[]> Ladders =>
        (from n in Gen.Choose(2, 7)
         from ranks in Gen.Shuffle(Enumerable.Range(1, n))
         from grades in Gen.Choose(0, 43).ArrayOf(n)
         select ranks.Zip(grades, (r, g) => ($"rung-{r}", (double?)r, (double?)(g / 10.0))).ToArray()).ToArbitrary();
}
