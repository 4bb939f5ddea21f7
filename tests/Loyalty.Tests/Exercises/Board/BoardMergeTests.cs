using Loyalty.Engine.Exercises;
using static Loyalty.Tests.Exercises.Board.BoardRun;

namespace Loyalty.Tests.Exercises.Board;

public sealed class BoardMergeTests
{
    private readonly BoardRun board = new();

    [Fact]
    public void Merge_counts_each_voter_once_and_keeps_the_words()
    {
        var stays = board.Post(Ann, "She came back");
        var moves = board.Post(Ben, "She returned");
        board.Do("upvote", stays, Person(10));
        board.Do("upvote", stays, Person(11));
        board.Do("upvote", moves, Person(11));
        board.Do("upvote", moves, Person(12));

        board.Merge(moves, stays);

        var line = Assert.Single(board.Tally.Columns[0].Lines);
        Assert.Equal(3, line.Votes);
        Assert.Equal("She returned", Assert.Single(line.AlsoSaid).Text);
        Assert.Equal(2, board.Tally.Columns[0].Posts);
    }

    [Fact]
    public void Merge_of_a_merged_post_stays_one_level_deep()
    {
        var a = board.Post(Ann, "a");
        var b = board.Post(Ben, "b");
        var c = board.Post(Cat, "c");
        board.Merge(a, b);
        board.Merge(b, c);

        Assert.Equal(2, Assert.Single(board.Tally.Columns[0].Lines).AlsoSaid.Length);
        Assert.Equal(c, board.State.Posts[a].MergedInto);
    }

    [Fact]
    public void Merge_with_itself_is_refused()
    {
        var a = board.Post(Ann, "a");
        var b = board.Post(Ben, "b");
        board.Merge(a, b);
        Assert.Equal("merge-itself", board.Send(AuthorKey.Facilitator, ("do", "merge"), ("post", b.ToString()), ("into", a.ToString())));
    }

    [Fact]
    public void Vote_that_arrives_after_the_merge_counts_for_the_post_that_stays()
    {
        var stays = board.Post(Ann, "a");
        var moves = board.Post(Ben, "b");
        board.Merge(moves, stays);
        board.Do("upvote", moves, Cat);

        Assert.Equal(1, board.VotesOf(stays));
        Assert.Equal([stays.ToString()], board.Own(Cat).Marks);
    }

    [Fact]
    public void Vote_for_both_is_taken_back_by_one_tap()
    {
        var stays = board.Post(Ann, "a");
        var moves = board.Post(Ben, "b");
        board.Do("upvote", stays, Cat);
        board.Do("upvote", moves, Cat);
        board.Merge(moves, stays);

        board.Do("upvote", stays, Cat);

        Assert.Equal(0, board.VotesOf(stays));
        Assert.Empty(board.Own(Cat).Marks);
    }

    [Fact]
    public void Separate_gives_each_post_its_own_votes_back()
    {
        var stays = board.Post(Ann, "a");
        var moves = board.Post(Ben, "b");
        board.Do("upvote", stays, Cat);
        board.Do("upvote", moves, Cat);
        board.Merge(moves, stays);
        board.Do("separate", moves);

        Assert.Equal(1, board.VotesOf(stays));
        Assert.Equal(1, board.VotesOf(moves));
        Assert.Equal(2, board.Tally.Columns[0].Lines.Length);
    }

    [Fact]
    public void Withdrawing_the_post_that_stayed_lets_the_others_go_on_without_it()
    {
        var stays = board.Post(Ann, "a");
        var liked = board.Post(Ben, "b");
        var other = board.Post(Cat, "c");
        board.Do("upvote", stays, Person(10));
        board.Do("upvote", liked, Person(11));
        board.Merge(liked, stays);
        board.Merge(other, stays);
        board.Do("spotlight", stays);

        board.Do("withdraw", stays, Ann);

        var line = Assert.Single(board.Tally.Columns[0].Lines);
        Assert.Equal(liked, line.Key);
        Assert.Equal("c", Assert.Single(line.AlsoSaid).Text);
        Assert.Equal(1, line.Votes);
        Assert.Null(board.Tally.Spotlight);
    }

    [Fact]
    public void Withdrawing_a_merged_post_takes_its_words_and_votes_along()
    {
        var stays = board.Post(Ann, "a");
        var moves = board.Post(Ben, "b");
        board.Do("upvote", moves, Cat);
        board.Merge(moves, stays);

        board.Do("withdraw", moves, Ben);

        var line = Assert.Single(board.Tally.Columns[0].Lines);
        Assert.Empty(line.AlsoSaid);
        Assert.Equal(0, line.Votes);
    }

    [Fact]
    public void Spotlight_follows_a_post_into_the_one_that_stays()
    {
        var stays = board.Post(Ann, "a");
        var moves = board.Post(Ben, "b");
        board.Do("spotlight", moves);
        board.Merge(moves, stays);
        Assert.Equal(stays, board.Tally.Spotlight?.Key);
    }

    [Fact]
    public void Votes_and_merges_in_any_order_give_the_same_count()
    {
        var keys = new[] { board.Post(Ann, "a"), board.Post(Ben, "b"), board.Post(Cat, "c") };
        var written = board.Accepted.Count;
        board.Do("upvote", keys[0], Person(10));
        board.Do("upvote", keys[1], Person(11));
        board.Do("upvote", keys[2], Person(12));
        board.Merge(keys[1], keys[0]);
        board.Merge(keys[2], keys[0]);
        var expected = board.Totals;

        var random = new Random(7);
        for (var round = 0; round < 30; round++)
        {
            var rest = board.Accepted.Skip(written).ToArray();
            random.Shuffle(rest);
            var state = board.Replay(board.Accepted.Take(written).Concat(rest));
            Assert.Equal(expected, System.Text.Json.JsonSerializer.Serialize(board.Rules.Tally(board.Context, state), ExerciseJson.Options));
        }
    }
}
