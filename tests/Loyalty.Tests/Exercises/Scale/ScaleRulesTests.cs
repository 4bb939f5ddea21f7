using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Scale;

namespace Loyalty.Tests.Exercises.Scale;

public sealed class ScaleRulesTests
{
    private const string Several =
        """{ "items": [{ "id": "bank", "label": "My bank" }, { "id": "us", "label": "Us" }], "lowLabel": "Hard", "highLabel": "Easy" }""";

    private readonly SampleRoom room = new(new ScaleType());
    private readonly SampleRoom several = new(new ScaleType(), settings: Several);

    [Fact]
    public void Zero_is_kept_as_an_answer()
    {
        Give("0");

        Assert.Equal(1, Tally.Items[0].Counts[0]);
        Assert.Equal(1, Tally.Items[0].Nps!.Detractors);
        Assert.Equal(0.0, Tally.Items[0].Mean);
    }

    [Fact]
    public void Blank_is_refused_at_the_field()
    {
        var refused = Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), Fields.Of(("do", "answer"), ("score-recommend", ""))));

        Assert.Equal(new Refusal("no-score", "score-recommend").Code, refused.Reasons.Single().Code);
        Assert.Equal("score-recommend", refused.Reasons.Single().Field);
    }

    [Fact]
    public void Open_questions_are_kept_listed_and_measured_under_the_name_of_the_settings()
    {
        var evaluation = new SampleRoom(new ScaleType(), settings: """
            { "items": [{ "id": "recommend", "label": "This workshop" }], "nps": true, "measure": "evaluation.recommend",
              "questions": [{ "id": "useful", "label": "Most useful?" }, { "id": "change", "label": "One change?" }] }
            """);
        var author = evaluation.NewAuthor();

        evaluation.Give(author, Fields.Of(("do", "answer"), ("score-recommend", "9"), ("text-useful", "The ladder"), ("text-change", " ")));

        var tally = (ScaleTally)evaluation.Rules.Tally(evaluation.Context, evaluation.State);
        Assert.Equal(["The ladder"], tally.Texts[0].Answers.Select(a => a.Text));
        Assert.Empty(tally.Texts[1].Answers);
        Assert.Equal("The ladder", evaluation.Rules.Own(evaluation.Context, evaluation.State, author).Fields["text-useful"].Single());
        Assert.Equal("evaluation.recommend", evaluation.Rules.Measures(evaluation.Context, evaluation.State).Single().Name);
        Assert.Contains(evaluation.Rules.Export(evaluation.Context, evaluation.State), row => row is { Item: "Most useful?", Value: "The ladder" });
    }

    [Fact]
    public void Later_answer_replaces_the_earlier_one()
    {
        var author = room.NewAuthor();
        Give("3", author: author);
        Give("9", author: author);

        Assert.Equal(1, Tally.Respondents);
        Assert.Equal(9.0, Tally.Items[0].Mean);
    }

    [Fact]
    public void One_of_several_may_be_left_blank_and_counts_for_itself()
    {
        several.Give(several.NewAuthor(), Fields.Of(("do", "answer"), ("score-bank", "2"), ("score-us", "")));
        several.Give(several.NewAuthor(), Fields.Of(("do", "answer"), ("score-bank", "3"), ("score-us", "10")));

        var tally = (ScaleTally)several.Rules.Tally(several.Context, several.State);

        Assert.Equal(2.5, tally.Items[0].Mean);
        Assert.Equal(2, tally.Items[0].Count);
        Assert.Equal(10.0, tally.Items[1].Mean);
        Assert.Equal(1, tally.Items[1].Count);
    }

    [Fact]
    public async Task Score_of_too_few_is_nobodys_to_see_where_answers_are_anonymous()
    {
        await using var renderer = new ViewRenderer();
        var anonymous = new SampleRoom(new ScaleType(), Anonymity.Anonymous, settings: Several);
        for (var person = 0; person < anonymous.Context.Threshold; person++)
            anonymous.Give(anonymous.NewAuthor(), Fields.Of(("do", "answer"), ("score-bank", "2"), ("score-us", person == 0 ? "10" : "")));

        var (bank, us) = ((ScaleTally)anonymous.Rules.Tally(anonymous.Context, anonymous.State)).Items switch { var items => (items[0], items[1]) };

        Assert.Equal((anonymous.Context.Threshold, 2.0), (bank.Count, bank.Mean));
        Assert.Equal((1, null), (us.Count, us.Mean));
        Assert.All(us.Counts, count => Assert.Equal(0, count));
        foreach (var place in new[] { ViewPlace.Console, ViewPlace.Room, ViewPlace.Report, ViewPlace.Phone })
        {
            var html = await renderer.Html(anonymous.Show(place));
            Assert.DoesNotContain("10.0", html, StringComparison.Ordinal);
            Assert.Contains("too few to show", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reason_is_put_on_the_room_display_and_taken_off()
    {
        Give("2", "Three forms.");
        var why = Tally.Whys.Single();

        Moderate("spotlight", why);
        Assert.Equal("Three forms.", Tally.Spotlight.Single().Text);

        Moderate("unspotlight", why);
        Assert.Empty(Tally.Spotlight);
    }

    [Fact]
    public void Reason_that_its_author_changed_leaves_the_room_display()
    {
        var author = room.NewAuthor();
        Give("2", "Three forms.", author);
        Moderate("spotlight", Tally.Whys.Single());

        Give("2", "Something that nobody has read yet.", author);

        Assert.Empty(Tally.Spotlight);
    }

    [Fact]
    public void Reason_sent_again_unchanged_stays_on_the_room_display()
    {
        var author = room.NewAuthor();
        Give("2", "Three forms.", author);
        Moderate("spotlight", Tally.Whys.Single());

        Give("2", "Three forms.", author);

        Assert.Single(Tally.Spotlight);
    }

    [Fact]
    public void Fourth_reason_takes_the_place_of_the_oldest()
    {
        foreach (var text in (string[])["a", "b", "c", "d"])
            Give("5", text);
        foreach (var text in (string[])["a", "b", "c", "d"])
            Moderate("spotlight", Tally.Whys.Single(w => w.Text == text));

        Assert.Equal(["b", "c", "d"], Tally.Spotlight.Select(w => w.Text));
    }

    [Fact]
    public void Spotlight_by_a_participant_is_refused()
    {
        Give("2", "Three forms.");

        var verdict = room.Give(room.NewAuthor(), Fields.Of(("do", "spotlight"), ("why", Tally.Whys.Single().Key.ToString())));

        Assert.Equal("not-allowed", Assert.IsType<Verdict.Refused>(verdict).Reasons.Single().Code);
    }

    [Fact]
    public void Answer_by_the_facilitator_is_refused() =>
        Assert.IsType<Verdict.Refused>(room.Give(AuthorKey.Facilitator, Fields.Of(("do", "answer"), ("score-recommend", "10"))));

    [Fact]
    public void Measures_of_a_net_promoter_scale_carry_its_own_name()
    {
        Give("7");

        var measure = room.Rules.Measures(room.Context, room.State).Single();

        Assert.Equal(("nps.score", "recommend", 7.0), (measure.Name, measure.Item, measure.Value));
    }

    [Fact]
    public void Measures_of_another_scale_are_scores_by_item()
    {
        several.Give(several.NewAuthor(), Fields.Of(("do", "answer"), ("score-us", "4")));

        var measure = several.Rules.Measures(several.Context, several.State).Single();

        Assert.Equal(("scale.score", "us", 4.0), (measure.Name, measure.Item, measure.Value));
    }

    [Theory]
    [InlineData("""{ "items": [{ "id": "a", "label": "A" }, { "id": "b", "label": "B" }], "nps": true }""")]
    [InlineData("""{ "items": [{ "id": "a", "label": "A" }], "nps": true, "max": 5 }""")]
    [InlineData("""{ "items": [{ "id": "a", "label": "A" }], "min": 0, "max": 100 }""")]
    [InlineData("""{ "items": [{ "id": "a", "label": "A" }], "min": 5, "max": 5 }""")]
    [InlineData("""{ "items": [{ "id": "a", "label": "A" }], "min": -2147483648, "max": 2147483647 }""")]
    [InlineData("""{ "items": [] }""")]
    public void Settings_that_cannot_work_are_refused(string settings) =>
        Assert.NotEmpty(room.Rules.CheckSettings(System.Text.Json.JsonDocument.Parse(settings).RootElement));

    [Fact]
    public async Task Room_shows_score_shares_and_number_of_answers()
    {
        foreach (var score in (string[])["10", "9", "9", "8", "7", "6", "0"])
            Give(score);
        await using var renderer = new ViewRenderer();

        var html = System.Net.WebUtility.HtmlDecode(await renderer.Html(room.Show(ViewPlace.Room)));

        Assert.Contains("+14", html, StringComparison.Ordinal); // 3/7 - 2/7 = 14.29
        Assert.Contains("43%", html, StringComparison.Ordinal);
        Assert.Contains("29%", html, StringComparison.Ordinal);
        Assert.Contains("n = 7", html, StringComparison.Ordinal);
    }

    private ScaleTally Tally => (ScaleTally)room.Rules.Tally(room.Context, room.State);

    private void Give(string score, string why = "", AuthorKey? author = null) =>
        Assert.IsType<Verdict.Accepted>(room.Give(author ?? room.NewAuthor(), Fields.Of(("do", "answer"), ("score-recommend", score), ("why", why))));

    private void Moderate(string action, ScaleWhy why) =>
        Assert.IsType<Verdict.Accepted>(room.Give(AuthorKey.Facilitator, Fields.Of(("do", action), ("why", why.Key.ToString()))));
}
