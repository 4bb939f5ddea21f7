using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Touchpoints;

namespace Loyalty.Tests.Exercises.Touchpoints;

public sealed class TouchpointsRulesTests
{
    private readonly SampleRoom room = new(new TouchpointsType());

    private TouchpointsTally Tally => (TouchpointsTally)room.Rules.Tally(room.Context, room.State);

    [Fact]
    public void Change_is_the_mean_of_score_times_weight_and_the_balance_runs_on()
    {
        Give(("score-find", "4"), ("often-find", "always"), ("score-decide", "-5"), ("often-decide", "sometimes"));
        Give(("score-find", "2"), ("often-find", "sometimes"), ("score-decide", "-1"), ("often-decide", "always"));

        Assert.Equal(2.5, Line("find").Step.Change); // (4 × 1 + 2 × 0.5) / 2
        Assert.Equal(3.0, Line("find").Felt.Mean); // (4 + 2) / 2
        Assert.Equal(-1.75, Line("decide").Step.Change); // (−5 × 0.5 − 1 × 1) / 2
        Assert.Equal(0.75, Line("decide").Step.After);
        Assert.Equal(0.75, Tally.Closing);
    }

    [Fact]
    public void Point_that_nobody_judged_leaves_the_balance_and_is_no_nought()
    {
        Give(("score-find", "4"), ("often-find", "always"));

        Assert.Equal((0, null, 4.0), (Line("ask").Weighted.Count, Line("ask").Step.Change, Line("ask").Step.After));
    }

    [Fact]
    public void Nought_counts_as_an_answer_and_needs_no_frequency()
    {
        Give(("score-find", "0"));

        Assert.Equal((1, 0.0), (Line("find").Weighted.Count, Line("find").Step.Change));
    }

    [Fact]
    public void Score_without_a_frequency_is_refused_there()
    {
        var refused = Refused(Give(("score-find", "3")));

        Assert.Equal(("how-often", "often-find"), (refused.Code, refused.Field));
    }

    [Fact]
    public void Frequency_without_a_score_says_nothing() => Assert.Equal("no-score", Refused(Give(("often-find", "always"))).Code);

    [Fact]
    public void Score_beyond_the_ends_is_refused() => Assert.Equal("range", Refused(Give(("score-find", "-6"), ("often-find", "always"))).Code);

    [Fact]
    public void Weakest_points_come_first_for_what_follows_and_those_without_answers_not_at_all()
    {
        Give(
            ("score-find", "4"), ("often-find", "always"), ("score-use", "-2"), ("often-use", "always"),
            ("score-receive", "-4"), ("often-receive", "sometimes"), ("score-return", "-5"), ("often-return", "often"));

        // −3.75, then −2 twice in the order of the journey, then 4.
        Assert.Equal(["return", "receive", "use", "find"], room.Rules.Items(room.Context, room.State).Select(i => i.Id));
    }

    [Fact]
    public void Lowest_and_furthest_apart_name_all_that_are_level()
    {
        Give(("score-find", "5"), ("often-find", "always"), ("score-ask", "-1"), ("often-ask", "always"), ("score-use", "-1"), ("often-use", "always"));
        Give(("score-find", "1"), ("often-find", "always"), ("score-ask", "-1"), ("often-ask", "always"), ("score-use", "-1"), ("often-use", "always"));

        Assert.Equal(["ask", "use"], Tally.Lowest.Select(l => l.Item.Id));
        Assert.Equal(["find"], Tally.FurthestApart.Select(l => l.Item.Id));
    }

    [Fact]
    public void Without_withdrawals_and_disagreement_nothing_is_named()
    {
        Give(("score-find", "5"), ("often-find", "always"));

        Assert.Empty(Tally.Lowest);
        Assert.Empty(Tally.FurthestApart);
    }

    [Fact]
    public void Measure_is_the_weighted_score()
    {
        Give(("score-find", "-4"), ("often-find", "rarely"));

        var measure = Assert.Single(room.Rules.Measures(room.Context, room.State));
        Assert.Equal(("touchpoint.balance", "", "find", -1.0), (measure.Name, measure.Subject, measure.Item, measure.Value));
    }

