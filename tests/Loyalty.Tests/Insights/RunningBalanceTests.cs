using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class RunningBalanceTests
{
    [Fact]
    public void Changes_are_added_up_from_the_opening_balance()
    {
        var steps = RunningBalance.Of(2, [1.5, -4, 0]);

        Assert.Equal([new(1.5, 2, 3.5), new(-4, 3.5, -0.5), new BalanceStep(0, -0.5, -0.5)], steps);
    }

    [Fact]
    public void Step_about_which_nothing_is_known_leaves_the_balance_as_it_was() =>
        Assert.Equal([new(1, 0, 1), new(null, 1, 1), new BalanceStep(2, 1, 3)], RunningBalance.Of(0, [1, null, 2]));

    [Fact]
    public void Without_steps_there_is_nothing() => Assert.Empty(RunningBalance.Of(5, []));

    [Fact]
    public void Number_that_is_not_finite_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RunningBalance.Of(double.NaN, []));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => RunningBalance.Of(0, [double.PositiveInfinity]));

        Assert.Contains("finite", error.Message, StringComparison.Ordinal);
    }
}
