using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

/// <summary>What is on stage, in which phase, with which countdown.</summary>
public sealed class StageTests
{
    private static readonly DateTimeOffset Nine = Workshops.Nine;

    private static LiveWorkshop Lobby => Workshops.LiveWithParts;

    private static LiveWorkshop On(ActivityId activity, params ReadOnlySpan<Command> then) => Lobby.After([new Command.GoTo(activity), .. then]);

    [Fact]
    public void Activity_comes_on_stage_waiting_and_its_clock_begins()
    {
        var decision = Decide.On(Lobby, new Command.GoTo(Workshops.Named), Nine);

        var run = decision.Next.CurrentRun!;
        Assert.Equal((Phase.Waiting, Nine, TimeSpan.Zero, null, false), (run.Phase, run.OnStageSince, run.Spent, run.Countdown, run.ShownWhileOpen));
        Assert.Equal([new LiveEvent.StageChanged(Workshops.Named), new LiveEvent.RunChanged(run)], decision.Events);
        Assert.Equal((Lobby.Revision + 1, Lobby.StageRevision + 1), (decision.Next.Revision, decision.Next.StageRevision));
    }

    [Fact]
    public void What_takes_no_answers_is_shown_at_once() => Assert.Equal(Phase.Revealed, On(Workshops.Talk).Phase);

    [Fact]
    public void Activity_that_is_on_stage_already_stays() =>
        Assert.IsType<Outcome.Done>(On(Workshops.Named).Unchanged(new Command.GoTo(Workshops.Named)));

    [Fact]
    public void Activity_that_is_not_in_the_agenda_is_refused() =>
        Assert.Equal("no-such-activity", Lobby.RefusalOf(new Command.GoTo(new ActivityId("elsewhere"))));

    [Fact]
    public void Lobby_clears_the_stage_and_stops_the_clock()
    {
        var decision = Decide.On(On(Workshops.Named), new Command.GoTo(null), Nine.AddMinutes(7));

        Assert.Null(decision.Next.OnStage);
        Assert.Null(decision.Next.Current);
        Assert.Null(decision.Next.CurrentRun);
        Assert.Equal(Phase.Waiting, decision.Next.Phase);
        var left = decision.Next.Runs[Workshops.Named];
        Assert.Equal((null, TimeSpan.FromMinutes(7)), (left.OnStageSince, left.Spent));
        Assert.Equal([new LiveEvent.RunChanged(left), new LiveEvent.StageChanged(null)], decision.Events);
    }

    [Fact]
    public void Activity_that_comes_back_goes_on_where_it_was()
    {
        var revealed = On(Workshops.Named, new Command.SetPhase(Phase.Revealed));
        var away = Decide.On(revealed, new Command.GoTo(Workshops.Lasting), Nine.AddMinutes(3)).Next;

        var back = Decide.On(away, new Command.GoTo(Workshops.Named), Nine.AddMinutes(9)).Next;

        Assert.Equal((Phase.Revealed, TimeSpan.FromMinutes(4)), (back.Phase, back.CurrentRun!.SpentAt(Nine.AddMinutes(10))));
    }

    [Fact]
    public void Phase_needs_something_on_stage() => Assert.Equal("not-on-stage", Lobby.RefusalOf(new Command.SetPhase(Phase.Open)));

    [Fact]
    public void Phase_that_it_has_already_changes_nothing() =>
        Assert.IsType<Outcome.Done>(On(Workshops.Named).Unchanged(new Command.SetPhase(Phase.Waiting)));

    [Theory]
    [InlineData(Phase.Open, "not-allowed")]
    [InlineData(Phase.Closed, "not-allowed")]
    public void What_takes_no_answers_can_neither_open_nor_close(Phase phase, string code) => Assert.Equal(code, On(Workshops.Talk).RefusalOf(new Command.SetPhase(phase)));

    [Fact]
    public void What_takes_no_answers_can_be_held_back_and_shown()
    {
        var held = On(Workshops.Talk, new Command.SetPhase(Phase.Waiting));

        Assert.Equal(Phase.Waiting, held.Phase);
        Assert.Equal(Phase.Revealed, held.After(new Command.SetPhase(Phase.Revealed)).Phase);
    }

