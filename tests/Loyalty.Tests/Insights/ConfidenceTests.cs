using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class ConfidenceTests
{
    [Fact]
    public void Interval_of_a_mean_is_as_computed_by_hand()
    {
        // Mean 3, deviation √2.5 and t = 2.776 with 4 degrees of freedom: 3 ± 2.776 × √(2.5 / 5).
        var interval = Confidence.OfMean(Descriptives.Of([1, 2, 3, 4, 5]))!.Value;

        Assert.Equal(3 - 1.963, interval.From, 0.001);
        Assert.Equal(3 + 1.963, interval.To, 0.001);
    }

    [Fact]
    public void Fewer_than_five_have_no_interval() => Assert.Null(Confidence.OfMean(Descriptives.Of([1, 2, 3, 4])));

    [Fact]
    public void Score_of_a_room_of_one_mind_has_no_interval()
    {
        Assert.Null(Confidence.OfScore(new NetPromoterScore(12, 0, 0)));
        Assert.Null(Confidence.OfScore(new NetPromoterScore(2, 1, 1)));
    }

    [Fact]
    public void Interval_of_a_score_is_that_of_the_mean_of_its_groups()
    {
        var expected = Confidence.OfMean(Descriptives.Of([.. Enumerable.Repeat(100.0, 12), .. Enumerable.Repeat(0.0, 9), .. Enumerable.Repeat(-100.0, 4)]));

        Assert.Equal(expected, Confidence.OfScore(new NetPromoterScore(12, 9, 4)));
    }

    [Fact]
    public void Interval_of_a_score_stays_on_the_scale()
    {
        Assert.Equal(100, Confidence.OfScore(new NetPromoterScore(5, 0, 1))!.Value.To);
        Assert.Equal(-100, Confidence.OfScore(new NetPromoterScore(1, 0, 5))!.Value.From);
    }

    [Theory] // Exact values from the tables of Student's distribution; the more degrees of freedom, the closer the expansion is.
    [InlineData(4, 2.776445105, 1e-3)]
    [InlineData(10, 2.228138852, 1e-5)]
    [InlineData(30, 2.042272456, 1e-7)]
    [InlineData(100, 1.983971519, 1e-8)]
    public void Quantile_of_Students_t_is_that_of_the_tables(int degrees, double exact, double tolerance) => Assert.Equal(exact, Confidence.T(degrees), tolerance);

    [Theory] // An expansion that ends at the fourth power of the degrees leaves an error of the fifth; a wrong number in any term leaves a larger one.
    [InlineData(4, 2.7764451051978)]
    [InlineData(10, 2.2281388519649)]
    [InlineData(30, 2.0422724563012)]
    [InlineData(100, 1.9839715185236)]
    public void Quantile_of_Students_t_errs_by_the_fifth_power_of_the_degrees_only(int degrees, double exact) =>
        Assert.InRange((Confidence.T(degrees) - exact) * Math.Pow(degrees, 5), -0.9, -0.7);
}
