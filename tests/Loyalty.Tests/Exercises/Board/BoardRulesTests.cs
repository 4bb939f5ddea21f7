using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Board;
using static Loyalty.Tests.Exercises.Board.BoardRun;

namespace Loyalty.Tests.Exercises.Board;

public sealed class BoardRulesTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"columns":[]}""")]
    [InlineData("""{"columns":[{"id":"a","label":"A"}],"maxLength":501}""")]
    [InlineData("""{"columns":[{"id":"a","label":"A"}],"maxPosts":0}""")]
    [InlineData("""{"columns":[{"id":"a","label":"A"},{"id":"a","label":"B"}]}""")]
    [InlineData("""{"columns":"x"}""")]
    [InlineData("[]")]
    public void Settings_that_cannot_be_run_are_refused(string settings) =>
        Assert.NotEmpty(new BoardRules().CheckSettings(JsonSerializer.Deserialize<JsonElement>(settings)));

    [Fact]
    public void Post_stands_in_its_column_under_the_key_of_its_entry()
    {
        var board = new BoardRun();
        var key = board.Post(Ann, "She came back", "customer");

        Assert.Empty(board.Tally.Columns[0].Lines);
        Assert.Equal(key, Assert.Single(board.Tally.Columns[1].Lines).Key);
    }

    [Fact]
    public void Post_needs_a_column_only_if_there_is_a_choice()
    {
        Assert.Equal("no-column", new BoardRun().Send(Ann, ("do", "post"), ("text", "x")));
        Assert.Equal("", new BoardRun(Approving).Send(Ann, ("do", "post"), ("text", "x")));
    }

    [Fact]
    public void Post_longer_than_the_limit_is_refused_and_not_cut()
    {
        var board = new BoardRun();
        Assert.Equal("too-long", board.Send(Ann, ("do", "post"), ("column", "promoter"), ("text", new string('x', 281))));
        Assert.Equal("", board.Send(Ann, ("do", "post"), ("column", "promoter"), ("text", new string('x', 280))));
    }

    [Fact]
    public void Post_beyond_the_authors_share_is_refused_until_one_is_taken_back()
    {
        var board = new BoardRun("""{"columns":[{"id":"a","label":"A"}],"maxPosts":2}""");
        var first = board.Post(Ann, "one");
        board.Post(Ann, "two");

        Assert.Equal("max-posts", board.Send(Ann, ("do", "post"), ("text", "three")));
        board.Do("withdraw", first, Ann);
        Assert.Equal("", board.Send(Ann, ("do", "post"), ("text", "three")));
    }

    [Fact]
    public void Post_said_twice_by_the_same_author_is_refused()
    {
        var board = new BoardRun();
        board.Post(Ann, "one");
        Assert.Equal("said-already", board.Send(Ann, ("do", "post"), ("column", "promoter"), ("text", "one")));
        board.Post(Ben, "one");
    }

    [Fact]
    public void Upvote_counts_once_and_is_taken_back_by_the_next()
    {
        var board = new BoardRun();
        var post = board.Post(Ann, "one");

        board.Do("upvote", post, Ben);
        Assert.Equal(1, board.VotesOf(post));
        Assert.Equal([post.ToString()], board.Own(Ben).Marks);
        board.Do("upvote", post, Ben);
        Assert.Equal(0, board.VotesOf(post));
        Assert.Empty(board.Own(Ben).Marks);
    }

    [Fact]
    public void Upvote_on_ones_own_post_is_refused()
    {
        var board = new BoardRun();
        var post = board.Post(Ann, "one");
        Assert.Equal("own-post", board.Send(Ann, ("do", "upvote"), ("post", post.ToString())));
    }

    [Fact]
    public void Upvote_where_there_is_no_voting_is_refused()
    {
        var board = new BoardRun("""{"columns":[{"id":"a","label":"A"}],"upvotes":false}""");
        var post = board.Post(Ann, "one");
        Assert.Equal("not-allowed", board.Send(Ben, ("do", "upvote"), ("post", post.ToString())));
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("withdraw")]
    public void Changing_somebody_elses_post_is_refused(string verb)
    {
        var board = new BoardRun();
        var post = board.Post(Ann, "one");
        Assert.Equal("gone", board.Send(Ben, ("do", verb), ("post", post.ToString()), ("text", "mine now")));
        Assert.Equal("one", board.State.Posts[post].Text);
    }

    [Theory]
    [InlineData("spotlight")]
    [InlineData("hide")]
    [InlineData("merge")]
    [InlineData("approve")]
    [InlineData("separate")]
    [InlineData("")]
    public void Moderation_by_a_participant_is_refused(string verb)
    {
        var board = new BoardRun();
        var post = board.Post(Ann, "one");
        Assert.Equal("not-allowed", board.Send(Ann, ("do", verb), ("post", post.ToString()), ("into", post.ToString())));
    }

    [Fact]
    public void Post_on_an_approving_board_is_seen_by_its_author_only_until_it_is_approved()
    {
        var board = new BoardRun(Approving);
        var post = board.Post(Ann, "one");

        Assert.Empty(board.Tally.Columns[0].Lines);
        Assert.Empty(board.Rules.PhoneItems(board.Context, board.State, _ => "A"));
        Assert.Equal("waiting", Assert.Single(board.Own(Ann).Items).Status);
        Assert.Equal("gone", board.Send(Ben, ("do", "upvote"), ("post", post.ToString())));
        Assert.Equal("gone", board.Send(AuthorKey.Facilitator, ("do", "spotlight"), ("post", post.ToString())));

        board.Do("approve", post);
        Assert.Single(board.Tally.Columns[0].Lines);
    }

    [Fact]
    public void Approving_several_lets_only_those_through_that_were_named()
    {
        var board = new BoardRun(Approving);
        var first = board.Post(Ann, "one");
        var second = board.Post(Ben, "two");
        board.Post(Cat, "came in while the button was pressed");

        Assert.Equal("", board.Send(AuthorKey.Facilitator, ("do", "approve"), ("post", first.ToString()), ("post", second.ToString())));
        Assert.Equal(2, board.Tally.Columns[0].Lines.Length);
        Assert.Equal(1, board.Tally.Waiting);
    }

    [Fact]
    public void Edit_of_an_approved_post_waits_again_and_leaves_the_spotlight()
    {
        var board = new BoardRun(Approving);
        var post = board.Post(Ann, "one");
        board.Do("approve", post);
        board.Do("spotlight", post);

        Assert.Equal("", board.Send(Ann, ("do", "edit"), ("post", post.ToString()), ("text", "other words")));
        Assert.Null(board.Tally.Spotlight);
        Assert.Equal(1, board.Tally.Waiting);
    }

    [Fact]
    public void Hidden_post_leaves_room_phones_spotlight_and_measures_until_it_is_shown_again()
    {
        var board = new BoardRun();
        var post = board.Post(Ann, "one");
        board.Do("spotlight", post);
        board.Do("hide", post);

        Assert.Null(board.Tally.Spotlight);
        Assert.Empty(board.Tally.Columns[0].Lines);
        Assert.Empty(board.Rules.PhoneItems(board.Context, board.State, _ => "A"));
        Assert.Empty(board.Rules.Measures(board.Context, board.State));
        Assert.Equal("hidden", Assert.Single(board.Own(Ann).Items).Status);

        board.Do("unhide", post);
        Assert.Single(board.Tally.Columns[0].Lines);
    }

    [Fact]
    public void Author_who_took_everything_back_still_counts_as_having_taken_part()
    {
        var board = new BoardRun();
        var post = board.Post(Ann, "one");
        board.Do("withdraw", post, Ann);
        Assert.True(board.Rules.HasAnswered(board.Context, board.State, Ann));
    }

    [Fact]
    public void Measures_count_posts_one_by_one_and_votes_by_column()
    {
        var board = new BoardRun();
        var first = board.Post(Ann, "one");
        var second = board.Post(Ann, "two");
        board.Do("upvote", first, Ben);
        board.Do("upvote", second, Ben);

        var measures = board.Rules.Measures(board.Context, board.State);
        Assert.Equal(
            [new Measure(Ann, "board.posts", "", "promoter", 1), new Measure(Ann, "board.posts", "", "promoter", 1), new Measure(Ben, "board.votes", "", "promoter", 2)],
            measures);
    }

    [Fact]
    public void Phone_items_are_bounded_and_keep_both_the_newest_and_the_most_liked()
    {
        var board = new BoardRun();
        var liked = board.Post(Person(1000), "the first, and liked");
        board.Do("upvote", liked, Ben);
        for (var i = 0; i < 100; i++)
            board.Post(Person(i + 10), $"post {i}");

        var items = board.Rules.PhoneItems(board.Context, board.State, _ => "A");
        Assert.InRange(items.Length, BoardRules.NewestOnPhones, BoardRules.NewestOnPhones + BoardRules.TopOnPhones);
        Assert.Equal("post 99", items[0].Text);
        Assert.Contains(items, item => item.Id == liked.ToString());
    }

    [Fact]
    public void Phone_items_name_authors_on_named_boards_only()
    {
        foreach (var (label, name) in new[] { (Anonymity.Named, "A"), (Anonymity.Facilitator, null) })
        {
            var board = new BoardRun(anonymity: label);
            board.Post(Ann, "one");
            Assert.Equal(name, Assert.Single(board.Rules.PhoneItems(board.Context, board.State, _ => "A")).By);
        }
    }

    [Fact]
    public void Phone_items_of_an_anonymous_board_wait_for_the_threshold()
    {
        var board = new BoardRun(anonymity: Anonymity.Anonymous);
        for (var i = 1; i < 5; i++)
            board.Post(Person(i), $"post {i}");
        Assert.Empty(board.Rules.PhoneItems(board.Context, board.State, _ => "A"));
        board.Post(Person(5), "post 5");
        Assert.Equal(5, board.Rules.PhoneItems(board.Context, board.State, _ => "A").Length);
    }

    [Fact]
    public void Phone_items_without_voting_wait_for_the_reveal()
    {
        var board = new BoardRun("""{"columns":[{"id":"a","label":"A"}],"upvotes":false}""");
        board.Post(Ann, "one");
        Assert.Empty(board.Rules.PhoneItems(board.Context, board.State, _ => null));
        board.Phase = Phase.Revealed;
        Assert.Single(board.Rules.PhoneItems(board.Context, board.State, _ => null));
    }

    [Fact]
    public void Author_who_chose_to_be_nameless_is_named_nowhere()
    {
        var board = new BoardRun("""{"columns":[{"id":"a","label":"A"}],"authorChoice":true}""");
        Assert.Equal("", board.Send(Ann, ("do", "post"), ("text", "one"), ("nameless", "on")));

        Assert.Null(Assert.Single(board.Rules.PhoneItems(board.Context, board.State, _ => "Ann")).By);
        Assert.DoesNotContain(board.Rules.Export(board.Context, board.State), row => row.Author == Ann);
    }

    [Fact]
    public void Export_withholds_the_words_that_may_not_be_quoted()
    {
        var board = new BoardRun("""{"columns":[{"id":"a","label":"A"}],"consent":true,"upvotes":false}""");
        board.Send(Ann, ("do", "post"), ("text", "keep this here"));
        board.Send(Ben, ("do", "post"), ("text", "tell everybody"), ("quotable", "on"));

        Assert.Equal(["", "tell everybody"], board.Rules.Export(board.Context, board.State).Select(row => row.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Replay_of_what_was_accepted_gives_the_same_board()
    {
        var board = new BoardRun();
        var first = board.Post(Ann, "one");
        var second = board.Post(Ben, "two");
        board.Do("upvote", second, Ann);
        board.Merge(second, first);
        board.Do("spotlight", first);
        board.Send(Ben, ("do", "edit"), ("post", second.ToString()), ("text", "two, better"));

        var again = board.Replay(board.Accepted);
        Assert.Equal(board.Totals, JsonSerializer.Serialize((BoardTally)board.Rules.Tally(board.Context, again), ExerciseJson.Options));
    }

    [Fact]
    public void Tally_does_not_depend_on_the_order_of_posts_votes_and_merges_that_commute()
    {
        var random = new Random(42);
        var board = new BoardRun();
        var posts = Enumerable.Range(0, 12).Select(i => board.Post(Person(i), $"post {i}", i % 2 == 0 ? "promoter" : "customer")).ToList();
        var written = board.Accepted.Count;
        foreach (var voter in Enumerable.Range(20, 15))
        {
            foreach (var post in posts.Where(_ => random.Next(3) == 0))
                board.Do("upvote", post, Person(voter));
        }

        board.Do("hide", posts[11]);
        board.Do("unhide", posts[11]);
        var expected = board.Totals;

        for (var round = 0; round < 20; round++)
        {
            // Votes come after the posts that they are for; hide and unhide of one post stay in their order.
            var commuting = board.Accepted.Take(board.Accepted.Count - 2).ToList();
            var shuffled = Shuffled(commuting.Take(written), random).Concat(Shuffled(commuting.Skip(written), random)).Concat(board.Accepted.TakeLast(2));
            var state = board.Replay(shuffled);
            Assert.Equal(expected, JsonSerializer.Serialize((BoardTally)board.Rules.Tally(board.Context, state), ExerciseJson.Options));
        }
    }

    [Theory]
    [InlineData("do", "upvote", "post", "not a key")]
    [InlineData("do", "upvote", "post", "00000000-0000-0000-0000-000000000000")]
    [InlineData("do", "edit", "post", "{}")]
    [InlineData("do", "post", "column", "promoter\0")]
    [InlineData("do", "post", "column", "__proto__")]
    [InlineData("do", "<script>", "post", "x")]
    [InlineData("text", "no verb", "column", "promoter")]
    public void Hostile_input_is_refused_and_never_throws(string name1, string value1, string name2, string value2)
    {
        var board = new BoardRun();
        Assert.NotEqual("", board.Send(Ann, (name1, value1), (name2, value2)));
        Assert.NotEqual("", board.Send(AuthorKey.Facilitator, (name1, value1), (name2, value2)));
    }

    [Fact]
    public void Vote_on_a_board_of_2000_posts_costs_little_more_than_on_one_of_20()
    {
        _ = VotesTake(20);
        var small = VotesTake(20);
        var large = VotesTake(2000);

        // Looking at every post would cost a hundred times as much; the bound leaves room for a busy machine.
        Assert.True(large < small * 30, $"2,000 votes took {small} on 20 posts and {large} on 2,000.");
    }

    private static TimeSpan VotesTake(int count)
    {
        var board = new BoardRun("""{"columns":[{"id":"a","label":"A"}],"maxPosts":20}""");
        var posts = Enumerable.Range(0, count).Select(i => board.Post(Person(i / 20), i.ToString(CultureInfo.InvariantCulture))).ToList();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 2000; i++)
            board.Do("upvote", posts[i % count], Person(1000 + (i / 20)));
        return clock.Elapsed;
    }

    private static List<T> Shuffled<T>(IEnumerable<T> items, Random random)
    {
        var list = items.ToArray();
        random.Shuffle(list);
        return [.. list];
    }
}
