using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class DescriptivesTests
{
    [Fact]
    public void Descriptives_of_a_few_numbers_are_as_computed_by_hand()
    {
        // Mean 3; squared deviations 1 + 0 + 1 = 2 over n − 1 = 2.
        Assert.Equal(new Descriptives(3, 3, 1), Descriptives.Of([2, 3, 4]));
    }

    [Fact]
    public void Deviation_of_one_number_is_unknown() => Assert.Equal(new Descriptives(1, 4.3, null), Descriptives.Of([4.3]));

    [Fact]
    public void Descriptives_of_nothing_have_no_mean() => Assert.Equal(new Descriptives(0, null, null), Descriptives.Of([]));

    [Fact]
    public void Deviation_of_close_numbers_far_from_nought_does_not_cancel()
    {
        Assert.Equal(1, Descriptives.Of([1e9 - 1, 1e9, 1e9 + 1]).Deviation!.Value, 9);

        // A mean between two doubles: 31/48 is the variance of 0, 1/4 and 3/2.
        Assert.Equal(Math.Sqrt(31.0 / 48), Descriptives.Of([1e9, 1e9 + 0.25, 1e9 + 1.5]).Deviation!.Value, 9);
    }

    [Fact]
    public void Values_must_be_finite() =>
        Assert.Contains("finite", Assert.Throws<ArgumentOutOfRangeException>(() => Descriptives.Of([1, double.NaN])).Message, StringComparison.Ordinal);

    [Fact]
    public void Counts_must_not_be_negative() => Assert.Throws<ArgumentOutOfRangeException>(() => Descriptives.OfCounts([(1, -1)]));

    [Fact]
    public void Order_of_the_values_makes_no_difference_at_all() =>
        Prop.ForAll(Values, v => Descriptives.Of(v) == Descriptives.Of(v.Reverse())).QuickCheckThrowOnFailure();

    [Fact]
    public void Counts_give_what_single_values_give() =>
        Prop.ForAll(Values, v =>
        {
            var single = Descriptives.Of(v);
            var counted = Descriptives.OfCounts(v.Select(x => (x, 1)));
            return single.Count == counted.Count && Close(single.Mean, counted.Mean) && Close(single.Deviation, counted.Deviation);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Mean_lies_between_the_ends() =>
        Prop.ForAll(Values, v => v.Length == 0 || (Descriptives.Of(v).Mean >= v.Min() - 1e-9 && Descriptives.Of(v).Mean <= v.Max() + 1e-9)).QuickCheckThrowOnFailure();

    private static bool Close(double? a, double? b) => a is null ? b is null : Math.Abs(a.Value - b!.Value) < 1e-9;

    private static Arbitrary<double[]> Values => Gen.Choose(0, 43).Select(t => t / 10.0).ArrayOf().ToArbitrary();
}
