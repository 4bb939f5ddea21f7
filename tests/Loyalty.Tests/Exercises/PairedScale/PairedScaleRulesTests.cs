using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.PairedScale;

namespace Loyalty.Tests.Exercises.PairedScale;

public sealed class PairedScaleRulesTests
{
    private const string Talk =
        """
        {
          "items": [{ "id": "talk", "label": "Talking" }],
          "first": { "id": "now", "label": "Now", "min": 0, "max": 100, "step": 5, "unit": "%" },
          "second": { "id": "next", "label": "From tomorrow", "min": 0, "max": 100, "step": 5, "unit": "%" },
          "measure": "communication.talk-share"
        }
        """;

    private readonly SampleRoom keys = new(new PairedScaleType());
    private readonly SampleRoom talk = new(new PairedScaleType(), settings: Talk);

    [Fact]
    public void Means_spread_and_gap_are_of_those_who_gave_both_numbers()
    {
        Give(keys, ("importance-reliability", "7"), ("performance-reliability", "2"));
        Give(keys, ("importance-reliability", "4"), ("performance-reliability", "3"), ("importance-empathy", "5"), ("performance-empathy", "6"));

        var reliability = Line("reliability");

        Assert.Equal(2, reliability.Count);
        Assert.Equal(5.5, reliability.First.Mean); // (7 + 4) / 2
        Assert.Equal(2.5, reliability.Second.Mean); // (2 + 3) / 2
        Assert.Equal(-3.0, reliability.Gap);
        Assert.Equal(Math.Sqrt(4.5), reliability.First.Deviation!.Value, 12); // 1.5² + 1.5², by one less than n
        Assert.Equal(1, Line("empathy").Count);
    }

    [Fact]
    public void Item_that_nobody_judged_has_no_numbers_and_stands_last_on_the_map()
    {
        Give(keys, ("importance-empathy", "2"), ("performance-empathy", "6"));

        Assert.Equal("empathy", Tally(keys).Lines[0].Item.Id);
        var reliability = Line("reliability");
        Assert.Equal((0, null, null), (reliability.Count, reliability.First.Mean, reliability.Gap));
        Assert.Null(reliability.Quadrant);
    }

    [Fact]
    public void Map_lists_the_widest_gap_first_and_equal_ones_in_the_order_of_the_items()
    {
        Give(
            keys,
            ("importance-assurance", "5"), ("performance-assurance", "4"),
            ("importance-empathy", "7"), ("performance-empathy", "3"),
            ("importance-reliability", "3"), ("performance-reliability", "2"));

        Assert.Equal(["empathy", "reliability", "assurance"], Tally(keys).Judged.Select(l => l.Item.Id));
        Assert.Equal([1, 2, 3, 4, 5], Tally(keys).Lines.Select(l => l.Number));
    }

    [Theory]
    [InlineData("7", "1", "repair")]
    [InlineData("5", "5", "keep")]
    [InlineData("3", "3", "leave")]
    [InlineData("1", "7", "too-much")]
    [InlineData("4", "7", null)] // exactly in the middle of 1 to 7
    public void Corner_is_decided_by_the_middle_of_the_scale(string importance, string performance, string? corner)
    {
        Give(keys, ("importance-empathy", importance), ("performance-empathy", performance));

        Assert.Equal(corner, Line("empathy").Quadrant?.Id);
    }

    [Fact]
    public void One_number_without_the_other_is_refused_at_the_missing_one()
    {
        var refused = Refused(Give(keys, ("importance-empathy", "5")));

        Assert.Equal(("both", "performance-empathy"), (refused.Code, refused.Field));
    }

    [Fact]
    public void Nothing_at_all_is_refused() => Assert.Equal("no-score", Refused(Give(keys)).Code);

    [Fact]
    public void Number_between_two_steps_is_refused()
    {
        Assert.Equal("step", Refused(Give(talk, ("now-talk", "52"), ("next-talk", "40"))).Code);
        Assert.Equal("range", Refused(Give(talk, ("now-talk", "105"), ("next-talk", "40"))).Code);
    }

    [Fact]
    public void Shift_counts_who_goes_down_up_and_stays()
    {
        foreach (var (now, next) in new[] { ("80", "50"), ("80", "50"), ("60", "60"), ("20", "30") })
            Give(talk, ("now-talk", now), ("next-talk", next));

        var line = Tally(talk).Lines[0];

        Assert.Equal((2, 1, 1), (line.Falls, line.Rises, line.Stays));
        Assert.Equal(60.0, line.First.Mean);
        Assert.Equal(47.5, line.Second.Mean);
        Assert.Equal([new(20, 30, 1), new(60, 60, 1), new PairedMove(80, 50, 2)], line.Moves);
    }

