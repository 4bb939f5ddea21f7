using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Web.Features.Reports.Trends;

namespace Loyalty.Tests.Features.Reports.Trends;

/// <summary>Trends of counts that are written down here, against values worked out by hand.</summary>
public sealed class TrendBuilderTests
{
    private const string Recommend = """{ "nps": true, "items": [{ "id": "recommend", "label": "Would you recommend us?" }] }""";

    private const string Card = """
        {
          "items": [{ "id": "care", "label": "Care" }, { "id": "speed", "label": "Speed" }, { "id": "skill", "label": "Skill" }],
          "subjects": [{ "id": "us", "label": "All of us" }, { "id": "me", "label": "Myself" }],
          "perspectives": [{ "id": "boss", "label": "The boss" }, { "id": "self", "label": "Myself" }]
        }
        """;

    private const string Counts = """
        {
          "questions": [{ "id": "given", "label": "Given" }],
          "affirming": { "label": "Affirming" }, "corrective": { "label": "Corrective" }
        }
        """;

    private const string CheckIn = """
        {
          "items": [{ "id": "one", "label": "First" }, { "id": "two", "label": "Second" }, { "id": "three", "label": "Third" }],
          "buckets": [{ "id": "kept", "label": "Kept" }, { "id": "dropped", "label": "Dropped" }]
        }
        """;

    private static readonly TrendWorkshop Spring = new(new Guid(1, 0, 0, new byte[8]), "Spring", new DateOnly(2026, 3, 2), 5, AskedToCompare: true);
    private static readonly TrendWorkshop Autumn = new(new Guid(2, 0, 0, new byte[8]), "Autumn", new DateOnly(2026, 9, 7), 5, AskedToCompare: true);

    [Fact]
    public void Score_has_its_people_and_the_interval_of_its_hundreds()
    {
        // 5 promoters, 3 passives, 2 detractors: +30. Squared distances 5·70² + 3·30² + 2·130² = 61,000; s = √(61,000 / 9) = 82.33;
        // s / √10 = 26.03; times 2.2622 for nine degrees of freedom = 58.89.
        var point = Assert.Single(Panel(Of(In(Spring, Recommend, Nps(9, 5), Nps(7, 3), Nps(2, 2))), "Nps").Points);

        Assert.Equal((10, 30), (point.People, point.Value));
        Assert.Equal(30 - 58.89, point.Interval!.Value.From, 0.1);
        Assert.Equal(30 + 58.89, point.Interval.Value.To, 0.1);
    }

    [Fact]
    public void Grade_has_the_interval_of_its_mean_within_the_scale()
    {
        // 4, 4, 3, 3, 2: mean 3.2, squares 2.8, s = √0.7 = 0.8367, s / √5 = 0.3742, times 2.7764 = 1.0388.
        var spring = In(Spring, Card, Grade("us", "care", 4, 2), Grade("us", "care", 3, 2), Grade("us", "care", 2, 1));
        // 4.3 four times and 3: mean 4.04, squares 1.352, s / √5 = 0.26, times 2.7764 = 0.7219; better than A+ there is nothing.
        var autumn = In(Autumn, Card, Grade("us", "care", 4.3, 4), Grade("us", "care", 3, 1));

        var points = Panel(Of(spring, autumn), "Grade").Points;

        Assert.Equal([3.2, 4.04], points.Select(p => Math.Round(p.Value, 10)));
        Assert.Equal(2.1612, points[0].Interval!.Value.From, 0.005);
        Assert.Equal(4.2388, points[0].Interval!.Value.To, 0.005);
        Assert.Equal(4.04 - 0.7219, points[1].Interval!.Value.From, 0.005);
        Assert.Equal(4.3, points[1].Interval!.Value.To);
    }

    [Fact]
    public void Room_of_one_mind_has_no_interval() =>
        Assert.Null(Assert.Single(Panel(Of(In(Spring, Recommend, Nps(9, 12))), "Nps").Points).Interval);

    [Fact]
    public void Fewer_people_than_the_threshold_are_no_point()
    {
        Assert.Empty(Of(In(Spring, Recommend, Nps(9, 4))).Groups);
        Assert.Single(Panel(Of(In(Spring, Recommend, Nps(9, 4)), In(Autumn, Recommend, Nps(9, 5))), "Nps").Points);
    }

