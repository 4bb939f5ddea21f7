using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;
using Loyalty.Web.Exercises.Grades;

namespace Loyalty.Tests.Exercises.Grades;

public sealed class GradesRulesTests
{
    private const string Settings =
        """
        {
          "items": [{ "id": "low", "label": "Low rung" }, { "id": "high", "label": "High rung" }],
          "subjects": [{ "id": "us", "label": "Us" }, { "id": "me", "label": "Me" }],
          "measure": "test.grade"
        }
        """;

    private static SampleRoom NewRoom(Anonymity anonymity = Anonymity.Named) => new(new GradesType(), anonymity, settings: Settings);

    [Fact]
    public void Answer_keeps_letters_and_cant_say_and_forgets_what_is_empty()
    {
        var room = NewRoom();
        var person = room.NewAuthor();

        room.Give(person, Fields.Of(("us.low", "B-"), ("us.high", "?"), ("me.low", "")));

        Assert.Equal(
            new Dictionary<string, string> { ["us.low"] = "B-", ["us.high"] = "?" },
            room.Rules.Own(room.Context, room.State, person).Fields.ToDictionary(f => f.Key, f => f.Value.Single()));
    }

    [Fact]
    public void Action_comes_back_to_its_author_and_to_nobody_else()
    {
        const string secret = "I shall greet people first";
        var room = new SampleRoom(new GradesType(), settings: Settings.Insert(Settings.LastIndexOf('}'), ""","action":{"id":"action","label":"One thing"}"""));
        var person = room.NewAuthor();

        room.Give(person, Fields.Of(("us.low", "B"), ("action", secret)));

        Assert.Equal(secret, room.Rules.Own(room.Context, room.State, person).Fields["action"].Single());
        Assert.DoesNotContain(secret, Canonical.Of(room.Rules.Tally(room.Context, room.State)), StringComparison.Ordinal);
        Assert.DoesNotContain(room.Rules.Export(room.Context, room.State), row => row.Value.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Cant_say_alone_is_an_answer()
    {
        var room = NewRoom();

        Assert.IsType<Verdict.Accepted>(room.Give(room.NewAuthor(), Fields.Of(("us.low", "?"))));
        Assert.Equal(1, room.State.Respondents);
    }

    [Fact]
    public void Nothing_graded_is_refused()
    {
        var room = NewRoom();

        Assert.Equal("nothing-graded", Assert.Single(Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), Fields.Of(("do", "answer")))).Reasons).Code);
    }

    [Theory]
    [InlineData("E")]
    [InlineData("b")]
    [InlineData("F-")]
    [InlineData("4.3")]
    [InlineData("B−")] // shown with a minus sign, sent with a hyphen
    public void Letter_that_is_not_on_the_scale_is_refused(string letter)
    {
        var room = NewRoom();

        var refusal = Assert.Single(Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), Fields.Of(("us.low", letter)))).Reasons);

        Assert.Equal(("choice", "us.low"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Tally_is_as_computed_by_hand_and_has_the_highest_rung_on_top()
    {
        var room = NewRoom();
        foreach (var letter in new[] { "A", "B", "C", "?" })
            room.Give(room.NewAuthor(), Fields.Of(("us.low", letter)));

        Assert.Equal(["high", "low"], Tally(room).Rows.Select(r => r.Item.Id));
        var cell = Cell(room, "low", "us");
        Assert.Equal(new Descriptives(3, 3, 1), cell.Numbers);
        Assert.Equal("B", cell.Letter!.Letter);
        Assert.Equal(1, cell.CantSay);
        Assert.Equal(3, cell.Counts.Sum());
    }

    [Fact]
    public void Items_that_are_no_ladder_keep_their_order()
    {
        var room = new SampleRoom(new GradesType(), settings: Settings.Replace("\"measure\"", "\"bottomUp\": false, \"measure\"", StringComparison.Ordinal));

        Assert.Equal(["low", "high"], Tally(room).Rows.Select(r => r.Item.Id));
    }

    [Fact]
    public void Anonymous_cell_of_too_few_holds_no_numbers_although_the_room_is_large_enough()
    {
        var room = NewRoom(Anonymity.Anonymous);
        for (var i = 0; i < 6; i++)
            room.Give(room.NewAuthor(), Fields.Of(("us.low", i < 4 ? "A" : "?"), ("me.low", "B")));

        Assert.Equal((false, null, null), (Cell(room, "low", "us").IsShown, Cell(room, "low", "us").Letter, Cell(room, "low", "us").Numbers.Mean));
        Assert.Empty(Cell(room, "low", "us").Counts);
        Assert.True(Cell(room, "low", "me").IsShown);
    }

    [Fact]
    public void Measures_are_grade_points_without_cant_say()
    {
        var room = NewRoom();
        var person = room.NewAuthor();
        room.Give(person, Fields.Of(("us.low", "A-"), ("me.low", "F"), ("us.high", "?")));

        Assert.Equal(
            [new Measure(person, "test.grade", "us", "low", 3.7), new Measure(person, "test.grade", "me", "low", 0)],
            room.Rules.Measures(room.Context, room.State));
    }

    [Fact]
    public void Export_tells_cant_say_from_nothing()
    {
        var room = NewRoom();
        room.Give(room.NewAuthor(), Fields.Of(("us.low", "A-"), ("us.high", "?")));

        Assert.Equal([("Us", "Low rung", "A-"), ("Us", "High rung", "?")], room.Rules.Export(room.Context, room.State).Select(r => (r.Part, r.Item, r.Value)));
    }

    private static GradesTally Tally(SampleRoom room) => (GradesTally)room.Rules.Tally(room.Context, room.State);

    private static GradeCell Cell(SampleRoom room, string item, string subject) =>
        Tally(room).Rows.Single(r => r.Item.Id == item).Cells.Single(c => c.Subject.Id == subject);
}
