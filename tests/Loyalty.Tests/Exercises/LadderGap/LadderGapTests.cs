using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.LadderGap;

namespace Loyalty.Tests.Exercises.LadderGap;

public sealed class LadderGapTests : IAsyncDisposable
{
    private static readonly Activity Priorities = Input("what-matters-most", "Our priorities", "perspectives", ["leaders", "we"]);
    private static readonly Activity Grades = Input("grade-our-success", "Our grades", "subjects", ["all", "me"]);

    private readonly SampleRoom room = new(new LadderGapType());
    private readonly List<Measure> ranks = [];
    private readonly List<Measure> grades = [];
    private readonly ViewRenderer renderer = new();
    private ImmutableArray<Activity> agenda = [Priorities, Grades];

    public ValueTask DisposeAsync() => renderer.DisposeAsync();

    [Fact]
    public void Gap_brings_ranks_and_grades_together_with_the_highest_rung_on_top()
    {
        Rank("leaders", 5, "low", "middle", "high");
        Grade("all", 5, ("low", 0), ("middle", 2.15), ("high", 4.3));

        var tally = Tally();

        Assert.Equal(["high", "middle", "low"], tally.Rows.Select(r => r.Rung.Id));
        Assert.Equal([-1.0, 0.0, 1.0], tally.Rows.Select(r => r.Gap!.Gap));
        Assert.Equal(["low", "middle", "high"], tally.ByGap.Select(r => r.Rung.Id));
        Assert.Equal(["low"], tally.First!.Rungs.Select(r => r.Id));
        Assert.Equal("Rung low", tally.First.Rungs[0].Label);
    }

    [Fact]
    public void First_rung_is_told_for_every_perspective_and_subject()
    {
        Rank("leaders", 5, "low", "middle", "high");
        Rank("we", 5, "high", "middle", "low");
        Grade("all", 5, ("low", 2), ("middle", 2), ("high", 2));

        var firsts = Tally().FirstRungs;

        Assert.Equal([("leaders", "all", true, "low"), ("leaders", "me", false, ""), ("we", "all", true, "high"), ("we", "me", false, "")],
            firsts.Select(f => (f.Perspective.Id, f.Subject.Id, f.IsKnown, string.Join(',', f.Rungs.Select(r => r.Id)))));
    }

    [Fact]
    public void Facilitator_chooses_the_view_and_what_is_not_chosen_stays()
    {
        Rank("we", 5, "high", "middle", "low");
        Grade("me", 5, ("low", 2), ("middle", 2), ("high", 2));

        Moderate(("perspective", "we"));
        Moderate(("subject", "me"));

        Assert.Equal(("we", "me"), (Tally().Perspective!.Id, Tally().Subject!.Id));
        Assert.Equal(["high"], Tally().First!.Rungs.Select(r => r.Id));
    }

    [Fact]
    public void View_that_does_not_exist_shows_the_first_one()
    {
        Moderate(("perspective", "nobody"));

        Assert.Equal("leaders", Tally().Perspective!.Id);
    }

