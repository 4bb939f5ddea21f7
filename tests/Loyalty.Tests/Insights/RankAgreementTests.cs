using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class RankAgreementTests
{
    [Fact]
    public void W_of_three_raters_and_four_items_is_as_computed_by_hand()
    {
        // Rank sums 4, 5, 9, 12 about their mean 7.5: S = 12.25 + 6.25 + 2.25 + 20.25 = 41; W = 12 × 41 / (9 × 60).
        var w = RankAgreement.KendallsW([[1, 2, 3, 4], [1, 2, 3, 4], [2, 1, 3, 4]]);

        Assert.Equal(492.0 / 540, w!.Value, 12);
    }

    [Fact]
    public void W_with_ties_is_corrected_as_computed_by_hand()
    {
        // Rank sums 2.5, 3.5, 6 about 4: S = 6.5; one group of two ties: T = 6; W = 12 × 6.5 / (4 × 24 − 2 × 6).
        var w = RankAgreement.KendallsW([[1, 2, 3], [1.5, 1.5, 3]]);

        Assert.Equal(78.0 / 84, w!.Value, 12);
    }

    [Fact]
    public void W_of_two_opposite_orders_is_nought() =>
        Assert.Equal(0, RankAgreement.KendallsW([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]]));

    [Fact]
    public void W_of_fewer_than_two_raters_is_unknown()
    {
        Assert.Null(RankAgreement.KendallsW([]));
        Assert.Null(RankAgreement.KendallsW([[1, 2, 3]]));
    }

    [Fact]
    public void W_where_everybody_ties_everything_is_unknown() =>
        Assert.Null(RankAgreement.KendallsW([[2, 2, 2], [2, 2, 2]]));

    [Fact]
    public void W_of_one_item_is_unknown() =>
        Assert.Null(RankAgreement.KendallsW([[1], [1]]));

    [Fact]
    public void W_of_lists_that_are_no_rankings_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => RankAgreement.KendallsW([[1, 2, 3], [1, 1, 3]]));
        var error = Assert.Throws<ArgumentException>(() => RankAgreement.KendallsW([[1, 2, 3], [1, 2]]));

        Assert.Contains("rank the same items", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void W_bears_with_ranks_that_rounding_left_a_hair_beside_their_sum()
    {
        // A billionth for each of the items, and for each unit of the sum of all.
        Assert.Equal(1, RankAgreement.KendallsW([[1, 2, 3, 4 + 2e-9], [1, 2, 3, 4]])!.Value, 6);
        Assert.Throws<ArgumentException>(() => RankAgreement.KendallsW([[1, 2, 3, 4 + 1e-8], [1, 2, 3, 4]]));
        Assert.Equal(1, RankAgreement.KendallsW([2, 4, 6, 8 + 1e-8], 2)!.Value, 6);
        Assert.Throws<ArgumentException>(() => RankAgreement.KendallsW([2, 4, 6, 8 + 1e-7], 2));
    }

    [Fact]
    public void W_lies_between_nought_and_one_whatever_the_orders() =>
        Prop.ForAll(Rankings, r => RankAgreement.KendallsW(r) is >= 0 and <= 1).QuickCheckThrowOnFailure();

    [Fact]
    public void W_of_the_same_order_from_everybody_is_one() =>
        Prop.ForAll(Rankings, r => Math.Abs(RankAgreement.KendallsW([.. r.Select(_ => r[0])])!.Value - 1) < 1e-12).QuickCheckThrowOnFailure();

    [Fact]
    public void W_does_not_depend_on_the_order_of_raters_or_of_items() =>
        Prop.ForAll(Rankings, r =>
        {
            double[][] turned = [.. r.Reverse().Select(x => x.Reverse().ToArray())];
            return Math.Abs(RankAgreement.KendallsW(r)!.Value - RankAgreement.KendallsW(turned)!.Value) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void W_from_rank_sums_is_W_from_the_rankings() =>
        Prop.ForAll(Rankings, r =>
        {
            double[] sums = [.. Enumerable.Range(0, r[0].Length).Select(i => r.Sum(x => x[i]))];
            return Math.Abs(RankAgreement.KendallsW(sums, r.Length)!.Value - RankAgreement.KendallsW(r)!.Value) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void W_from_rank_sums_needs_two_raters_and_sums_that_add_up()
    {
        Assert.Null(RankAgreement.KendallsW([1, 2, 3], 1));
        Assert.Contains("must add up", Assert.Throws<ArgumentException>(() => RankAgreement.KendallsW([2, 4, 5], 2)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.10, 10, AgreementStrength.None)]
    [InlineData(0.30, 10, AgreementStrength.Weak)]
    [InlineData(0.30, 3, AgreementStrength.None)] // chance alone gives a third
    [InlineData(0.25, 4, AgreementStrength.None)] // exactly what chance gives
    [InlineData(0.50, 10, AgreementStrength.Moderate)]
    [InlineData(0.70, 10, AgreementStrength.Strong)]
    [InlineData(0.90, 10, AgreementStrength.VeryStrong)]
    [InlineData(1.00, 2, AgreementStrength.VeryStrong)]
    public void Strength_follows_the_steps_but_never_praises_chance(double w, int raters, AgreementStrength expected) =>
        Assert.Equal(expected, RankAgreement.Strength(w, raters));

    [Theory]
    [InlineData(0.2, AgreementStrength.Weak)]
    [InlineData(0.4, AgreementStrength.Moderate)]
    [InlineData(0.6, AgreementStrength.Strong)]
    [InlineData(0.8, AgreementStrength.VeryStrong)]
    public void Boundary_belongs_to_the_stronger_step(double w, AgreementStrength expected)
    {
        Assert.Equal(expected, RankAgreement.Strength(w, 100));
        Assert.Equal(expected - 1, RankAgreement.Strength(w - 1e-6, 100));
    }

    private static Arbitrary<double[][]> Rankings =>
        (from n in Gen.Choose(2, 7)
         from m in Gen.Choose(2, 12)
         from rankings in Gen.Shuffle(Enumerable.Range(1, n).Select(i => (double)i)).ArrayOf(m)
         select rankings).ToArbitrary();
}
