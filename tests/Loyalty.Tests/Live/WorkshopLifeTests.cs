using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

/// <summary>From draft to the end: which step leads where, and what it does to what is on stage.</summary>
public sealed class WorkshopLifeTests
{
    private static readonly Command.Join Anna = Workshops.Join("Anna");

    private static LiveWorkshop In(WorkshopStatus status) => status switch
    {
        WorkshopStatus.Draft => Workshops.Draft(),
        WorkshopStatus.Live => Workshops.Draft().After(new Command.Start()),
        WorkshopStatus.Paused => Workshops.Draft().After(new Command.Start(), new Command.Pause()),
        WorkshopStatus.Ended => Workshops.Draft().After(new Command.Start(), new Command.End()),
    };

    public static TheoryData<WorkshopStatus, Command, WorkshopStatus> Steps => new()
    {
        { WorkshopStatus.Draft, new Command.Start(), WorkshopStatus.Live },
        { WorkshopStatus.Live, new Command.Pause(), WorkshopStatus.Paused },
        { WorkshopStatus.Paused, new Command.Resume(), WorkshopStatus.Live },
        { WorkshopStatus.Live, new Command.End(), WorkshopStatus.Ended },
        { WorkshopStatus.Paused, new Command.End(), WorkshopStatus.Ended },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_that_is_allowed_is_stored_and_drawn_on_every_screen(WorkshopStatus from, Command command, WorkshopStatus to)
    {
        var before = In(from);

        var decision = Decide.On(before, command, Workshops.Nine);

        Assert.IsType<Outcome.Done>(decision.Outcome);
        Assert.Equal([new LiveEvent.StatusChanged(to, Workshops.Nine)], decision.Events);
        Assert.Equal((to, before.Revision + 1, before.StageRevision + 1), (decision.Next.Status, decision.Next.Revision, decision.Next.StageRevision));
    }

    public static TheoryData<WorkshopStatus, Command, string> Refusals => new()
    {
        { WorkshopStatus.Draft, new Command.Pause(), "workshop-not-live" },
        { WorkshopStatus.Draft, new Command.Resume(), "workshop-not-live" },
        { WorkshopStatus.Draft, new Command.End(), "workshop-not-live" },
        { WorkshopStatus.Paused, new Command.Start(), "workshop-not-live" },
        { WorkshopStatus.Ended, new Command.Start(), "workshop-ended" },
        { WorkshopStatus.Ended, new Command.Pause(), "workshop-ended" },
        { WorkshopStatus.Ended, new Command.Resume(), "workshop-ended" },
        { WorkshopStatus.Draft, new Command.GoTo(Workshops.Named), "workshop-not-live" },
        { WorkshopStatus.Paused, new Command.GoTo(Workshops.Named), "workshop-not-live" },
        { WorkshopStatus.Ended, new Command.GoTo(Workshops.Named), "workshop-ended" },
        { WorkshopStatus.Draft, new Command.SetPhase(Phase.Open), "workshop-not-live" },
        { WorkshopStatus.Paused, new Command.SetPhase(Phase.Open), "workshop-not-live" },
        { WorkshopStatus.Ended, new Command.SetPhase(Phase.Open), "workshop-ended" },
        { WorkshopStatus.Draft, new Command.StartTimer(), "workshop-not-live" },
        { WorkshopStatus.Paused, new Command.AddTime(TimeSpan.FromMinutes(1)), "workshop-not-live" },
        { WorkshopStatus.Ended, new Command.ReplaceAgenda(Workshops.Agenda), "workshop-ended" },
        { WorkshopStatus.Draft, Anna, "workshop-not-live" },
        { WorkshopStatus.Ended, Anna, "workshop-ended" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Step_that_is_not_allowed_says_why(WorkshopStatus status, Command command, string code) =>
        Assert.Equal(code, In(status).RefusalOf(command));

    public static TheoryData<WorkshopStatus, Command> Again => new()
    {
        { WorkshopStatus.Live, new Command.Start() },
        { WorkshopStatus.Live, new Command.Resume() },
        { WorkshopStatus.Paused, new Command.Pause() },
        { WorkshopStatus.Ended, new Command.End() },
    };

    [Theory]
    [MemberData(nameof(Again))]
    public void Step_taken_twice_changes_nothing(WorkshopStatus status, Command command) =>
        Assert.IsType<Outcome.Done>(In(status).Unchanged(command));

    [Fact]
    public void Start_is_remembered_once()
    {
        var started = Decide.On(Workshops.Draft(), new Command.Start(), Workshops.Nine).Next;
        var resumed = Decide.On(started.After(new Command.Pause()), new Command.Resume(), Workshops.Nine.AddHours(1)).Next;

        Assert.Equal(Workshops.Nine, started.StartedAt);
        Assert.Equal(Workshops.Nine, resumed.StartedAt);
    }

    [Fact]
    public void Late_participant_can_join_a_paused_workshop() =>
        Assert.IsType<Outcome.Joined>(Decide.On(In(WorkshopStatus.Paused), Anna, Workshops.Nine).Outcome);

    [Fact]
    public void Pause_stops_the_timer_and_leaves_the_exercise_open()
    {
        var running = In(WorkshopStatus.Live).After(new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open), new Command.StartTimer());

        var decision = Decide.On(running, new Command.Pause(), Workshops.Nine.AddMinutes(4));

        var run = decision.Next.CurrentRun!;
        Assert.Equal((Phase.Open, null, TimeSpan.FromMinutes(4)), (run.Phase, run.OnStageSince, run.Spent));
        Assert.Equal(new Countdown(null, TimeSpan.FromMinutes(6)), run.Countdown);
        Assert.Equal([new LiveEvent.RunChanged(run), new LiveEvent.StatusChanged(WorkshopStatus.Paused, Workshops.Nine.AddMinutes(4))], decision.Events);
    }

    [Fact]
    public void Resume_lets_the_clock_run_and_not_the_timer()
    {
        var paused = In(WorkshopStatus.Live).After(new Command.GoTo(Workshops.Named), new Command.StartTimer(), new Command.Pause());

        var run = Decide.On(paused, new Command.Resume(), Workshops.Nine.AddMinutes(30)).Next.CurrentRun!;

        Assert.Equal(Workshops.Nine.AddMinutes(30), run.OnStageSince);
        Assert.Equal(new Countdown(null, TimeSpan.FromMinutes(10)), run.Countdown);
    }

    [Fact]
    public void End_closes_an_open_exercise_and_forgets_small_segments()
    {
        var join = Workshops.Join("Bo", "Kitchen");
        var open = Workshops.Draft("Kitchen").After(new Command.Start(), join, new Command.GoTo(Workshops.Anonymous), new Command.SetPhase(Phase.Open),
            Workshops.Word(join.Id, Workshops.Anonymous, "kind", Workshops.NewSlot()));

        var decision = Decide.On(open, new Command.End(), Workshops.Nine);

        Assert.Equal(Phase.Closed, decision.Next.PhaseOf(Workshops.Anonymous));
        Assert.Equal(["Kitchen"], Assert.Single(decision.Events.OfType<LiveEvent.SlotDepartmentsForgotten>()).Departments);
        Assert.Empty(decision.Next.Runs[Workshops.Anonymous].SlotDepartments);
        Assert.Equal(decision.Next.Runs[Workshops.Anonymous], Assert.Single(decision.Events.OfType<LiveEvent.RunChanged>()).Run);
    }

    [Fact]
    public void End_keeps_what_was_revealed_revealed()
    {
        var revealed = In(WorkshopStatus.Live).After(new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Revealed), new Command.End());

        Assert.Equal(Phase.Revealed, revealed.PhaseOf(Workshops.Named));
    }
}
