using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Board;

namespace Loyalty.Tests.Exercises.Board;

public sealed class BoardSampleTests
{
    [Theory]
    [InlineData("promoter")]
    [InlineData("customer")]
    [InlineData("detractor")]
    public void Sample_has_enough_distinct_posts_of_each_kind(string kind) =>
        Assert.True(BoardSamplePosts.For(kind, asksForEffects: false).Distinct(StringComparer.Ordinal).Count() >= 24);

    [Fact]
    public void Sample_room_posts_and_votes_and_says_nothing_twice()
    {
        var board = new BoardRun(new BoardSample().Settings);
        var sample = new BoardSample();
        var random = new Random(3);
        for (var turn = 0; turn < 400; turn++)
        {
            var author = BoardRun.Person(turn % 20);
            if (sample.Next(random, board.Context, board.State, author) is { } fields)
                Assert.Equal("", board.Send(author, [.. fields.Names.SelectMany(name => fields.All(name).Select(value => (name, value)))]));
        }

        Assert.True(board.State.Posts.Count >= 20);
        Assert.Equal(board.State.Posts.Count, board.State.Posts.Values.Select(p => p.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.True(board.State.Posts.Values.Sum(p => p.Votes) > 40);
    }
}
