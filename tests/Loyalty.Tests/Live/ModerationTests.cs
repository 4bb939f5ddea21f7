using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

/// <summary>What the facilitator does to an exercise from the console.</summary>
public sealed class ModerationTests
{
    private static LiveWorkshop On(ActivityId activity) => Workshops.LiveWithParts.After(new Command.GoTo(activity));

    private static Command.Moderate Do(ActivityId activity, Fields fields) => new(EntryKey.New(), activity, fields);

    [Fact]
    public void Remark_within_a_part_is_stored_under_the_facilitator_and_leaves_the_phones_alone()
    {
        var before = On(Workshops.Parts).After(new Command.BlankRoom(true));
        var remark = Do(Workshops.Parts, PartsRules.Remark);

        var decision = Decide.On(before, remark, Workshops.Nine.AddMinutes(1));

        Assert.Equal(new Outcome.Saved(remark.Key), decision.Outcome);
        var entry = Assert.IsType<LiveEvent.EntryAccepted>(Assert.Single(decision.Events)).Entry;
        Assert.Equal((remark.Key, Workshops.Parts, AuthorKey.Facilitator, null), (entry.Key, entry.Activity, entry.Author, entry.SlotDepartment));
        Assert.Equal(("parts", 1, Workshops.Nine.AddMinutes(1)), (entry.Type, entry.SchemaVersion, entry.At));
        Assert.Equal((before.Revision + 1, before.StageRevision), (decision.Next.Revision, decision.Next.StageRevision));
        Assert.True(decision.Next.RoomIsBlank);
        Assert.Null(decision.Next.CurrentRun!.Countdown);
    }

    [Fact]
    public void Next_part_is_drawn_on_every_screen_with_its_own_countdown()
    {
        var before = On(Workshops.Parts).After(new Command.BlankRoom(true));

        var decision = Decide.On(before, Do(Workshops.Parts, PartsRules.Next), Workshops.Nine);

        var run = decision.Next.CurrentRun!;
        Assert.Equal(1, ((PartsState)run.State).Part);
        Assert.Equal(new Countdown(Workshops.Nine + PartsRules.Length, PartsRules.Length), run.Countdown);
        Assert.Collection(decision.Events, e => Assert.IsType<LiveEvent.EntryAccepted>(e), e => Assert.Equal(new LiveEvent.RunChanged(run), e));
        Assert.Equal(before.StageRevision + 1, decision.Next.StageRevision);
        Assert.False(decision.Next.RoomIsBlank);
    }

    [Fact]
    public void What_takes_no_answers_is_drawn_anew_with_every_remark() =>
        Assert.Equal(On(Workshops.Talk).StageRevision + 1, On(Workshops.Talk).After(Do(Workshops.Talk, PartsRules.Remark)).StageRevision);

    [Fact]
    public void Part_of_what_is_no_longer_on_stage_changes_no_screen()
    {
        var away = On(Workshops.Parts).After(new Command.GoTo(Workshops.Named));

        var decision = Decide.On(away, Do(Workshops.Parts, PartsRules.Next), Workshops.Nine);

        Assert.IsType<LiveEvent.EntryAccepted>(Assert.Single(decision.Events));
        Assert.Equal(away.StageRevision, decision.Next.StageRevision);
        Assert.Null(decision.Next.Runs[Workshops.Parts].Countdown);
    }

    [Fact]
    public void Action_sent_again_is_saved_once()
    {
        var next = Do(Workshops.Parts, PartsRules.Next);

        Assert.Equal(new Outcome.Saved(next.Key), On(Workshops.Parts).After(next).Unchanged(next));
    }

    [Fact]
    public void Action_on_what_was_never_on_stage_is_refused()
    {
        Assert.Equal("not-on-stage", On(Workshops.Named).RefusalOf(Do(Workshops.Parts, PartsRules.Next)));
        Assert.Equal("not-on-stage", On(Workshops.Named).RefusalOf(Do(new ActivityId("elsewhere"), PartsRules.Next)));
    }

    [Fact]
    public void Action_that_the_rules_refuse_changes_nothing()
    {
        var refused = Assert.IsType<Outcome.Refused>(On(Workshops.Named).Unchanged(Do(Workshops.Named, Fields.Of(("word", "kind")))));

        Assert.Equal("not-allowed", Assert.Single(refused.Reasons).Code);
    }
}
