using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.GroupWork;

namespace Loyalty.Tests.Exercises.GroupWork;

public sealed class GroupWorkCaptureTests
{
    [Fact]
    public void Roles_are_dealt_by_seat_and_move_on_by_one_with_each_round()
    {
        var settings = JsonSerializer.Deserialize<GroupWorkSettings>(GroupWorkRun.RolePlay, ExerciseJson.Options)!;

        Assert.Equal(["employee", "customer", "observer", "observer"], Enumerable.Range(0, 4).Select(seat => settings.RoleOn(seat, 4, 0)!.Id));
        Assert.Equal(["observer", "employee", "customer", "observer"], Enumerable.Range(0, 4).Select(seat => settings.RoleOn(seat, 4, 1)!.Id));
        Assert.Equal(["customer", "employee"], Enumerable.Range(0, 2).Select(seat => settings.RoleOn(seat, 2, 1)!.Id));
    }

    [Fact]
    public void Teller_and_listener_swap_and_each_phone_is_told()
    {
        var run = new GroupWorkRun(GroupWorkRun.Pairs, people: 6);
        run.Next();
        run.Next();
        var first = Enumerable.Range(0, 6).Select(p => run.GivenTo(p, "role")).ToList();
        run.Next();

        Assert.Equal(3, first.Count(role => role == "teller"));
        Assert.All(Enumerable.Range(0, 6), p => Assert.Equal(first[p] == "teller" ? "listener" : "teller", run.GivenTo(p, "role")));
    }

    [Fact]
    public void Phone_is_given_the_members_of_its_group_with_their_roles_and_its_own_line_marked()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();

        var given = run.Rules.Given(run.Context, run.State, run.People[0].Id);

