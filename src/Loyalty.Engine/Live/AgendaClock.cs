using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Engine.Live;

/// <summary>Where a step of the agenda is.</summary>
public enum StepMark
{
    /// <summary>Still to come.</summary>
    Ahead,

    OnStage,

    /// <summary>It was on stage, and the agenda has moved past it.</summary>
    Done,

    /// <summary>The agenda has moved past it without it, or it was set aside.</summary>
    Skipped,
}

/// <summary>One step of the agenda against the clock.</summary>
/// <param name="PlannedStart">When it was to begin, counted from the moment that the workshop started.</param>
/// <param name="PlannedEnd">When it was to end.</param>
/// <param name="Spent">Time that it has been on stage so far.</param>
/// <param name="ExpectedStart">When it will begin if everything from now on takes its planned time; null unless it is still to come.</param>
/// <param name="ExpectedEnd">When it will end; null if it is past.</param>
public sealed record AgendaStep(
    Activity Activity,
    StepMark Mark,
    DateTimeOffset PlannedStart,
    DateTimeOffset PlannedEnd,
    TimeSpan Spent,
    DateTimeOffset? ExpectedStart,
    DateTimeOffset? ExpectedEnd);

/// <summary>The day as planned and as it will be.</summary>
/// <param name="ExpectedEnd">When the last step will end; the planned end once the workshop has ended.</param>
public sealed record AgendaForecast(ImmutableArray<AgendaStep> Steps, DateTimeOffset Start, DateTimeOffset PlannedEnd, DateTimeOffset ExpectedEnd)
{
    /// <summary>How much later than promised the day will end; negative if earlier.</summary>
    public TimeSpan Delay => ExpectedEnd - PromisedEnd;

    /// <summary>When the room was told that it would be over; the planned end if nobody said.</summary>
    public DateTimeOffset PromisedEnd { get; init; } = PlannedEnd;
}

/// <summary>Planned against actual time, and what the difference does to the rest of the day. Pure.</summary>
public static class AgendaClock
{
    /// <summary>
    /// The forecast at this moment. Steps ahead take their planned time, less what was spent on them already if the agenda has
    /// jumped back before them; what was skipped takes none; a step on stage never ends before now.
    /// </summary>
    /// <remarks>Before the start, the plan counts from now: what the day would be if it began at once.</remarks>
    public static AgendaForecast At(LiveWorkshop workshop, DateTimeOffset now)
    {
        var start = StartOf(workshop, now);
        var position = PositionOf(workshop);
        var ended = workshop.Status == WorkshopStatus.Ended;
        var steps = ImmutableArray.CreateBuilder<AgendaStep>(workshop.Agenda.Length);
        var planned = start;
        var expected = now;
        for (var i = 0; i < workshop.Agenda.Length; i++)
        {
            var activity = workshop.Agenda[i];
            var run = workshop.Runs.GetValueOrDefault(activity.Id);
            var spent = run?.SpentAt(now) ?? TimeSpan.Zero;
            var plannedEnd = planned + TimeSpan.FromMinutes(activity.Minutes);
            var mark = MarkOf(workshop, activity, run, i, position);
            DateTimeOffset? expectedStart = null;
            DateTimeOffset? expectedEnd = null;
            if (!ended && mark is StepMark.Ahead or StepMark.OnStage)
            {
                expectedStart = mark == StepMark.Ahead ? expected : null;
                expected += LeftOf(activity, run, spent, mark);
                expectedEnd = expected;
            }

            steps.Add(new AgendaStep(activity, mark, planned, plannedEnd, spent, expectedStart, expectedEnd));
            planned = plannedEnd;
        }

        return new AgendaForecast(steps.MoveToImmutable(), start, planned, ended ? planned : expected)
        {
            PromisedEnd = workshop.Info.SlotMinutes is { } slot ? start + TimeSpan.FromMinutes(slot) : planned,
        };
    }

    private static DateTimeOffset StartOf(LiveWorkshop workshop, DateTimeOffset now)
    {
        if (workshop.Status == WorkshopStatus.Draft)
            return now;

        // Without a known start, the time spent on stage is the best that can be said; the lobby and pauses are missing from it.
        return workshop.StartedAt ?? now - workshop.Runs.Values.Aggregate(TimeSpan.Zero, (sum, run) => sum + run.SpentAt(now));
    }

    // In the lobby, the agenda stands just before the step after the last one that was on stage: a half counts as "between".
    private static double PositionOf(LiveWorkshop workshop)
    {
        var last = -0.5;
        for (var i = 0; i < workshop.Agenda.Length; i++)
        {
            if (workshop.Agenda[i].Id == workshop.OnStage)
                return i;
            if (workshop.Runs.ContainsKey(workshop.Agenda[i].Id))
                last = i + 0.5;
        }

        return last;
    }

    private static StepMark MarkOf(LiveWorkshop workshop, Activity activity, ActivityRun? run, int index, double position)
    {
        if (activity.Id == workshop.OnStage)
            return workshop.Status == WorkshopStatus.Ended ? StepMark.Done : StepMark.OnStage;
        if (index < position || workshop.Status == WorkshopStatus.Ended)
            return run is null ? StepMark.Skipped : StepMark.Done;
        return activity.SetAside && run is null ? StepMark.Skipped : StepMark.Ahead;
    }

    private static TimeSpan LeftOf(Activity activity, ActivityRun? run, TimeSpan spent, StepMark mark)
    {
        // Already discussed once: coming past it again takes no time of its own.
        if (mark == StepMark.Ahead && run?.Phase == Exercises.Phase.Revealed)
            return TimeSpan.Zero;
        var left = TimeSpan.FromMinutes(activity.Minutes) - spent;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