    [Theory]
    [InlineData("\"min\": -5", "\"min\": 0")]
    [InlineData("\"max\": 5", "\"max\": 50")]
    [InlineData("\"weight\": 0.75", "\"weight\": 0")]
    [InlineData("\"id\": \"often\"", "\"id\": \"always\"")]
    [InlineData("\"opening\": 0", "\"opening\": 1e9")]
    public void Settings_that_make_no_sense_are_named(string right, string wrong) =>
        Assert.NotEmpty(room.Rules.CheckSettings(JsonDocument.Parse(room.Type.Sample.Settings.Replace(right, wrong, StringComparison.Ordinal)).RootElement));

    [Fact]
    public async Task Point_that_nobody_judged_is_shown_as_such_and_others_with_their_n()
    {
        await using var renderer = new ViewRenderer();
        Give(("score-find", "-4"), ("often-find", "always"));

        foreach (var place in new[] { ViewPlace.Console, ViewPlace.Room, ViewPlace.Report })
        {
            var html = await renderer.Html(room.Show(place));
            Assert.Contains("nobody judged it", html, StringComparison.Ordinal);
            Assert.Contains("n = 1", html, StringComparison.Ordinal);
            Assert.Contains("4.0", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Point_of_too_few_is_nobodys_to_see_where_answers_are_anonymous()
    {
        await using var renderer = new ViewRenderer();
        var anonymous = new SampleRoom(new TouchpointsType(), Anonymity.Anonymous);
        for (var person = 0; person < anonymous.Context.Threshold; person++)
        {
            var (point, closing) = Of();
            Assert.Equal((person, null, null, 0.0), (point.Felt.Count, point.Felt.Mean, point.Step.Change, closing));
            anonymous.Give(anonymous.NewAuthor(), Fields.Of(("do", "answer"), ("score-find", "4"), ("often-find", "always")));
        }

        // A point that one person alone has judged, in a room that is large enough: not even the balance may tell.
        anonymous.Give(anonymous.NewAuthor(), Fields.Of(("do", "answer"), ("score-decide", "-5"), ("often-decide", "always")));

        Assert.Equal((4.0, 4.0), (Of().Point.Step.Change, Of().Closing));
        Assert.Equal(["find", "decide"], anonymous.Rules.Items(anonymous.Context, anonymous.State).Select(i => i.Id));
        foreach (var place in new[] { ViewPlace.Console, ViewPlace.Room, ViewPlace.Report, ViewPlace.Phone })
        {
            var html = await renderer.Html(anonymous.Show(place));
            Assert.DoesNotContain("−5", html, StringComparison.Ordinal);
            Assert.Contains("too few to show", html, StringComparison.Ordinal);
        }

        (TouchpointLine Point, double Closing) Of()
        {
            var tally = (TouchpointsTally)anonymous.Rules.Tally(anonymous.Context, anonymous.State);
            return (tally.Lines.Single(l => l.Item.Id == "find"), tally.Closing);
        }
    }

    [Fact]
    public async Task Journey_of_points_that_too_few_judged_says_no_balance()
    {
        await using var renderer = new ViewRenderer();
        var anonymous = new SampleRoom(new TouchpointsType(), Anonymity.Anonymous);
        for (var person = 0; person < anonymous.Context.Threshold; person++)
        {
            var point = person % 2 == 0 ? "find" : "decide";
            anonymous.Give(anonymous.NewAuthor(), Fields.Of(("do", "answer"), ($"score-{point}", "4"), ($"often-{point}", "always")));
        }

        foreach (var place in new[] { ViewPlace.Console, ViewPlace.Room, ViewPlace.Report, ViewPlace.Phone })
        {
            var html = await renderer.Html(anonymous.Show(place));
            Assert.Contains("too few to show", html, StringComparison.Ordinal);
            Assert.DoesNotContain("Balance at the end", html, StringComparison.Ordinal);
        }
    }

    private TouchpointLine Line(string item) => Tally.Lines.Single(l => l.Item.Id == item);

    private Verdict Give(params (string, string)[] fields) => room.Give(room.NewAuthor(), Fields.Of([("do", "answer"), .. fields]));

    private static Refusal Refused(Verdict verdict) => Assert.Single(Assert.IsType<Verdict.Refused>(verdict).Reasons);
}