    [Fact]
    public void Every_workshop_has_the_threshold_that_it_was_started_with()
    {
        var strict = Autumn with { Threshold = 8 };

        var points = Panel(Of(In(Spring, Recommend, Nps(9, 6)), In(strict, Recommend, Nps(9, 6))), "Nps").Points;

        Assert.Equal([Spring], points.Select(p => p.Workshop));
    }

    [Fact]
    public void Nothing_measured_is_nothing_to_see()
    {
        Assert.Empty(TrendBuilder.Of(new TrendData([], [], [])).Groups);
        var one = Of(In(Spring, Recommend));
        Assert.Equal([Spring], one.Workshops);
        Assert.Empty(one.Groups);
    }

    [Fact]
    public void Workshops_stand_in_the_order_in_which_they_are_given_also_on_one_day()
    {
        var same = Autumn with { Date = Spring.Date };

        var points = Panel(Of(In(Spring, Recommend, Nps(9, 5)), In(same, Recommend, Nps(0, 5))), "Nps").Points;

        Assert.Equal([100, -100], points.Select(p => p.Value));
    }

    [Fact]
    public void Panels_are_by_subject_and_item_in_the_order_of_the_settings_with_their_names()
    {
        var model = Of(In(Spring, Card, Grade("me", "skill", 3, 5), Grade("me", "care", 3, 5), Grade("us", "speed", 3, 5)));

        Assert.Equal(["Grade/All of us: Speed", "Grade/Myself: Care, Skill"], model.Groups.Select(g => $"{g.Key}/{g.About}: {string.Join(", ", g.Panels.Select(p => p.Label))}"));
    }

    [Fact]
    public void Measure_that_was_taken_twice_counts_by_its_first_time()
    {
        var model = TrendBuilder.Of(new TrendData(
            [(Spring, [Activity("before", Recommend), Activity("after", Recommend)])],
            [Count(Spring, "before", Nps(0, 5)), Count(Spring, "after", Nps(10, 5))], []));

        Assert.Equal(-100, Assert.Single(Panel(model, "Nps").Points).Value);
    }

    [Fact]
    public void What_only_bears_the_name_of_a_grade_or_a_score_is_left_out()
    {
        var model = Of(In(Spring, Card, Grade("us", "care", 7, 9), Nps(50, 6), Nps(7.5, 6), Rank("self", "care", 9, 6)));

        Assert.Empty(model.Groups);
    }

    [Fact]
    public void Departments_are_disclosed_as_everywhere()
    {
        // Two of IT are too few, and six of Service would give them away.
        var spring = In(Spring, Recommend, Nps(9, 7, "Sales"), Nps(0, 6, "Service"), Nps(9, 2, "IT"));
        var autumn = In(Autumn, Recommend, Nps(0, 8, "Sales"), Nps(9, 5, "Service"), Nps(5, 5, "IT"));

        var panel = Panel(Of(spring, autumn), "Nps");

        Assert.Equal(["IT", "Sales", "Service"], panel.Departments.Select(d => d.Department));
        Assert.Equal([Autumn], panel.Departments[0].Points.Select(p => p.Workshop));
        Assert.Equal([(7, 100.0), (8, -100.0)], panel.Departments[1].Points.Select(p => (p.People, p.Value)));
        Assert.Equal([Autumn], panel.Departments[2].Points.Select(p => p.Workshop));
        Assert.Equal([15, 18], panel.Points.Select(p => p.People));
    }

    [Fact]
    public void Gap_is_priority_against_grade_of_the_rooms_own_ranking()
    {
        // Care is first for all and graded F: (3 − 1) / 2 − 0 = 1. Speed is second and graded A+: 0.5 − 1. Skill is last and half-way: 0 − 0.5.
        var model = Of(In(
            Spring, Card,
            Rank("boss", "care", 3, 6), Rank("boss", "speed", 2, 6), Rank("boss", "skill", 1, 6),
            Rank("self", "care", 1, 6), Rank("self", "speed", 2, 6), Rank("self", "skill", 3, 6),
            Grade("us", "care", 0, 5), Grade("us", "speed", 4.3, 7), Grade("us", "skill", 2.15, 5), Grade("me", "care", 4.3, 9)));

        var gap = model.Groups.Single(g => g.Key == "Gap");

        Assert.Equal([("Care", 100.0, 5), ("Speed", -50.0, 6), ("Skill", -50.0, 5)], gap.Panels.Select(p => (p.Label, Math.Round(p.Points[0].Value, 10), p.Points[0].People)));
    }