        Assert.Equal(run.State.Current.Seat(run.People).Of(run.People[0].Id)!.Members.Select(m => m.Name), given.Items.Select(i => i.Text));
        Assert.All(given.Items, item => Assert.Equal("member", item.Slot));
        Assert.Equal(["Employee", "Customer", "Observer"], given.Items.Take(3).Select(i => i.By));
        Assert.Equal(run.People[0].Name, Assert.Single(given.Items, i => i.Status == "you").Text);
    }

    [Fact]
    public void Given_is_not_an_answer()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();

        Assert.False(run.Rules.HasAnswered(run.Context, run.State, AuthorKey.Of(run.People[0].Id)));
        Assert.Equal(0, run.State.Respondents);
    }

    [Fact]
    public void What_was_written_in_one_round_and_sent_in_the_next_stays_where_it_belongs()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();
        run.Next();
        run.Give(0, ("as-it-happened.behaviour.greeting", "2"));
        run.Next();
        run.Give(0, ("with-enthusiasm.behaviour.greeting", "5"));
        run.Give(1, ("as-it-happened.behaviour.greeting", "1"));

        var greeting = run.Tally.Captures[0].Scores[0];

        Assert.Equal([(2, 1.5), (1, 5.0)], greeting.Rounds.Select(r => (r.Count, r.Mean!.Value)));
        Assert.Equal(3.5, greeting.Change);
    }

    [Fact]
    public void Average_of_too_few_is_nobodys_to_see_where_answers_are_anonymous()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay, anonymity: Anonymity.Anonymous);
        run.Next();
        run.Next();
        for (var person = 0; person < run.Context.Threshold; person++)
        {
            Assert.Null(run.Tally.Captures[0].Scores[0].Rounds[0].Mean);
            run.Give(person, ("as-it-happened.behaviour.greeting", "2"));
            Assert.Equal(person + 1, run.Tally.Captures[0].Scores[0].Rounds[0].Count);
        }

        Assert.Equal(2, run.Tally.Captures[0].Scores[0].Rounds[0].Mean);
    }

    [Fact]
    public void Round_that_has_not_begun_takes_nothing()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();
        Assert.Equal("no-round-yet", RefusalOf(run.Give(0, ("as-it-happened.felt", "2"))));

        run.Next();
        Assert.Equal("nothing-given", RefusalOf(run.Give(0, ("with-enthusiasm.felt", "2"))));
        Assert.Equal(0, run.State.Respondents);
    }

    [Fact]
    public void Answer_can_be_taken_back_and_then_counts_no_more()
    {
        var run = new GroupWorkRun(GroupWorkRun.Stories);
        run.Next();
        run.Next();
        run.Give(0, ("one.story", "Once upon a time."));

        Assert.IsType<Verdict.Accepted>(run.Give(0, ("one.story", "")));

        Assert.Equal(0, run.State.Respondents);
        Assert.Empty(run.Tally.Captures[0].Lines);
        Assert.True(run.Rules.HasAnswered(run.Context, run.State, AuthorKey.Of(run.People[0].Id))); // a used slot stays used
    }

    [Fact]
    public void Story_stands_with_its_group_and_its_score()
    {
        var run = new GroupWorkRun(GroupWorkRun.Stories);
        run.Next();
        run.Next();
        run.Give(4, ("one.story", "She never looked up."), ("one.go-back", "2"));

        var line = Assert.Single(run.Tally.Captures[0].Lines);

        Assert.Equal((run.State.Current.Seat(run.People).Of(run.People[4].Id)!.Number, 2, false), (line.Group!.Value, line.Score!.Value, line.Quotable));
    }

    [Fact]
    public void Story_without_consent_leaves_the_export_without_its_words()
    {
        var run = new GroupWorkRun(GroupWorkRun.Stories);
        run.Next();
        run.Next();
        run.Give(0, ("one.story", "For us only."));
        run.Give(1, ("one.story", "For everybody."), ("one.story.quotable", "on"));

        var rows = run.Rules.Export(run.Context, run.State).ToList();

        Assert.Equal([("story", "For everybody."), ("story-withheld", "")], rows.Select(r => (r.Item, r.Value)).Order());
    }

    [Fact]
    public void Tags_are_counted_whatever_their_capitals_and_a_suggestion_typed_is_the_suggestion()
    {
        var run = new GroupWorkRun(GroupWorkRun.Pairs);
        run.Next();
        run.Next();
        run.Give(0, ("one.factors", "listened"), ("one.factors.own", "Eye  contact, patience"));
        run.Give(1, ("one.factors.own", "LISTENED; eye contact"));
        run.Give(2, ("one.factors.own", "eye contact"));

        Assert.Equal([("eye contact", 3), ("listened", 2), ("patience", 1)], run.Tally.Captures[0].Tags.Select(t => (t.Text, t.Count)));
        Assert.Equal(["eye contact", "listened", "patience"], run.Rules.Items(run.Context, run.State).Select(i => i.Label));
        Assert.Equal("too-many-tags", RefusalOf(run.Give(3, ("one.factors", "listened"), ("one.factors.own", "a, b, c"))));
        Assert.Equal("choice", RefusalOf(run.Give(3, ("one.factors", "never suggested"))));
    }

    [Fact]
    public void Own_tags_fill_the_form_again_as_they_were_given()
    {
        var run = new GroupWorkRun(GroupWorkRun.Pairs);
        run.Next();
        run.Next();
        run.Give(0, ("one.factors", "listened"), ("one.factors.own", "patience, humour"));

        var own = run.Rules.Own(run.Context, run.State, AuthorKey.Of(run.People[0].Id));

        Assert.Equal(["listened"], own.Fields["one.factors"]);
        Assert.Equal(["patience, humour"], own.Fields["one.factors.own"]);
    }

    [Fact]
    public void Hidden_tag_goes_nowhere_and_comes_back_when_shown_again()
    {
        var run = new GroupWorkRun(GroupWorkRun.Pairs);
        run.Next();
        run.Next();
        run.Give(0, ("one.factors.own", "rude word, patience"));
        var id = run.Tally.Captures[0].Tags.Single(t => t.Text == "rude word").Id;

        Assert.IsType<Verdict.Accepted>(run.Lead(("do", "hide"), ("item", id)));
        Assert.Equal(["patience"], run.Rules.Items(run.Context, run.State).Select(i => i.Label));
        Assert.Equal(["patience"], run.Rules.Export(run.Context, run.State).Select(r => r.Value));

        run.Lead(("do", "show"), ("item", id));
        Assert.Equal(2, run.Rules.Items(run.Context, run.State).Length);
    }

    [Fact]
    public void Measures_name_the_round_as_subject_and_what_was_scored_as_item()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();
        run.Next();
        run.Give(0, ("as-it-happened.behaviour.tone", "4"), ("as-it-happened.felt", "3"));

        Assert.Equal(
            [("role-play.behaviour", "as-it-happened", "tone", 4.0), ("role-play.felt", "as-it-happened", "felt", 3.0)],
            run.Rules.Measures(run.Context, run.State).Select(m => (m.Name, m.Subject, m.Item, m.Value)));
    }

    [Fact]
    public void Measures_count_each_tag_that_is_not_hidden_under_the_id_of_its_item()
    {
        var run = new GroupWorkRun(GroupWorkRun.Pairs);
        run.Next();
        run.Next();
        run.Give(0, ("one.factors.own", "rude word, patience"));
        run.Give(1, ("one.factors.own", "Patience"));
        run.Lead(("do", "hide"), ("item", run.Tally.Captures[0].Tags.Single(t => t.Text == "rude word").Id));

        var patience = Assert.Single(run.Rules.Items(run.Context, run.State));

        Assert.Equal(
            [(GroupWorkRules.TagMeasure, patience.Id, 1.0), (GroupWorkRules.TagMeasure, patience.Id, 1.0)],
            run.Rules.Measures(run.Context, run.State).Select(m => (m.Name, m.Item, m.Value)));
    }

    [Fact]
    public void Before_the_reveal_the_groups_are_there_and_nothing_that_was_given()
    {
        var run = new GroupWorkRun(GroupWorkRun.Stories);
        run.Next();
        run.Next();
        run.Give(0, ("one.story", "Not yet."));

        var shown = (GroupWorkState)run.Rules.BeforeReveal(run.Activity, run.State);

        Assert.Equal((run.State.Current, 1), (shown.Current, shown.Part));
        Assert.Empty(shown.Given);
    }

    [Theory]
    [InlineData("""{ "rounds": [] }""")]
    [InlineData("""{ "rounds": [{ "id": "a.b", "label": "A" }] }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A", "minutes": 0 }] }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A" }], "groups": { "size": 4, "max": 3 } }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A" }], "roles": [{ "id": "x", "label": "X", "count": 2 }] }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A" }], "roles": [{ "id": "x", "label": "X", "count": "rest" }, { "id": "y", "label": "Y", "count": "rest" }] }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A" }], "captures": [{ "id": "c", "kind": "text", "label": "C", "role": "nobody" }] }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A" }], "captures": [{ "id": "c", "kind": "text", "label": "C", "round": "never" }] }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A" }], "captures": [{ "id": "c", "kind": "scores", "label": "C" }] }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A" }], "captures": [{ "id": "c", "kind": "scale", "label": "C", "min": 0, "maxValue": 100 }] }""")]
    [InlineData("""{ "rounds": [{ "id": "a", "label": "A" }], "captures": [{ "id": "c", "kind": "tags", "label": "C", "suggestions": ["a, b"] }] }""")]
    public void Settings_that_cannot_work_are_refused(string settings) =>
        Assert.NotEmpty(new GroupWorkRules().CheckSettings(JsonDocument.Parse(settings).RootElement));

    [Theory]
    [InlineData(Anonymity.Named, true)]
    [InlineData(Anonymity.Anonymous, false)]
    public void Number_of_the_group_stands_beside_a_text_only_where_the_author_is_known(Anonymity anonymity, bool known)
    {
        var run = new GroupWorkRun(GroupWorkRun.Stories, anonymity: anonymity);
        run.Next();
        run.Next();
        run.Give(known ? AuthorKey.Of(run.People[0].Id) : AuthorKey.Slot("a token"), ("do", "answer"), ("one.story", "A story."));

        Assert.Equal(known, Assert.Single(run.Tally.Captures[0].Lines).Group is not null);
    }

    private static string RefusalOf(Verdict verdict) => Assert.Single(Assert.IsType<Verdict.Refused>(verdict).Reasons).Code;
}