    [Fact]
    public void New_phase_is_stored_and_drawn_on_every_screen()
    {
        var before = On(Workshops.Named);

        var decision = Decide.On(before, new Command.SetPhase(Phase.Open), Nine);

        Assert.Equal(Phase.Open, decision.Next.Phase);
        Assert.Equal([new LiveEvent.RunChanged(decision.Next.CurrentRun!)], decision.Events);
        Assert.Equal(before.StageRevision + 1, decision.Next.StageRevision);
    }

    [Theory]
    [InlineData(Phase.Closed)]
    [InlineData(Phase.Revealed)]
    public void Countdown_stops_with_what_is_left_when_answers_are_no_longer_taken(Phase phase)
    {
        var running = On(Workshops.Named, new Command.SetPhase(Phase.Open), new Command.StartTimer());

        var run = Decide.On(running, new Command.SetPhase(phase), Nine.AddMinutes(3)).Next.CurrentRun!;

        Assert.Equal((phase, new Countdown(null, TimeSpan.FromMinutes(7))), (run.Phase, run.Countdown));
    }

    [Fact]
    public void Countdown_goes_on_when_the_exercise_opens() =>
        Assert.True(On(Workshops.Named, new Command.StartTimer(), new Command.SetPhase(Phase.Open)).CurrentRun!.Countdown!.IsRunning);

    [Fact]
    public void Segments_are_forgotten_also_when_an_open_exercise_is_revealed_at_once()
    {
        var live = Workshops.Draft("Kitchen").After(new Command.Start(), new Command.GoTo(Workshops.Anonymous), new Command.SetPhase(Phase.Open));
        var join = Workshops.Join("Bo", "Kitchen");
        live = live.After(join, Workshops.Word(join.Id, Workshops.Anonymous, "kind", Workshops.NewSlot()));

        Assert.Empty(live.After(new Command.SetPhase(Phase.Revealed)).CurrentRun!.SlotDepartments);
        Assert.NotEmpty(live.After(new Command.SetPhase(Phase.Waiting)).CurrentRun!.SlotDepartments);
    }

    [Fact]
    public void Nothing_is_forgotten_where_nobody_answered() =>
        Assert.IsType<LiveEvent.RunChanged>(Assert.Single(Decide.On(On(Workshops.Anonymous, new Command.SetPhase(Phase.Open)), new Command.SetPhase(Phase.Closed), Nine).Events));

    [Fact]
    public void Results_are_shown_while_open_only_if_the_facilitator_says_so()
    {
        var open = On(Workshops.Named, new Command.SetPhase(Phase.Open));

        var decision = Decide.On(open, new Command.ShowWhileOpen(true), Nine);

        Assert.False(open.CurrentRun!.IsShown);
        Assert.True(decision.Next.CurrentRun!.IsShown);
        Assert.Equal([new LiveEvent.RunChanged(decision.Next.CurrentRun)], decision.Events);
        Assert.Equal(open.StageRevision + 1, decision.Next.StageRevision);
        Assert.IsType<Outcome.Done>(decision.Next.Unchanged(new Command.ShowWhileOpen(true)));
        Assert.False(decision.Next.After(new Command.SetPhase(Phase.Closed)).CurrentRun!.IsShown);
        Assert.True(open.After(new Command.SetPhase(Phase.Revealed)).CurrentRun!.IsShown);
    }

    [Fact]
    public void Showing_while_open_needs_something_on_stage() => Assert.Equal("not-on-stage", Lobby.RefusalOf(new Command.ShowWhileOpen(true)));

    [Fact]
    public void Countdown_needs_something_on_stage() => Assert.Equal("not-on-stage", Lobby.RefusalOf(new Command.StartTimer()));

    [Fact]
    public void Countdown_that_runs_is_not_started_again()
    {
        var running = On(Workshops.Named, new Command.StartTimer());

        Assert.Equal(running.CurrentRun!.Countdown, Decide.On(running, new Command.StartTimer(), Nine.AddMinutes(2)).Next.CurrentRun!.Countdown);
        Assert.IsType<Outcome.Done>(running.Unchanged(new Command.StartTimer()));
    }

