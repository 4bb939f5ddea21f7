using Loyalty.Web.Exercises.PairedScale;

namespace Loyalty.Tests.Exercises.PairedScale;

public sealed class DotLayoutTests
{
    [Fact]
    public void Dots_with_room_stay_where_they_are()
    {
        var dots = DotLayout.Of([(2, 2), (8, 5)], 17, 8);

        Assert.All(dots, dot => Assert.False(dot.IsMoved));
    }

    [Theory]
    [InlineData(8.5, 4)]
    [InlineData(0.5, 0.5)]
    [InlineData(16.5, 7.5)]
    public void Twelve_dots_on_one_place_are_drawn_apart_and_inside(double x, double y)
    {
        var dots = DotLayout.Of([.. Enumerable.Repeat((x, y), 12)], 17, 8);

        Assert.All(dots, dot => Assert.True(dot is { DrawnX: >= 0.5 and <= 16.5, DrawnY: >= 0.5 and <= 7.5 }));
        foreach (var (i, one) in dots.Index())
        {
            Assert.Equal((x, y), (one.X, one.Y));
            Assert.All(dots.Take(i), other => Assert.True(Math.Sqrt(Math.Pow(one.DrawnX - other.DrawnX, 2) + Math.Pow(one.DrawnY - other.DrawnY, 2)) > 0.97));
        }
    }
}
