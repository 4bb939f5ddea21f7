using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;
using Loyalty.Web.Exercises.Board;
using static Loyalty.Tests.Exercises.Board.BoardRun;

namespace Loyalty.Tests.Exercises.Board;

/// <summary>Boards that build on other activities, and what is taken out of a board.</summary>
public sealed class BoardBuildingTests
{
    private const string Answers = """{"columns":[{"id":"none","label":"Nothing yet"}],"columnsFrom":"grievances","maxColumns":2,"deal":true,"marks":{"label":"Our standards","max":1}}""";

    private readonly BoardRun board = new(Answers);

    [Fact]
    public void Columns_from_another_activity_stand_in_the_place_of_its_own_as_far_as_allowed()
    {
        var settings = (BoardSettings)board.Rules.SettingsOf(WithGrievances("a", "b", "c"));

        Assert.Equal(["a", "b"], settings.Columns.Select(column => column.Id));
        Assert.Equal("none", Assert.Single(((BoardSettings)board.Rules.SettingsOf(WithGrievances())).Columns).Id);
    }

    [Fact]
    public void Dealt_column_moves_on_with_each_post_and_reaches_all()
    {
        var context = WithGrievances("a", "b");
        var first = Dealt(context, board.State, Ann);
        var accepted = Assert.IsType<Verdict.Accepted>(board.Rules.Accept(context, board.State, EntryKey.New(), Ann, Fields.Of(("do", "post"), ("column", first), ("text", "We ring back."))));

        Assert.Equal(["a", "b"], new[] { first, Dealt(context, (BoardState)accepted.Next, Ann) }.Order());
        var dealt = Enumerable.Range(0, 40).Select(_ => Dealt(context, board.State, AuthorKey.Of(ParticipantId.New())));
        Assert.Equal(["a", "b"], dealt.Distinct().Order());
    }

    [Fact]
    public void Marked_posts_come_first_as_items_and_are_no_more_than_allowed()
    {
        var liked = board.Post(Ann, "Liked", "none");
        var agreed = board.Post(Ben, "Agreed", "none");
        board.Do("upvote", liked, Cat);
        Assert.Equal(["Liked", "Agreed"], board.Rules.Items(board.Context, board.State).Select(item => item.Label));

        board.Do("mark", agreed);

        Assert.Equal(["Agreed"], board.Rules.Items(board.Context, board.State).Select(item => item.Label));
        Assert.Equal("max-marks", board.Send(AuthorKey.Facilitator, ("do", "mark"), ("post", liked.ToString())));
        board.Do("unmark", agreed);
        board.Do("mark", liked);
        Assert.Equal("Liked", Assert.Single(board.Tally.Columns[0].Lines, line => line.Marked).Text);
    }

    [Fact]
    public void Mark_is_the_facilitators_and_needs_a_setting()
    {
        var plain = new BoardRun();
        var post = plain.Post(Ann, "Words");

        Assert.Equal("not-allowed", plain.Send(AuthorKey.Facilitator, ("do", "mark"), ("post", post.ToString())));
        Assert.Equal("not-allowed", board.Send(Ben, ("do", "mark"), ("post", post.ToString())));
    }

    [Fact]
    public void Mark_stays_when_posts_are_merged()
    {
        var agreed = board.Post(Ann, "Ring back", "none");
        var other = board.Post(Ben, "Call back", "none");
        board.Do("mark", agreed);

        board.Merge(agreed, other);

        Assert.True(Assert.Single(board.Tally.Columns[0].Lines).Marked);
    }

    [Fact]
    public void Further_fields_become_lines_of_the_post_and_details_of_the_item()
    {
        var steps = new BoardRun("""{"columns":[{"id":"step","label":"Step"}],"fields":[{"id":"whom","label":"For whom?"},{"id":"when","label":"By when?","kind":"date"}]}""");

        Assert.Equal("", steps.Send(Ann, ("do", "post"), ("text", "Ring on day three"), ("field-whom", "New\ncustomers"), ("field-when", "2027-03-01")));

        Assert.Equal("Ring on day three\nFor whom: New customers\nBy when: 1 March 2027", Assert.Single(steps.Tally.Columns[0].Lines).Text);
        var item = Assert.Single(steps.Rules.Items(steps.Context, steps.State));
        Assert.Equal(("Ring on day three", "For whom: New customers · By when: 1 March 2027"), (item.Label, item.Hint));
    }

    [Fact]
    public void Tag_is_asked_for_and_shown_in_words()
    {
        var tagged = new BoardRun("""{"columns":[{"id":"a","label":"A"}],"tags":[{"id":"inquire","label":"Inquire"}]}""");

        Assert.Equal("required", tagged.Send(Ann, ("do", "post"), ("text", "What do you need?")));
        Assert.Equal("choice", tagged.Send(Ann, ("do", "post"), ("text", "What do you need?"), ("tag", "shout")));
        Assert.Equal("", tagged.Send(Ann, ("do", "post"), ("text", "What do you need?"), ("tag", "inquire")));
        Assert.Equal("Inquire", Assert.Single(tagged.Tally.Columns[0].Lines).Tag);
    }

    [Fact]
    public void Post_of_a_group_is_signed_with_its_number_and_no_name()
    {
        var run = new BoardRun("""{"columns":[{"id":"a","label":"A"}],"groupsFrom":"groups"}""");
        run.Post(Ben, "Ours", "a");
        var people = ImmutableArray.Create(new Person(Ann.Participant!.Value, "Ann", null), new Person(Ben.Participant!.Value, "Ben", null));
        var grouping = new Grouping([[people[0].Id], [people[1].Id]], []);
        var context = (run.Context with { Phase = Phase.Revealed }).Where(w => w with { GroupsOf = id => id.Value == "groups" ? grouping : null, People = () => people });

        Assert.Equal(2, Assert.Single(((BoardTally)run.Rules.Tally(context, run.State)).Columns[0].Lines).Group);
        Assert.Equal("2", Assert.Single(run.Rules.PhoneItems(context, run.State, _ => "Ben")).By);
        Assert.Equal("1", run.Rules.Given(context, run.State, people[0].Id).Fields["_group"].Single());

        // Where the step that forms the groups was left out, the phone says nothing about a group.
        Assert.Equal("taken", run.Rules.Given(context, run.State, people[0].Id).Fields["_seat"].Single());
        Assert.True(run.Rules.Given(context.Where(w => w with { GroupsOf = _ => null }), run.State, people[0].Id).IsEmpty);
    }

    private RulesContext WithGrievances(params string[] ids) =>
        board.Context.Where(w => w with { ItemsOf = id => id.Value == "grievances" ? [.. ids.Select(i => new Item(i, i.ToUpperInvariant()))] : [] });

    private string Dealt(RulesContext context, BoardState state, AuthorKey author) => board.Rules.Given(context, state, author.Participant!.Value, author).Fields["column"].Single();
}
