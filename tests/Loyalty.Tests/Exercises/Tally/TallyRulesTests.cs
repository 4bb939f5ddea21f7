using System.Net;
using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Tally;

namespace Loyalty.Tests.Exercises.Tally;

public sealed class TallyRulesTests
{
    private readonly SampleRoom room = new(new TallyType(), Anonymity.Anonymous);

    [Fact]
    public void Ratio_is_that_of_the_totals_and_not_the_mean_of_ratios()
    {
        // Personal ratios of 9 and 1 have a mean of 5.
        Give(received: (9, 1));
        Give(received: (10, 10));

        Assert.Equal(19.0 / 11, Line("received").Ratio.Value!.Value, 12);
    }

    [Fact]
    public void No_corrective_message_is_no_ratio()
    {
        Give(received: (7, 0));

        Assert.Null(Line("received").Ratio.Value);
        Assert.True(Line("received").Ratio.Reaches(5));
    }

    [Fact]
    public void No_message_at_all_is_an_answer_and_no_ratio()
    {
        Give(received: (0, 0));

        Assert.Equal(1, Line("received").Count);
        Assert.Null(Line("received").Ratio.Value);
        Assert.Null(Line("received").Ratio.Reaches(5));
        Assert.Null(Line("received").Ratio.AffirmingShare);
    }

    [Theory]
    [InlineData("201")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public void Count_out_of_range_is_refused(string count) =>
        Assert.Equal("range", Refusal(("count-received-affirming", count)));

    [Fact]
    public void Count_that_is_missing_is_refused_at_its_field()
    {
        var refused = Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), Fields.Of(("do", "answer"))));

        Assert.Equal(4, refused.Reasons.Length);
        Assert.All(refused.Reasons, r => Assert.Equal("required", r.Code));
    }

    [Fact]
    public void Measures_are_counts_by_question_and_sort()
    {
        Give(received: (3, 1), given: (5, 2));

        Assert.Equal(
            [("given", "affirming", 5.0), ("given", "corrective", 2.0), ("received", "affirming", 3.0), ("received", "corrective", 1.0)],
            room.Rules.Measures(room.Context, room.State).Select(m => (m.Subject, m.Item, m.Value)).Order());
    }

    [Fact]
    public async Task Room_says_ratio_totals_people_and_caution()
    {
        for (var i = 0; i < 6; i++)
            Give(received: (3, 1), given: (7, 0));
        await using var renderer = new ViewRenderer();

        var html = WebUtility.HtmlDecode(await renderer.Html(room.Show(ViewPlace.Room)));

        Assert.Contains("3.0 : 1", html, StringComparison.Ordinal);
        Assert.Contains("no corrective messages", html, StringComparison.Ordinal);
        Assert.Contains("n = 6", html, StringComparison.Ordinal);
        Assert.Contains("rule of thumb", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "questions": [{ "id": "a", "label": "A" }], "affirming": { "label": "" }, "corrective": { "label": "C" } }""")]
    [InlineData("""{ "questions": [{ "id": "a", "label": "A" }], "affirming": { "label": "A" } }""")]
    [InlineData("""{ "questions": [], "affirming": { "label": "A" }, "corrective": { "label": "C" } }""")]
    [InlineData("""{ "questions": [{ "id": "a", "label": "A" }], "affirming": { "label": "A" }, "corrective": { "label": "C" }, "target": 0 }""")]
    public void Settings_that_cannot_work_are_refused(string settings) =>
        Assert.NotEmpty(room.Rules.CheckSettings(JsonDocument.Parse(settings).RootElement));

    private TallyLine Line(string id) => ((TallyResult)room.Rules.Tally(room.Context, room.State)).Lines.Single(l => l.Question.Id == id);

    private void Give((int Affirming, int Corrective) received, (int Affirming, int Corrective) given = default) =>
        Assert.IsType<Verdict.Accepted>(room.Give(room.NewAuthor(), Counts(received, given)));

    private string Refusal((string Name, string Value) wrong)
    {
        var fields = Counts((1, 1), (1, 1));
        var spoiled = Fields.Of(fields.Names.Select(n => (n, n == wrong.Name ? wrong.Value : fields.First(n)!)));
        return Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), spoiled)).Reasons.Single().Code;
    }

    private static Fields Counts((int Affirming, int Corrective) received, (int Affirming, int Corrective) given) => Fields.Of(
        ("do", "answer"),
        ("count-received-affirming", $"{received.Affirming}"),
        ("count-received-corrective", $"{received.Corrective}"),
        ("count-given-affirming", $"{given.Affirming}"),
        ("count-given-corrective", $"{given.Corrective}"));
}
