using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class MeanRankTests
{
    [Fact]
    public void Order_puts_the_lowest_mean_first()
    {
        var order = MeanRank.Order(["a", "b", "c"], [("a", 3), ("b", 1), ("c", 2), ("a", 3), ("b", 2), ("c", 1)]);

        Assert.Equal([new MeanRank("b", 1.5, 2, 1, true), new MeanRank("c", 1.5, 2, 1, true), new MeanRank("a", 3, 2, 3, false)], order);
    }

    [Fact]
    public void Order_leaves_out_what_nobody_ranked_and_what_is_no_item() =>
        Assert.Equal(["a"], MeanRank.Order(["a", "b"], [("a", 1), ("x", 2)]).Select(r => r.Item));

    [Fact]
    public void Order_of_nothing_is_empty() => Assert.Empty(MeanRank.Order(["a", "b"], []));

    [Fact]
    public void Places_are_shared_by_equal_values_and_leave_a_gap_after_them() =>
        Assert.Equal([1, 2, 2, 4], Places.Of([1, 2, 2, 3]));

    [Fact]
    public void Places_take_values_as_equal_that_differ_by_rounding_only() =>
        Assert.Equal([1, 1, 3], Places.Of([0.1 + 0.2, 0.3, 0.4]));
}
