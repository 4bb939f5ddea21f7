using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class GradeScaleTests
{
    [Fact]
    public void Scale_has_thirteen_grades_from_4_3_to_nought()
    {
        Assert.Equal([4.3, 4.0, 3.7, 3.3, 3.0, 2.7, 2.3, 2.0, 1.7, 1.3, 1.0, 0.7, 0], GradeScale.All.Select(g => g.Points));
        Assert.Equal("A+", GradeScale.All[0].Letter);
        Assert.Equal("F", GradeScale.All[^1].Letter);
    }

    [Fact]
    public void Nearest_to_a_grade_is_the_grade() =>
        Assert.All(GradeScale.All, g => Assert.Equal(g, GradeScale.Nearest(g.Points)));

    [Theory]
    [InlineData(3.14, "B")]
    [InlineData(3.85, "A")] // half-way
    [InlineData(3.5, "A-")] // half-way
    [InlineData(3.15, "B+")] // half-way
    [InlineData(0.35, "D-")] // half-way, in the wide step
    [InlineData(0.34, "F")]
    public void Nearest_takes_the_better_one_half_way(double mean, string letter) =>
        Assert.Equal(letter, GradeScale.Nearest(mean).Letter);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(4.4)]
    [InlineData(double.NaN)]
    public void Nearest_outside_the_scale_is_an_error(double points) =>
        Assert.Contains("0 to 4.3", Assert.Throws<ArgumentOutOfRangeException>(() => GradeScale.Nearest(points)).Message, StringComparison.Ordinal);

    [Fact]
    public void No_grade_is_nearer_than_the_nearest() =>
        Prop.ForAll(Gen.Choose(0, 4300).Select(t => t / 1000.0).ToArbitrary(), points =>
        {
            var distance = Math.Abs(GradeScale.Nearest(points).Points - points);
            return GradeScale.All.All(g => Math.Abs(g.Points - points) >= distance - 1e-9);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nearest_bears_with_what_rounding_carried_beyond_the_scale()
    {
        Assert.Equal("A+", GradeScale.Nearest(4.3 + 1e-10).Letter);
        Assert.Equal("F", GradeScale.Nearest(-1e-10).Letter);
    }

    [Fact]
    public void Display_has_a_real_minus_sign() => Assert.Equal("B−", GradeScale.Find("B-")!.Display);

    [Theory]
    [InlineData("A+", 4.3)]
    [InlineData("F", 0.0)]
    public void Find_knows_letters(string letter, double points) => Assert.Equal(points, GradeScale.Find(letter)!.Points);

    [Theory]
    [InlineData("E")]
    [InlineData("a")]
    [InlineData("F+")]
    [InlineData("")]
    [InlineData(null)]
    public void Find_does_not_guess(string? letter) => Assert.Null(GradeScale.Find(letter));
}
