using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class AgendaClockTests
{
    private static readonly DateTimeOffset Nine = Workshops.Nine;

    /// <summary>Three steps of ten minutes, started at nine.</summary>
    private static LiveWorkshop Started => Workshops.Draft().After(new Command.Start());

    private static LiveWorkshop At(LiveWorkshop workshop, int minute, Command command)
    {
        var decision = Decide.On(workshop, command, Nine.AddMinutes(minute));
        Assert.IsType<Loyalty.Engine.Live.Outcome.Done>(decision.Outcome);
        return decision.Next;
    }

    private static AgendaForecast Forecast(LiveWorkshop workshop, int minute) => AgendaClock.At(workshop, Nine.AddMinutes(minute));

    [Fact]
    public void Draft_counts_from_now()
    {
        var forecast = Forecast(Workshops.Draft(), 45);

        Assert.Equal(Nine.AddMinutes(45), forecast.Start);
        Assert.Equal(Nine.AddMinutes(75), forecast.ExpectedEnd);
        Assert.Equal(TimeSpan.Zero, forecast.Delay);
    }

    [Fact]
    public void Time_in_the_lobby_is_delay()
    {
        var forecast = Forecast(Started, 7);

        Assert.Equal(TimeSpan.FromMinutes(7), forecast.Delay);
        Assert.Equal([Nine, Nine.AddMinutes(10), Nine.AddMinutes(20)], forecast.Steps.Select(s => s.PlannedStart));
        Assert.Equal([Nine.AddMinutes(7), Nine.AddMinutes(17), Nine.AddMinutes(27)], forecast.Steps.Select(s => s.ExpectedStart!.Value));
    }

    [Fact]
    public void Step_within_its_minutes_ends_as_planned()
    {
        var workshop = At(Started, 0, new Command.GoTo(Workshops.Named));

        var forecast = Forecast(workshop, 4);

        Assert.Equal(TimeSpan.Zero, forecast.Delay);
        var step = forecast.Steps[0];
        Assert.Equal((StepMark.OnStage, TimeSpan.FromMinutes(4), Nine.AddMinutes(10)), (step.Mark, step.Spent, step.ExpectedEnd));
        Assert.Null(step.ExpectedStart);
    }

    [Fact]
    public void Step_over_its_minutes_pushes_the_rest()
    {
        var workshop = At(Started, 0, new Command.GoTo(Workshops.Named));

        var forecast = Forecast(workshop, 13);

        Assert.Equal(TimeSpan.FromMinutes(3), forecast.Delay);
        Assert.Equal(Nine.AddMinutes(13), forecast.Steps[1].ExpectedStart);
        Assert.Equal(Nine.AddMinutes(10), forecast.Steps[1].PlannedStart);
    }

    [Fact]
    public void Step_left_early_gives_its_minutes_back()
    {
        var workshop = At(At(Started, 0, new Command.GoTo(Workshops.Named)), 6, new Command.GoTo(Workshops.Anonymous));

        var forecast = Forecast(workshop, 6);

        Assert.Equal(TimeSpan.FromMinutes(-4), forecast.Delay);
        Assert.Equal((StepMark.Done, TimeSpan.FromMinutes(6)), (forecast.Steps[0].Mark, forecast.Steps[0].Spent));
        Assert.Null(forecast.Steps[0].ExpectedEnd);
    }

    [Fact]
    public void Skipped_step_takes_no_time()
    {
        var workshop = At(Started, 0, new Command.GoTo(Workshops.Lasting));

        var forecast = Forecast(workshop, 0);

        Assert.Equal([StepMark.Skipped, StepMark.Skipped, StepMark.OnStage], forecast.Steps.Select(s => s.Mark));
        Assert.Equal(Nine.AddMinutes(10), forecast.ExpectedEnd);
    }

    [Fact]
    public void Step_jumped_back_before_has_only_its_rest_left()
    {
        var workshop = At(At(Started, 0, new Command.GoTo(Workshops.Anonymous)), 4, new Command.GoTo(Workshops.Named));

        var forecast = Forecast(workshop, 4);

        // Ten for the first, six that are left of the second, ten for the third.
        Assert.Equal(Nine.AddMinutes(4 + 10 + 6 + 10), forecast.ExpectedEnd);
    }

    [Fact]
    public void Revealed_step_ahead_takes_no_time_again()
    {
        var workshop = At(At(Started, 0, new Command.GoTo(Workshops.Anonymous)), 2, new Command.SetPhase(Phase.Revealed));
        workshop = At(workshop, 2, new Command.GoTo(Workshops.Named));

        Assert.Equal(Nine.AddMinutes(2 + 10 + 10), Forecast(workshop, 2).ExpectedEnd);
    }

    [Fact]
    public void Pause_is_delay_and_stops_the_step()
    {
        var workshop = At(At(Started, 0, new Command.GoTo(Workshops.Named)), 5, new Command.Pause());

        var forecast = Forecast(workshop, 25);

        Assert.Equal(TimeSpan.FromMinutes(20), forecast.Delay);
        Assert.Equal(TimeSpan.FromMinutes(5), forecast.Steps[0].Spent);
    }

    [Fact]
    public void Lobby_stands_behind_what_was_on_stage_last()
    {
        var workshop = At(At(Started, 0, new Command.GoTo(Workshops.Named)), 6, new Command.GoTo(null));

        Assert.Equal([StepMark.Done, StepMark.Ahead, StepMark.Ahead], Forecast(workshop, 6).Steps.Select(s => s.Mark));
    }

    [Fact]
    public void Ended_workshop_expects_nothing_more()
    {
        var workshop = At(At(Started, 0, new Command.GoTo(Workshops.Named)), 5, new Command.End());

        var forecast = Forecast(workshop, 600);

        Assert.Equal(TimeSpan.Zero, forecast.Delay);
        Assert.Equal([StepMark.Done, StepMark.Skipped, StepMark.Skipped], forecast.Steps.Select(s => s.Mark));
        Assert.All(forecast.Steps, s => Assert.Null(s.ExpectedEnd));
    }

    [Fact]
    public void Unknown_start_is_guessed_from_the_time_on_stage()
    {
        var workshop = At(Started, 30, new Command.GoTo(Workshops.Named)) with { StartedAt = null };

        Assert.Equal(Nine.AddMinutes(30), Forecast(workshop, 38).Start);
    }

    [Fact]
    public void Restart_keeps_the_start()
    {
        var restored = Restore.From(Workshops.Stored(WorkshopStatus.Live) with { StartedAt = Nine }, Workshops.Rulebook, Nine.AddMinutes(50));

        Assert.Equal(Nine, Forecast(restored, 50).Start);
    }

    /// <summary>Whatever the agenda, wherever it stands and whatever the time: the forecast is one unbroken line from now to its end.</summary>
    [Fact]
    public void Forecast_is_contiguous_and_adds_up()
    {
        var cases = from minutes in Gen.Choose(1, 90).NonEmptyListOf()
                    from stage in Gen.Choose(0, minutes.Count - 1)
                    from spent in Gen.Choose(0, 200)
                    select (Minutes: minutes.ToImmutableArray(), Stage: stage, Spent: spent);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var agenda = c.Minutes.Select((m, i) => Workshops.Agenda[0] with { Id = new ActivityId($"a{i}"), Minutes = m }).ToImmutableArray();
            var started = Started with { Agenda = agenda };
            var workshop = At(started, 0, new Command.GoTo(agenda[c.Stage].Id));
            var now = Nine.AddMinutes(c.Spent);

            var forecast = AgendaClock.At(workshop, now);

            var rest = forecast.Steps.Skip(c.Stage).ToList();
            Assert.Equal(c.Minutes.Sum(), (forecast.PlannedEnd - forecast.Start).TotalMinutes);
            Assert.True(rest[0].ExpectedEnd >= now);
            Assert.All(rest.Zip(rest.Skip(1)), pair => Assert.Equal(pair.First.ExpectedEnd, pair.Second.ExpectedStart));
            Assert.Equal(rest[^1].ExpectedEnd, forecast.ExpectedEnd);
            var over = Math.Max(0, c.Spent - c.Minutes[c.Stage]);
            Assert.Equal(over - c.Minutes.Take(c.Stage).Sum(), forecast.Delay.TotalMinutes);
        }).QuickCheckThrowOnFailure();
    }
}
