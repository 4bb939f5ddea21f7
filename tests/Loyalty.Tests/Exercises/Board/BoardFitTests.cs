using Loyalty.Web.Exercises.Board;

namespace Loyalty.Tests.Exercises.Board;

public sealed class BoardFitTests
{
    private static List<string> Posts(int count, int length = 60) => [.. Enumerable.Range(0, count).Select(_ => new string('x', length))];

    [Fact]
    public void Few_posts_are_large_and_all_shown()
    {
        var fit = BoardFit.Of("What happened?", [Posts(2), Posts(1), Posts(0)], votes: true);
        Assert.True(fit.Scale > 1.5);
        Assert.Equal([2, 1, 0], fit.Shown);
    }

    [Fact]
    public void Many_posts_are_never_smaller_than_what_can_be_read_and_the_rest_is_left_out()
    {
        var fit = BoardFit.Of("What happened?", [Posts(200), Posts(3), Posts(50)], votes: true);
        Assert.Equal(1, fit.Scale);
        Assert.InRange(fit.Shown[0], 5, 20);
        Assert.Equal(3, fit.Shown[1]);
    }

    [Fact]
    public void More_posts_never_stand_larger()
    {
        var scales = Enumerable.Range(1, 40).Select(n => BoardFit.Of("What happened?", [Posts(n), Posts(n), Posts(n)], votes: true).Scale).ToList();
        Assert.Equal(scales.OrderDescending(), scales);
    }

    [Fact]
    public void One_column_uses_lanes_and_six_columns_use_two_rows()
    {
        Assert.Equal(3, BoardFit.Of("What happened?", [Posts(100)], votes: true).Lanes);
        Assert.Equal(2, BoardFit.Of("What happened?", [.. Enumerable.Range(0, 6).Select(_ => Posts(1))], votes: true).Rows);
    }

    [Fact]
    public void Empty_board_fits() => Assert.Equal([0], BoardFit.Of("What happened?", [Posts(0)], votes: false).Shown);

    [Fact]
    public void Wide_characters_take_more_room() => Assert.True(BoardFit.TextWidth("客户回来了") > BoardFit.TextWidth("abcde"));
}
