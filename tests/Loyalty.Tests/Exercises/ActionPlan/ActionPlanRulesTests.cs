using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Plans;
using Loyalty.Web.Exercises.ActionPlan;

namespace Loyalty.Tests.Exercises.ActionPlan;

public sealed class ActionPlanRulesTests
{
    private static readonly AuthorKey Ann = AuthorKey.Of(new ParticipantId(new Guid(1, 0, 0, new byte[8])));
    private static readonly AuthorKey Ben = AuthorKey.Of(new ParticipantId(new Guid(2, 0, 0, new byte[8])));

    private readonly ActionPlanRules rules = new();
    private readonly RulesContext context;
    private AnswerState<PlanDocument> state = AnswerState<PlanDocument>.Empty;

    public ActionPlanRulesTests() => context = RulesContext.For(new Activity(
        new ActivityId("plan"), "action-plan", "Plan", "", 18, Anonymity.Facilitator, "What?", "", "",
        JsonSerializer.Deserialize<JsonElement>(new ActionPlanSample().Settings), SpeakerNotes.None));

    private PlanDocument Plan => state.Answers[Ann].Answer;

    private ActionPlanTally Tally => (ActionPlanTally)rules.Tally(context, state);

    /// <summary>Empty if it was taken, else code and field of each refusal.</summary>
    private string Send(AuthorKey author, params (string Name, string Value)[] fields)
    {
        switch (rules.Accept(context, state, EntryKey.New(), author, Fields.Of(fields)))
        {
            case Verdict.Accepted accepted:
                state = (AnswerState<PlanDocument>)accepted.Next;
                return "";
            case Verdict.Refused refused:
                return string.Join(' ', refused.Reasons.Select(r => $"{r.Code}:{r.Field}"));
            default:
                throw new InvalidOperationException();
        }
    }

    [Fact]
    public void Plan_keeps_every_field_of_a_commitment()
    {
        Assert.Equal("", Send(
            Ann, ("do", "final"), ("c1.what", "I greet every guest"), ("c1.opportunity", "attitude"), ("c1.rung", "personal-connection"), ("c1.situation", "At the desk"),
            ("c1.step", "Turn the screen"), ("c1.by", "2027-03-31"), ("c1.evidence", "They smile"), ("c1.help", "A second chair"), ("c1.partner", "Sam"), ("c1.checkins", "90"), ("c1.checkins", "30"),
            ("c1.expectation", "Every guest"), ("c1.feedback", "Priya"), ("c1.consequence", "Cake")));

        var c = Assert.Single(Plan.Commitments);
        Assert.Equal(
            (1, "attitude", "personal-connection", "I greet every guest", "At the desk", "Turn the screen", new DateOnly(2027, 3, 31), "They smile", "A second chair", "Sam"),
            (c.Number, c.Opportunity, c.Rung, c.What, c.Situation, c.FirstStep, c.By, c.Evidence, c.Help, c.Partner));
        Assert.Equal([30, 90], c.CheckIns);
        Assert.Equal(("Every guest", "Priya", "Cake"), (c.Expectation, c.Feedback, c.Consequence));
        Assert.Equal(PlanState.Final, Plan.State);
    }

    [Fact]
    public void Commitment_keeps_its_number_when_the_one_before_is_removed()
    {
        Send(Ann, ("c1.what", "one"), ("c2.what", "two"));
        Send(Ann, ("c1.what", ""), ("c2.what", "two"));
        Assert.Equal(2, Assert.Single(Plan.Commitments).Number);
    }

    [Fact]
    public void Ticked_check_ins_alone_are_no_commitment()
    {
        Send(Ann, ("c1.what", "one"), ("c1.checkins", "30"), ("c2.checkins", "30"));
        Assert.Single(Plan.Commitments);
    }