    [Fact]
    public void Gap_of_a_department_needs_its_ranking_of_every_rung()
    {
        ValueCount[] ofSales = [Rank("self", "care", 1, 6, "Sales"), Rank("self", "speed", 2, 6, "Sales"), Grade("us", "care", 0, 6, "Sales")];

        var whole = Of(In(Spring, Card, [.. ofSales, Rank("self", "skill", 3, 6, "Sales")])).Groups.Single(g => g.Key == "Gap");
        var part = Of(In(Spring, Card, [.. ofSales, Rank("self", "skill", 3, 4, "Sales"), Rank("self", "skill", 3, 4)])).Groups.Single(g => g.Key == "Gap");

        Assert.Equal(["Sales"], Assert.Single(whole.Panels).Departments.Select(d => d.Department));
        Assert.Empty(Assert.Single(part.Panels).Departments);
    }

    [Fact]
    public void Ratio_is_of_all_messages_and_none_without_a_corrective_one()
    {
        var spring = In(Spring, Counts, Messages("affirming", 7, 3), Messages("affirming", 2, 2), Messages("corrective", 2, 5));
        var autumn = In(Autumn, Counts, Messages("affirming", 7, 5), Messages("corrective", 0, 5));

        var point = Assert.Single(Panel(Of(spring, autumn), "Ratio").Points);

        Assert.Equal((2.5, 5), (point.Value, point.People));
    }

    [Fact]
    public void Kept_is_the_share_of_commitments_that_enough_people_have()
    {
        // First: 3 kept, 3 dropped. Second: 1 kept, 4 dropped. The third one has only two people.
        var model = Of(In(Spring, CheckIn, Put("one", "kept", 3), Put("one", "dropped", 3), Put("two", "kept", 1), Put("two", "dropped", 4), Put("three", "kept", 2)));

        var panel = Panel(model, "Kept");

        Assert.Equal("Kept", panel.Label);
        Assert.Equal((4 / 11.0, 6), (panel.Points[0].Value, panel.Points[0].People));
    }