    [Fact]
    public void Countdown_that_was_stopped_goes_on_with_what_is_left()
    {
        var stopped = Decide.On(On(Workshops.Named, new Command.StartTimer()), new Command.StopTimer(), Nine.AddMinutes(4)).Next;
        Assert.Equal(new Countdown(null, TimeSpan.FromMinutes(6)), stopped.CurrentRun!.Countdown);

        var again = Decide.On(stopped, new Command.StartTimer(), Nine.AddMinutes(20));

        Assert.Equal(new Countdown(Nine.AddMinutes(26), TimeSpan.FromMinutes(6)), again.Next.CurrentRun!.Countdown);
        Assert.Equal([new LiveEvent.RunChanged(again.Next.CurrentRun!)], again.Events);
        Assert.Equal(stopped.StageRevision + 1, again.Next.StageRevision);
    }

    [Fact]
    public void Stopping_a_countdown_that_there_is_not_changes_nothing() => Assert.IsType<Outcome.Done>(On(Workshops.Named).Unchanged(new Command.StopTimer()));

    [Fact]
    public void Time_added_without_a_countdown_starts_one() =>
        Assert.Equal(new Countdown(Nine.AddMinutes(2), TimeSpan.FromMinutes(2)), On(Workshops.Named, new Command.AddTime(TimeSpan.FromMinutes(2))).CurrentRun!.Countdown);

    [Fact]
    public void Time_added_to_a_stopped_countdown_does_not_start_it() =>
        Assert.Equal(
            new Countdown(null, TimeSpan.FromMinutes(11)),
            On(Workshops.Named, new Command.StartTimer(), new Command.StopTimer(), new Command.AddTime(TimeSpan.FromMinutes(1))).CurrentRun!.Countdown);

    [Fact]
    public void More_time_than_is_left_cannot_be_taken_away() =>
        Assert.Equal(
            new Countdown(Nine, TimeSpan.Zero),
            On(Workshops.Named, new Command.StartTimer(), new Command.AddTime(TimeSpan.FromMinutes(-30))).CurrentRun!.Countdown);

    [Fact]
    public void Room_that_is_dark_already_stays_as_it_is() => Assert.IsType<Outcome.Done>(Lobby.Unchanged(new Command.BlankRoom(false)));

    [Fact]
    public void Dark_room_is_news_to_the_screens() => Assert.Equal(Lobby.Revision + 1, Decide.On(Lobby, new Command.BlankRoom(true), Nine).Next.Revision);

    public static TheoryData<Activity> SpoiltSteps =>
    [
        Workshops.Step(Workshops.Named, "lasting"),
        Workshops.Step(Workshops.Named, anonymity: Anonymity.Anonymous),
        Workshops.Step(Workshops.Named) with { Settings = System.Text.Json.JsonSerializer.SerializeToElement(new { listFrom = "talk" }) },
    ];

    [Theory]
    [MemberData(nameof(SpoiltSteps))]
    public void Activity_that_was_on_stage_keeps_type_label_and_settings(Activity spoilt) =>
        Assert.Equal("agenda-run-changed", On(Workshops.Named).RefusalOf(new Command.ReplaceAgenda([spoilt, .. Lobby.Agenda[1..]])));

    [Fact]
    public void Activity_that_was_on_stage_may_be_called_something_else()
    {
        var before = On(Workshops.Named);

        var decision = Decide.On(before, new Command.ReplaceAgenda([before.Agenda[0] with { Title = "Better", Minutes = 20 }, .. before.Agenda[1..]]), Nine);

        Assert.Equal("Better", decision.Next.Current!.Title);
        Assert.Equal(decision.Next.Agenda, Assert.IsType<LiveEvent.AgendaReplaced>(Assert.Single(decision.Events)).Agenda);
        Assert.Equal(before.StageRevision + 1, decision.Next.StageRevision);
    }

    [Fact]
    public void Activity_that_was_never_on_stage_may_become_another() =>
        Assert.Equal("lasting", On(Workshops.Talk).After(new Command.ReplaceAgenda([Workshops.Step(Workshops.Named, "lasting"), .. Lobby.Agenda[1..]])).Agenda[0].Type);

    public static TheoryData<Activity> BadSteps =>
    [
        Workshops.Step(new ActivityId("new"), "no-such-type"),
        Workshops.Step(Workshops.Named),
        Workshops.Step(new ActivityId("new")) with { Settings = System.Text.Json.JsonSerializer.SerializeToElement(3) },
    ];

    [Theory]
    [MemberData(nameof(BadSteps))]
    public void Agenda_with_a_step_that_cannot_run_is_refused(Activity bad) =>
        Assert.Equal("agenda-not-valid", Lobby.RefusalOf(new Command.ReplaceAgenda(Lobby.Agenda.Add(bad))));
}