    [Fact]
    public void Participants_choose_nothing() =>
        Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), Fields.Of(("do", "view"), ("perspective", "we"))));

    [Fact]
    public void Next_goes_through_the_perspectives_and_then_on_in_the_agenda()
    {
        Rank("leaders", 5, "low", "middle", "high");
        Rank("we", 5, "low", "middle", "high");
        Grade("all", 5, ("low", 2), ("middle", 2), ("high", 2));

        Assert.Null(room.Rules.Step(Context, room.State, forward: false));
        room.Give(AuthorKey.Facilitator, room.Rules.Step(Context, room.State, forward: true)!);

        Assert.Equal("we", Tally().Perspective!.Id);
        Assert.Null(room.Rules.Step(Context, room.State, forward: true));
        Assert.Equal("leaders", room.Rules.Step(Context, room.State, forward: false)!.First("perspective"));
    }

    [Fact]
    public void Next_does_not_stop_where_there_is_nothing_to_see() =>
        Assert.Null(room.Rules.Step(Context, room.State, forward: true));

    [Fact]
    public void Missing_input_is_named_by_its_kind_of_absence()
    {
        agenda = [Grades];

        Assert.Equal(
            [(GapProblemKind.Missing, "what-matters-most"), (GapProblemKind.Empty, "Our grades")],
            Tally().Problems.Select(p => (p.Kind, p.Title)));
        Assert.Empty(Tally().Rows);
    }

    [Fact]
    public void Anonymous_input_of_too_few_shows_nothing_and_says_so()
    {
        Rank("leaders", 4, "low", "middle", "high");
        Grade("all", 5, ("low", 2), ("middle", 2), ("high", 2));

        Assert.Equal([(GapProblemKind.TooFew, "Our priorities", "Leaders")], Tally().Problems.Select(p => (p.Kind, p.Title, p.Part)));
        Assert.Empty(Tally().Rows);
        Assert.Null(Tally().First);
    }

    [Fact]
    public void Rung_that_too_few_graded_has_no_gap()
    {
        Rank("leaders", 5, "low", "middle", "high");
        Grade("all", 5, ("low", 2), ("middle", 2));
        Grade("all", 4, ("high", 0));

        var high = Tally().Rows.Single(r => r.Rung.Id == "high");

        Assert.Null(high.Gap);
        Assert.Null(high.Grades.Mean);
        Assert.Equal(2, Tally().ByGap.Count());
    }

    [Fact]
    public void Values_that_are_no_ranks_or_grades_are_left_out()
    {
        Rank("leaders", 5, "low", "middle", "high");
        Grade("all", 5, ("low", 2), ("middle", 2), ("high", 70));

        Assert.Equal(["low", "middle"], Tally().ByGap.Select(r => r.Rung.Id));
    }

    [Fact]
    public async Task Room_and_phones_show_nothing_of_the_inputs_before_the_insight_is_on_stage()
    {
        Rank("leaders", 5, "low", "middle", "high");
        Grade("all", 5, ("low", 0), ("middle", 2.15), ("high", 4.3));

        foreach (var place in new[] { ViewPlace.Room, ViewPlace.Phone })
        {
            Assert.DoesNotContain("Rung low", await renderer.Html(Show(place, Phase.Waiting)), StringComparison.Ordinal);
            Assert.Contains("Rung low", await renderer.Html(Show(place, Phase.Revealed)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rungs_that_are_level_are_all_first_to_repair()
    {
        Rank("leaders", 5, "low", "middle", "high");
        Rank("leaders", 5, "middle", "low", "high");
        Grade("all", 5, ("low", 1), ("middle", 1), ("high", 4.3));

        var html = await renderer.Html(Show(ViewPlace.Room, Phase.Revealed));

        Assert.Equal(["middle", "low"], Tally().First!.Rungs.Select(r => r.Id));
        Assert.Contains("First rungs to repair, level", html, StringComparison.Ordinal);
        Assert.Contains("1=", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_says_what_is_missing()
    {
        Rank("leaders", 5, "low", "middle", "high");

        Assert.Contains("“Our grades” has no answers yet", WebUtility.HtmlDecode(await renderer.Html(Show(ViewPlace.Room, Phase.Revealed))), StringComparison.Ordinal);
    }

    private RulesContext Context => room.Context.Where(w => w with
    {
        Find = id => agenda.FirstOrDefault(a => a.Id == id),
        MeasuresOf = id => id == Priorities.Id ? [.. ranks] : id == Grades.Id ? [.. grades] : [],
    });

    private LadderGapTally Tally() => (LadderGapTally)room.Rules.Tally(Context, room.State);

    private ExerciseShow Show(ViewPlace place, Phase phase) => room.Show(place, phase) with { Context = Context with { Phase = phase } };

    private void Moderate((string Name, string Value) choice) =>
        Assert.IsType<Verdict.Accepted>(room.Give(AuthorKey.Facilitator, Fields.Of(("do", "view"), choice)));

    private void Rank(string perspective, int people, params string[] order)
    {
        for (var i = 0; i < people; i++)
        {
            var author = new AuthorKey(AuthorKind.Slot, Guid.NewGuid());
            ranks.AddRange(order.Select((item, index) => new Measure(author, "ladder.priority", perspective, item, index + 1)));
        }
    }

    private void Grade(string subject, int people, params (string Item, double Points)[] given)
    {
        for (var i = 0; i < people; i++)
        {
            var author = new AuthorKey(AuthorKind.Slot, Guid.NewGuid());
            grades.AddRange(given.Select(g => new Measure(author, "ladder.grade", subject, g.Item, g.Points)));
        }
    }

    private static Activity Input(string id, string title, string parts, string[] ids)
    {
        var settings = new Dictionary<string, object>
        {
            ["items"] = new[] { "low", "middle", "high" }.Select(i => new { id = i, label = $"Rung {i}" }),
            [parts] = ids.Select(i => new { id = i, label = char.ToUpperInvariant(i[0]) + i[1..] }),
        };
        return new Activity(
            new ActivityId(id), "any", title, "", 5, Anonymity.Anonymous, "", "", "", JsonSerializer.SerializeToElement(settings), SpeakerNotes.None);
    }
}
