using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class LargestRemainderTests
{
    [Theory]
    [InlineData(new[] { 3.4, 4.5, 2.1 }, new[] { 3, 5, 2 })]
    [InlineData(new[] { 5.3, 1.4, 3.3 }, new[] { 5, 2, 3 })] // the largest remainder, not the largest weight
    [InlineData(new[] { 10.0, 0.0, 0.0 }, new[] { 10, 0, 0 })]
    [InlineData(new[] { 3.9, 3.9, 2.2 }, new[] { 4, 4, 2 })]
    public void Units_come_as_close_as_whole_ones_can(double[] weights, int[] expected) =>
        Assert.Equal(expected, LargestRemainder.Share(10, [.. weights]));

    [Fact]
    public void Tie_goes_to_the_earlier_weight() => Assert.Equal([4, 3, 3], LargestRemainder.Share(10, [1, 1, 1]));

    [Fact]
    public void Tie_is_a_tie_in_spite_of_the_last_digit() => Assert.Equal([1, 0], LargestRemainder.Share(1, [0.1 + 0.2, 0.6 - 0.3]));

    [Fact]
    public void Nothing_to_go_by_shares_out_nothing() => Assert.Equal([0, 0], LargestRemainder.Share(10, [0, 0]));

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weight_that_is_no_share_is_an_error(double weight) =>
        Assert.Contains("finite number and not negative", Assert.Throws<ArgumentOutOfRangeException>(() => LargestRemainder.Share(10, [1, weight])).Message, StringComparison.Ordinal);

    [Fact]
    public void Total_below_nought_is_an_error() => Assert.Throws<ArgumentOutOfRangeException>(() => LargestRemainder.Share(-1, [1]));

    [Fact]
    public void Units_always_add_up_to_the_total()
    {
        var random = new Random(7);
        for (var i = 0; i < 1_000; i++)
        {
            var weights = Enumerable.Range(0, random.Next(1, 7)).Select(_ => 0.001 + random.NextDouble()).ToArray();
            var units = LargestRemainder.Share(10, [.. weights]);

            Assert.Equal(10, units.Sum());
            Assert.All(units.Zip(weights), pair => Assert.True(Math.Abs(pair.First - 10 * pair.Second / weights.Sum()) < 1));
        }
    }
}