    [Fact]
    public void Own_plan_fills_the_form_so_that_sending_it_again_changes_nothing()
    {
        Send(Ann, ("do", "final"), ("c1.what", "one"), ("c1.checkins", "30"), ("c3.what", "three"), ("c3.by", "2027-01-02"));
        var before = JsonSerializer.Serialize(Plan, ExerciseJson.Options);

        var own = rules.Own(context, state, Ann);
        Assert.Equal("", Send(Ann, [.. own.Fields.SelectMany(f => f.Value.Select(v => (f.Key, v)))]));
        Assert.Equal(before, JsonSerializer.Serialize(Plan, ExerciseJson.Options));
        Assert.DoesNotContain("do", own.Fields.Keys);
    }

    [Fact]
    public void Draft_takes_a_half_written_date_and_keeps_the_rest()
    {
        Assert.Equal("", Send(Ann, ("do", "draft"), ("c1.what", "one"), ("c1.by", "0002-01-01")));
        Assert.Null(Plan.Commitments[0].By);
        Assert.Equal("date:c1.by", Send(Ann, ("do", "final"), ("c1.what", "one"), ("c1.by", "0002-01-01")));
    }

    [Fact]
    public void Being_done_needs_a_commitment_and_a_draft_does_not()
    {
        Assert.Equal("", Send(Ann, ("do", "draft")));
        Assert.Equal("no-commitment:c1.what", Send(Ann, ("do", "final"), ("c1.opportunity", "attitude")));
    }

    [Fact]
    public void Button_speaks_before_what_the_plan_was()
    {
        Send(Ann, ("do", "final"), ("state", "draft"), ("c1.what", "one"));
        Assert.Equal(PlanState.Final, Plan.State);
        Send(Ann, ("state", "final"), ("c1.what", "one, better"));
        Assert.Equal(PlanState.Final, Plan.State);
        Send(Ann, ("do", "draft"), ("state", "final"), ("c1.what", "one"));
        Assert.Equal(PlanState.Draft, Plan.State);
    }

    [Theory]
    [InlineData("do", "erase")]
    [InlineData("c1.opportunity", "luck")]
    [InlineData("c1.rung", "<b>")]
    public void Choice_that_is_not_on_the_form_is_refused(string name, string value) =>
        Assert.StartsWith("choice", Send(Ann, ("c1.what", "one"), (name, value)), StringComparison.Ordinal);

    [Fact]
    public void Facilitator_cannot_write_a_plan() => Assert.Equal("not-allowed:", Send(AuthorKey.Facilitator, ("c1.what", "one")));

    [Fact]
    public void Commitments_beyond_the_maximum_are_not_read()
    {
        Send(Ann, [.. Enumerable.Range(1, 7).Select(n => ($"c{n}.what", "x"))]);
        Assert.Equal(5, Plan.Commitments.Length);
    }

    [Fact]
    public void Whole_form_fits_into_one_input() =>
        Assert.True(
            (5 * (12 + Commitment.MaxCheckIns)) + 2 <= Fields.MaxCount
            && 5 * (Commitment.MaxWhat + (7 * Commitment.MaxDetail) + Commitment.MaxPartner + 300) <= Fields.MaxCharacters);

    [Fact]
    public void Plan_that_was_stored_before_there_was_accountability_reads_without_it()
    {
        const string Stored = """{"state":"final","commitments":[{"number":1,"opportunity":"attitude","rung":"","what":"one","situation":"","firstStep":"","by":"2027-01-02","evidence":"","help":"","partner":"Sam","checkIns":[30]}]}""";

        var plan = Assert.Single(rules.Plans(rules.Replay(context, state, EntryKey.New(), Ann, Stored, schemaVersion: 1))).Plan;

        Assert.Equal(("one", "", "", ""), (plan.Commitments[0].What, plan.Commitments[0].Expectation, plan.Commitments[0].Feedback, plan.Commitments[0].Consequence));
    }

    [Fact]
    public void Organisation_with_other_days_is_offered_those_and_no_others()
    {
        var changed = rules.WithCheckInDays(context.Activity, [14, 45]);
        Assert.Empty(rules.CheckSettings(changed.Settings));
        var other = RulesContext.For(changed);

        var verdict = rules.Accept(other, state, EntryKey.New(), Ann, Fields.Of(("c1.what", "one"), ("c1.checkins", "14"), ("c1.checkins", "30")));

        Assert.Equal([14], Assert.Single(rules.Plans(Assert.IsType<Verdict.Accepted>(verdict).Next)).Plan.Commitments[0].CheckIns);
    }