    [Fact]
    public void Measures_name_the_number_and_the_item()
    {
        Give(talk, ("now-talk", "80"), ("next-talk", "0"));

        Assert.Equal(
            [("communication.talk-share", "now", "talk", 80.0), ("communication.talk-share", "next", "talk", 0.0)],
            talk.Rules.Measures(talk.Context, talk.State).Select(m => (m.Name, m.Subject, m.Item, m.Value)));
    }

    [Fact]
    public void Items_are_taken_over_from_another_activity_the_first_so_many()
    {
        var room = new SampleRoom(new PairedScaleType(), settings: Talk.Replace("\"items\"", "\"itemsFrom\": \"ideas\", \"maxItems\": 2, \"items\"", StringComparison.Ordinal));
        ImmutableArray<Item> ideas = [new("a", "A"), new("b", "B"), new("c", "C")];

        var withIdeas = (PairedScaleSettings)room.Rules.SettingsOf(room.Context.Where(w => w with { ItemsOf = id => id.Value == "ideas" ? ideas : [] }));
        var without = (PairedScaleSettings)room.Rules.SettingsOf(room.Context);

        Assert.Equal(["a", "b"], withIdeas.Items.Select(i => i.Id));
        Assert.Equal(["talk"], without.Items.Select(i => i.Id));
    }

    [Theory]
    [InlineData("\"step\": 5", "\"step\": 30")]
    [InlineData("\"id\": \"next\"", "\"id\": \"now\"")]
    [InlineData("\"items\": [{ \"id\": \"talk\", \"label\": \"Talking\" }],", "")]
    [InlineData("communication.talk-share", "Talk share")]
    public void Settings_that_make_no_sense_are_named(string right, string wrong) =>
        Assert.NotEmpty(keys.Rules.CheckSettings(System.Text.Json.JsonDocument.Parse(Talk.Replace(right, wrong, StringComparison.Ordinal)).RootElement));

    [Fact]
    public async Task Item_that_nobody_judged_is_shown_as_such_and_numbers_with_their_n()
    {
        await using var renderer = new ViewRenderer();
        Give(keys, ("importance-empathy", "2"), ("performance-empathy", "6"));

        foreach (var place in new[] { ViewPlace.Console, ViewPlace.Room, ViewPlace.Report })
        {
            var html = await renderer.Html(keys.Show(place));
            Assert.Contains("nobody judged it", html, StringComparison.Ordinal);
            Assert.Contains("Reliability", html, StringComparison.Ordinal);
        }

        Assert.Contains("n = 1", await renderer.Html(keys.Show(ViewPlace.Room)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_too_few_are_nobodys_to_see_where_answers_are_anonymous()
    {
        await using var renderer = new ViewRenderer();
        var room = new SampleRoom(new PairedScaleType(), Anonymity.Anonymous);
        for (var person = 0; person < room.Context.Threshold; person++)
        {
            var empathy = Tally(room).Lines.Single(l => l.Item.Id == "empathy");
            Assert.Equal((person, false, null, null), (empathy.Count, empathy.IsShown, empathy.First.Mean, empathy.Quadrant));
            Give(room, ("importance-reliability", "7"), ("performance-reliability", "2"), ("importance-empathy", "2"), ("performance-empathy", "6"));
        }

        // A third thing that one person alone has judged, in a room that is large enough.
        Give(room, ("importance-assurance", "1"), ("performance-assurance", "7"));

        Assert.Equal(2.0, Tally(room).Lines.Single(l => l.Item.Id == "empathy").First.Mean);
        Assert.Equal(["reliability", "empathy", "assurance"], room.Rules.Items(room.Context, room.State).Select(i => i.Id));
        Assert.Equal(["reliability", "empathy"], Tally(room).Shown.Select(l => l.Item.Id));
        foreach (var place in new[] { ViewPlace.Console, ViewPlace.Room, ViewPlace.Report, ViewPlace.Phone })
        {
            var html = await renderer.Html(room.Show(place));
            Assert.DoesNotContain("+6", html, StringComparison.Ordinal); // 7 − 1
            Assert.Contains("too few to show", html, StringComparison.Ordinal);
        }
    }

    private static PairedTally Tally(SampleRoom room) => (PairedTally)room.Rules.Tally(room.Context, room.State);

    private PairedLine Line(string item) => Tally(keys).Lines.Single(l => l.Item.Id == item);

    private static Verdict Give(SampleRoom room, params (string, string)[] fields) => room.Give(room.NewAuthor(), Fields.Of([("do", "answer"), .. fields]));

    private static Refusal Refused(Verdict verdict) => Assert.Single(Assert.IsType<Verdict.Refused>(verdict).Reasons);
}