    [Fact]
    public void Touchpoints_share_a_scale_whose_ends_are_nobodys_answer()
    {
        // 1, 1, 1, 1, 9: mean 2.6, s / √5 = 1.6, times 2.7764 = 4.44: from −1.84 to 7.04.
        var spring = In(Spring, Card, Balance("care", 1, 4), Balance("care", 9, 1), Balance("speed", -100, 4));

        var panel = Panel(Of(spring), "Touchpoints");

        Assert.Equal((-2, 8), (panel.From, panel.To));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Line_is_drawn_from_three_workshops_on(int workshops, bool line)
    {
        await using var renderer = new Exercises.ViewRenderer();
        var points = Enumerable.Range(0, workshops).Select(i => new TrendPoint(Spring with { Date = Spring.Date.AddMonths(i) }, 9, i * 10, null)).ToImmutableArray();

        var html = await renderer.Html<TrendChart>(new()
        {
            ["Label"] = "A score",
            ["Unit"] = TrendUnit.Score,
            ["From"] = -100.0,
            ["To"] = 100.0,
            ["Points"] = points,
        });

        Assert.Equal(line, html.Contains("<polyline", StringComparison.Ordinal));
        Assert.Equal(workshops, html.Split("<circle").Length - 1);
        Assert.Equal(workshops, html.Split(">n = 9<").Length - 1);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_people_have_the_mean_and_the_interval_of_their_own_changes()
    {
        // Changes 1, 1, 0, 0, 0.5: mean 0.5, squares 1, s = 0.5, s / √5 = 0.2236, times 2.7764 = 0.6208. The five others do not count.
        var model = Compared(Card, [("us", "care", [2, 2, 3, 3, 3.5], 0), ("us", "care", [3, 3, 3, 3, 4], 5)]);

        var change = Assert.Single(Panel(model, "Grade").SamePeople);
        Assert.Equal((Spring, Autumn, 5), (change.Before, change.After, change.People));
        Assert.Equal(0.5, change.Value, 10);
        Assert.Equal(0.5 - 0.6208, change.Interval!.Value.From, 0.005);
        Assert.Equal(0.5 + 0.6208, change.Interval.Value.To, 0.005);
        Assert.Equal((Autumn, Spring, -0.5), (change.Reversed.Before, change.Reversed.After, Math.Round(change.Reversed.Value, 10)));
        Assert.True(change.Reversed.Interval!.Value.From < change.Reversed.Value);
    }

    [Fact]
    public void Same_people_change_their_score_by_what_each_of_them_becomes()
    {
        // Two detractors become promoters (+200 each), one promoter a passive (−100), two passives stay: 300 / 5.
        var model = Compared(Recommend, [("", "recommend", [3, 0, 10, 7, 8], 0), ("", "recommend", [9, 10, 8, 8, 7], 0)], "nps.score");

        Assert.Equal(60, Assert.Single(Panel(model, "Nps").SamePeople).Value, 10);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Same_people_are_not_compared_where_those_left_over_are_few(int others, bool shown)
    {
        var model = Compared(Card, [("us", "care", [2, 2, 3, 3, 3], others), ("us", "care", [3, 3, 3, 3, 4], 0)]);

        Assert.Equal(shown, !Panel(model, "Grade").SamePeople.IsEmpty);
        Assert.Equal(2, Panel(model, "Grade").Points.Length);
    }

    [Fact]
    public void Four_same_people_are_too_few() =>
        Assert.Empty(Panel(Compared(Card, [("us", "care", [2, 2, 3, 3], 6), ("us", "care", [3, 3, 3, 3], 6)]), "Grade").SamePeople);

    /// <summary>Spring and autumn with the values of people who agreed, in the same order, and others who did not.</summary>
    private static TrendModel Compared(string settings, (string Subject, string Item, double[] Values, int Others)[] times, string measure = "ladder.grade")
    {
        TrendWorkshop[] workshops = [Spring, Autumn];
        return TrendBuilder.Of(new TrendData(
            [.. workshops.Select(w => (w, ImmutableArray.Create(Activity("activity", settings))))],
            [
                .. times.Zip(workshops).SelectMany(t => t.First.Values.Append(3).CountBy(v => v)
                    .Select(v => (Value: v.Key, People: v.Value + (v.Key == 3 ? t.First.Others - 1 : 0))).Where(v => v.People > 0)
                    .Select(v => new ValueCount(t.Second.Id, "activity", measure, t.First.Subject, t.First.Item, null, v.Value, v.People))),
            ],
            [
                .. times.Zip(workshops).SelectMany(t => t.First.Values
                    .Select((value, person) => new LinkedValue(t.Second.Id, "activity", measure, t.First.Subject, t.First.Item, null, value, new Guid(person, 7, 7, new byte[8])))),
            ]));
    }

    private static TrendPanel Panel(TrendModel model, string group) => Assert.Single(Assert.Single(model.Groups, g => g.Key == group).Panels);

    private static TrendModel Of(params (TrendWorkshop Workshop, Activity Activity, ImmutableArray<ValueCount> Counts)[] workshops) =>
        TrendBuilder.Of(new TrendData([.. workshops.Select(w => (w.Workshop, ImmutableArray.Create(w.Activity)))], [.. workshops.SelectMany(w => w.Counts)], []));

    private static (TrendWorkshop Workshop, Activity Activity, ImmutableArray<ValueCount> Counts) In(TrendWorkshop workshop, string settings, params ValueCount[] counts) =>
        (workshop, Activity("activity", settings), [.. counts.Select(c => Count(workshop, "activity", c))]);

    private static Activity Activity(string id, string settings) =>
        new(new ActivityId(id), "scale", id, "", 5, Anonymity.Anonymous, "", "", "", JsonDocument.Parse(settings).RootElement, SpeakerNotes.None);

    private static ValueCount Count(TrendWorkshop workshop, string activity, ValueCount count) => count with { Workshop = workshop.Id, Activity = activity };

    private static ValueCount Nps(double score, int people, string? department = null) => Given("nps.score", "", "recommend", score, people, department);

    private static ValueCount Grade(string subject, string item, double points, int people, string? department = null) => Given("ladder.grade", subject, item, points, people, department);

    private static ValueCount Rank(string perspective, string item, double rank, int people, string? department = null) => Given("ladder.priority", perspective, item, rank, people, department);

    private static ValueCount Messages(string side, double messages, int people) => Given("tally.count", "given", side, messages, people, null);

    private static ValueCount Balance(string item, double balance, int people) => Given("touchpoint.balance", "", item, balance, people, null);

    private static ValueCount Put(string item, string bucket, int people) => Given("commitment.progress", bucket, item, 1, people, null);

    private static ValueCount Given(string measure, string subject, string item, double value, int people, string? department) =>
        new(Guid.Empty, "", measure, subject, item, department, value, people);
}