    [Theory]
    [InlineData("[0]")]
    [InlineData("[60,30]")]
    [InlineData("[30,30]")]
    [InlineData("[1,2,3,4,5]")]
    [InlineData("[361]")]
    public void Days_that_no_form_could_offer_are_refused(string days) =>
        Assert.NotEmpty(rules.CheckSettings(JsonDocument.Parse(new ActionPlanSample().Settings.TrimEnd()[..^1] + $", \"checkInDays\": {days} }}").RootElement));

    [Fact]
    public void Partner_is_taken_out_of_a_stored_plan_and_nothing_else_is()
    {
        Send(Ann, ("c1.what", "one"), ("c1.partner", "sam"), ("c2.what", "two"), ("c2.partner", "Samuel"));
        var json = JsonSerializer.Serialize(Plan, ExerciseJson.Options);

        var without = rules.WithoutPartner(json, rules.SchemaVersion, "Sam")!;

        Assert.DoesNotContain("\"sam\"", without, StringComparison.Ordinal);
        Assert.Contains("Samuel", without, StringComparison.Ordinal);
        Assert.Null(rules.WithoutPartner(without, rules.SchemaVersion, "Sam"));
    }

    [Fact]
    public void Tally_counts_commitments_and_the_people_behind_them()
    {
        Send(Ann, ("do", "final"), ("c1.what", "a"), ("c1.opportunity", "attitude"), ("c2.what", "b"), ("c2.opportunity", "attitude"), ("c2.step", "s"));
        Send(Ben, ("c1.what", "c"), ("c1.by", "2027-01-01"));

        Assert.Equal((2, 1, 3, 1, 1), (Tally.Plans, Tally.Final, Tally.Commitments, Tally.Dated, Tally.Started));
        var attitude = Tally.ByOpportunity[0];
        Assert.Equal((2, 1), (attitude.Commitments, attitude.People));
        Assert.Equal(("", 1), (Tally.ByOpportunity[^1].Item.Id, Tally.ByOpportunity[^1].Commitments));
    }

    [Fact]
    public void Empty_draft_is_not_counted_as_a_plan()
    {
        Send(Ann, ("do", "draft"));
        Assert.Equal(0, Tally.Plans);
    }

    [Fact]
    public void Measures_name_opportunity_and_rung()
    {
        Send(Ann, ("c1.what", "a"), ("c1.opportunity", "attitude"), ("c1.rung", "personal-connection"), ("c2.what", "b"));
        Assert.Equal(
            [new Measure(Ann, "plan.commitments", "attitude", "personal-connection", 1), new Measure(Ann, "plan.commitments", "", "", 1)],
            rules.Measures(context, state));
    }

    [Fact]
    public void Plan_source_gives_every_plan_in_an_order_that_arrival_does_not_change()
    {
        Send(Ben, ("c1.what", "b"));
        Send(Ann, ("c1.what", "a"));
        Assert.Equal([Ann, Ben], ((IPlanSource)rules).Plans(state).Select(p => p.Author));
    }

    [Fact]
    public void Sample_writes_plans_that_are_taken()
    {
        var sample = new ActionPlanSample();
        var random = new Random(5);
        for (var turn = 0; turn < 60; turn++)
        {
            var author = AuthorKey.Of(new ParticipantId(new Guid(100 + (turn % 20), 0, 0, new byte[8])));
            if (sample.Next(random, context, state, author) is { } fields)
                Assert.Equal("", Send(author, [.. fields.Names.SelectMany(name => fields.All(name).Select(value => (name, value)))]));
        }

        Assert.Equal(20, Tally.Plans);
        Assert.InRange(Tally.Final, 15, 20);
    }

    [Fact]
    public void Sample_has_enough_distinct_commitments() =>
        Assert.True(ActionPlanSampleCommitments.All.Select(c => c.What).Distinct(StringComparer.Ordinal).Count() >= 24);
}
