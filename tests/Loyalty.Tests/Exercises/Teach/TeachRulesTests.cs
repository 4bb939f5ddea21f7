using System.Text.Json;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Teach;

namespace Loyalty.Tests.Exercises.Teach;

public sealed class TeachRulesTests
{
    private const string Ladder =
        """
        {
          "headline": "Up we go", "points": ["You climb from the bottom.", "All must hold."], "motif": "ladder", "stepwise": true,
          "ladder": [{ "id": "low", "label": "Lowrung" }, { "id": "mid", "label": "Midrung" }, { "id": "top", "label": "Toprung" }]
        }
        """;

    private static readonly Fields Next = Fields.Of(("do", "next"));
    private static readonly Fields Back = Fields.Of(("do", "back"));

    private readonly SampleRoom room = new(new TeachType(), settings: Ladder);

    [Fact]
    public void Start_shows_the_headline_alone() => Assert.Equal((0, 0, 5), (Tally.Rungs, Tally.Points, Tally.Steps));

    [Fact]
    public void Rungs_light_up_before_the_points_come()
    {
        Step(Next, times: 2);
        Assert.Equal((2, 0), (Tally.Rungs, Tally.Points));

        Step(Next, times: 2);
        Assert.Equal((3, 1), (Tally.Rungs, Tally.Points));
    }

    [Fact]
    public void Back_takes_the_last_thing_away_again()
    {
        Step(Next, times: 4);
        Step(Back);

        Assert.Equal((3, 0), (Tally.Rungs, Tally.Points));
    }

    [Fact]
    public void Next_after_the_last_point_is_refused()
    {
        Step(Next, times: 5);

        Assert.Equal("no-more-steps", Refusal(AuthorKey.Facilitator, Next));
    }

    [Fact]
    public void Back_before_the_first_point_is_refused() => Assert.Equal("no-more-steps", Refusal(AuthorKey.Facilitator, Back));

    [Fact]
    public void Show_goes_to_any_step()
    {
        Step(Fields.Of(("do", "show"), ("step", "4")));
        Assert.Equal(4, Tally.Step);

        Assert.Equal("range", Refusal(AuthorKey.Facilitator, Fields.Of(("do", "show"), ("step", "6"))));
    }

    [Fact]
    public void Participant_cannot_step() => Assert.Equal("not-allowed", Refusal(room.NewAuthor(), Next));

    [Fact]
    public void Screen_that_is_not_stepwise_shows_everything_and_has_no_steps()
    {
        var whole = new SampleRoom(new TeachType(), settings: Ladder.Replace("\"stepwise\": true", "\"stepwise\": false", StringComparison.Ordinal));

        var tally = (TeachTally)whole.Rules.Tally(whole.Context, whole.State);

        Assert.Equal((3, 2), (tally.Rungs, tally.Points));
        Assert.Null(whole.Rules.Step(whole.Context, whole.State, forward: false));
        Assert.IsType<Verdict.Refused>(whole.Give(AuthorKey.Facilitator, Back));
    }

    [Fact]
    public void Step_leads_through_everything_and_then_out()
    {
        var steps = 0;
        while (room.Rules.Step(room.Context, room.State, forward: true) is { } step)
        {
            Assert.IsType<Verdict.Accepted>(room.Give(AuthorKey.Facilitator, step));
            steps++;
        }

        Assert.Equal(5, steps);
    }

    [Fact]
    public void Step_pressed_twice_on_one_screen_goes_one_step()
    {
        var step = room.Rules.Step(room.Context, room.State, forward: true)!;
        Step(step, times: 2);

        Assert.Equal(1, Tally.Step);
    }

    [Theory]
    [InlineData(ViewPlace.Room)]
    [InlineData(ViewPlace.Phone)]
    public async Task What_is_still_to_come_is_not_sent(ViewPlace place)
    {
        Step(Next, times: 2);
        await using var renderer = new ViewRenderer();

        var html = await renderer.Html(room.Show(place));

        Assert.Contains("Midrung", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Toprung", html, StringComparison.Ordinal);
        Assert.DoesNotContain("You climb", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figure_comes_with_the_point_at_its_place_and_names_its_source()
    {
        var figures = new SampleRoom(new TeachType(), settings:
            """{ "headline": "H", "points": ["One", "Two"], "figures": [{ "value": "23%", "text": "more", "source": "Gallup" }, { "value": "97%", "text": "stay", "source": "A survey" }], "stepwise": true }""");
        figures.Give(AuthorKey.Facilitator, Next);
        await using var renderer = new ViewRenderer();

        var html = await renderer.Html(figures.Show(ViewPlace.Room));

        Assert.Contains("23%", html, StringComparison.Ordinal);
        Assert.Contains("Gallup", html, StringComparison.Ordinal);
        Assert.DoesNotContain("97%", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "points": ["No headline"] }""")]
    [InlineData("""{ "headline": "H", "motif": "ladder" }""")]
    [InlineData("""{ "headline": "H", "motif": "quote" }""")]
    [InlineData("""{ "headline": "H", "figures": [{ "value": "1%", "text": "no source" }] }""")]
    [InlineData("""{ "headline": "H", "points": ["1", "2", "3", "4", "5", "6", "7"] }""")]
    public void Settings_that_cannot_work_are_refused(string settings) =>
        Assert.NotEmpty(room.Rules.CheckSettings(JsonDocument.Parse(settings).RootElement));

    private TeachTally Tally => (TeachTally)room.Rules.Tally(room.Context, room.State);

    private void Step(Fields fields, int times = 1)
    {
        for (var i = 0; i < times; i++)
            Assert.IsType<Verdict.Accepted>(room.Give(AuthorKey.Facilitator, fields));
    }

    private string Refusal(AuthorKey author, Fields fields) => Assert.IsType<Verdict.Refused>(room.Give(author, fields)).Reasons.Single().Code;
}
