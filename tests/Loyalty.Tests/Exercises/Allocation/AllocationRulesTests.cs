using System.Net;
using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Allocation;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Exercises.Allocation;

public sealed class AllocationRulesTests
{
    private readonly SampleRoom room = new(new AllocationType(), Anonymity.Anonymous);

    [Theory]
    [InlineData("3", "4", "2", "too-few")]
    [InlineData("3", "4", "4", "too-many")]
    [InlineData("11", "0", "0", "range")]
    [InlineData("-1", "6", "5", "range")]
    public void Units_that_do_not_come_to_the_total_are_refused(string promoters, string customers, string detractors, string code)
    {
        var refused = Assert.IsType<Verdict.Refused>(Give(promoters, customers, detractors));

        Assert.Equal(code, refused.Reasons.First().Code);
    }

    [Fact]
    public void Blank_part_is_none_of_them()
    {
        Assert.IsType<Verdict.Accepted>(Give("4", "6", ""));

        Assert.Equal([4.0, 6.0, 0.0], Tally().Parts.Select(p => p.Mean));
    }

    [Fact]
    public void Parts_are_averaged_and_drawn_as_whole_figures_that_add_up()
    {
        Give("3", "5", "2");
        Give("4", "5", "1");
        Give("3", "4", "3");

        var tally = Tally();

        Assert.Equal(10.0 / 3, tally.Parts[0].Mean, 12);
        Assert.Equal(14.0 / 3, tally.Parts[1].Mean, 12);
        Assert.Equal(10, tally.Parts.Sum(p => p.Figures));
        Assert.Equal([3, 5, 2], tally.Parts.Select(p => p.Figures));
    }

    [Fact]
    public void Comparison_takes_the_shares_of_the_three_groups()
    {
        Give("3", "5", "2");

        var comparison = Tally(scores: [10, 9, 9, 8, 7, 0, 3, 6]).Comparison!;

        Assert.Equal(8, comparison.Count);
        Assert.Equal([3.75, 2.5, 3.75], comparison.Parts.Select(p => p.Mean));
    }

    [Fact]
    public void Comparison_with_too_few_scores_is_left_out()
    {
        Give("3", "5", "2");

        Assert.Null(Tally(scores: [10, 9, 9, 8]).Comparison);
    }

    [Fact]
    public void Comparison_needs_parts_that_are_the_three_kinds()
    {
        var own = new SampleRoom(new AllocationType(), settings: """{ "parts": [{ "id": "a", "label": "A" }, { "id": "b", "label": "B" }], "compareWith": "scores" }""");
        own.Give(own.NewAuthor(), Fields.Of(("do", "answer"), ("part-a", "4"), ("part-b", "6")));

        var tally = (AllocationTally)own.Rules.Tally(WithScores(own, 10, 9, 8, 7, 6, 5), own.State);

        Assert.Null(tally.Comparison);
        Assert.Equal([4.0, 6.0], tally.Parts.Select(p => p.Mean));
    }

    [Fact]
    public void Measures_are_units_by_part()
    {
        Give("3", "5", "2");

        Assert.Equal([("promoter", 3.0), ("customer", 5.0), ("detractor", 2.0)], room.Rules.Measures(room.Context, room.State).Select(m => (m.Item, m.Value)));
    }

    [Fact]
    public async Task Room_shows_ten_figures_and_the_averages()
    {
        for (var i = 0; i < 5; i++)
            Give("3", "5", "2");
        await using var renderer = new ViewRenderer();

        var html = WebUtility.HtmlDecode(await renderer.Html(room.Show(ViewPlace.Room)));

        Assert.Equal(10, html.Split("class=\"person\"").Length - 1);
        Assert.Contains("5.0", html, StringComparison.Ordinal);
        Assert.Contains("n = 5", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "parts": [{ "id": "a", "label": "A" }] }""")]
    [InlineData("""{ "parts": [{ "id": "a", "label": "A" }, { "id": "b", "label": "B" }], "total": 0 }""")]
    [InlineData("""{ "parts": [{ "id": "a", "label": "A" }, { "id": "b", "label": "B" }], "total": 21 }""")]
    public void Settings_that_cannot_work_are_refused(string settings) =>
        Assert.NotEmpty(room.Rules.CheckSettings(JsonDocument.Parse(settings).RootElement));

    private Verdict Give(string promoters, string customers, string detractors) =>
        room.Give(room.NewAuthor(), Fields.Of(("do", "answer"), ("part-promoter", promoters), ("part-customer", customers), ("part-detractor", detractors)));

    private AllocationTally Tally(params int[] scores) => (AllocationTally)room.Rules.Tally(WithScores(room, scores), room.State);

    private static RulesContext WithScores(SampleRoom room, params int[] scores) => room.Context.Where(w => w with
    {
        MeasuresOf = _ => [.. scores.Select(s => new Measure(new AuthorKey(AuthorKind.Slot, Guid.NewGuid()), "nps.score", "", "recommend", s))],
    });
}
