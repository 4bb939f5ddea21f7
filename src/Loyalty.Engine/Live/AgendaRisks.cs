using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Engine.Live;

/// <summary>Something about the rest of the day that the facilitator can still do something about.</summary>
public abstract record AgendaRisk
{
    private AgendaRisk()
    {
    }

    /// <summary>At this pace it will not be over when the day is; <paramref name="Minutes"/> of it fall after the end.</summary>
    public sealed record WillNotFit(Activity Activity, int Minutes) : AgendaRisk;

    /// <summary>It builds on something that was skipped or is not in the agenda. <paramref name="Input"/> is null if it is not in it.</summary>
    public sealed record InputMissing(Activity Activity, Activity? Input) : AgendaRisk;

    /// <summary>It builds on something that comes after it.</summary>
    public sealed record InputLater(Activity Activity, Activity Input) : AgendaRisk;
}

/// <summary>What is at risk in the rest of the day. Pure.</summary>
public static class AgendaRisks
{
    // The clock is drawn anew every few seconds; half a minute is no news.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    public static ImmutableArray<AgendaRisk> Of(LiveWorkshop workshop, AgendaForecast forecast) =>
        workshop.Status == WorkshopStatus.Ended ? [] : [.. TooLate(forecast), .. Inputs(workshop, forecast)];

    /// <summary>The steps still to come that build on this one, directly: what would be poorer if it were skipped.</summary>
    public static ImmutableArray<Activity> DependingOn(LiveWorkshop workshop, AgendaForecast forecast, Activity input) =>
        [.. forecast.Steps.Where(s => s.Mark == StepMark.Ahead && workshop.Rulebook.InputsOf(s.Activity).Contains(input.Id)).Select(s => s.Activity)];

    private static IEnumerable<AgendaRisk> TooLate(AgendaForecast forecast) =>
        from step in forecast.Steps
        where step is { Mark: StepMark.Ahead, ExpectedEnd: { } end } && end > forecast.PromisedEnd + Tolerance
        let begins = step.ExpectedStart > forecast.PromisedEnd ? step.ExpectedStart.Value : forecast.PromisedEnd
        let over = (int)Math.Ceiling((step.ExpectedEnd!.Value - begins).TotalMinutes)
        where over > 0
        select new AgendaRisk.WillNotFit(step.Activity, over);

    private static IEnumerable<AgendaRisk> Inputs(LiveWorkshop workshop, AgendaForecast forecast)
    {
        for (var i = 0; i < forecast.Steps.Length; i++)
        {
            if (forecast.Steps[i] is not { Mark: StepMark.Ahead or StepMark.OnStage } step)
                continue;
            foreach (var id in workshop.Rulebook.InputsOf(step.Activity).Distinct())
            {
                var place = forecast.Steps.Select(s => s.Activity.Id).ToList().IndexOf(id);
                if (place < 0)
                    yield return new AgendaRisk.InputMissing(step.Activity, null);
                else if (forecast.Steps[place] is { Mark: StepMark.Skipped } skipped)
                    yield return new AgendaRisk.InputMissing(step.Activity, skipped.Activity);
                else if (place > i && forecast.Steps[place] is { Mark: StepMark.Ahead } later && !workshop.Runs.ContainsKey(id))
                    yield return new AgendaRisk.InputLater(step.Activity, later.Activity);
            }
        }
    }
}
