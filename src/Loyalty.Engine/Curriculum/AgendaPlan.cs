using System.Collections.Immutable;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Engine.Curriculum;

/// <summary>One step of an agenda with the times of day at which it begins and ends.</summary>
public sealed record PlannedStep(Activity Activity, TimeOnly Begins, TimeOnly Ends);

/// <summary>Something that a facilitator should know about an agenda before the day. It advises and never forbids.</summary>
public abstract record AgendaWarning
{
    private AgendaWarning()
    {
    }

    /// <summary>It is longer than the time that there is, by so many minutes.</summary>
    public sealed record OverSlot(int Minutes) : AgendaWarning;

    /// <summary>From the beginning of one step to the end of the other there is no break.</summary>
    public sealed record NoBreak(Activity First, Activity Last, int Minutes) : AgendaWarning;

    /// <summary>A step builds on an activity that is not in the agenda.</summary>
    public sealed record MissingInput(Activity Activity, ActivityId Input) : AgendaWarning;

    /// <summary>A step builds on an activity that comes after it.</summary>
    public sealed record LateInput(Activity Activity, Activity Input) : AgendaWarning;
}

/// <summary>An agenda against the clock, before the day. Pure.</summary>
/// <param name="Minutes">All steps together.</param>
/// <param name="Left">What is left of the slot; negative if it is too long.</param>
public sealed record AgendaPlan(ImmutableArray<PlannedStep> Steps, int Minutes, int Left, ImmutableArray<AgendaWarning> Warnings)
{
    /// <summary>The longest that people should sit without a break, in minutes.</summary>
    public const int LongestWithoutBreak = 120;

    /// <param name="slotMinutes">The time that there is.</param>
    public static AgendaPlan Of(ImmutableArray<Activity> agenda, TimeOnly start, int slotMinutes, ExerciseRulebook rulebook)
    {
        var steps = ImmutableArray.CreateBuilder<PlannedStep>(agenda.Length);
        var begins = start;
        foreach (var activity in agenda)
        {
            var ends = begins.AddMinutes(activity.Minutes);
            steps.Add(new PlannedStep(activity, begins, ends));
            begins = ends;
        }

        var minutes = agenda.Sum(a => a.Minutes);
        var warnings = Stretches(agenda).Concat(InputsOf(agenda, rulebook));
        if (minutes > slotMinutes)
            warnings = warnings.Prepend(new AgendaWarning.OverSlot(minutes - slotMinutes));
        return new AgendaPlan(steps.MoveToImmutable(), minutes, slotMinutes - minutes, [.. warnings]);
    }

    /// <summary>Inputs that a step would have to do without, in the order of the agenda.</summary>
    public static IEnumerable<AgendaWarning> InputsOf(ImmutableArray<Activity> agenda, ExerciseRulebook rulebook)
    {
        for (var i = 0; i < agenda.Length; i++)
        {
            foreach (var input in rulebook.InputsOf(agenda[i]).Distinct())
            {
                var place = agenda.Select(a => a.Id).ToList().IndexOf(input);
                if (place < 0)
                    yield return new AgendaWarning.MissingInput(agenda[i], input);
                else if (place > i)
                    yield return new AgendaWarning.LateInput(agenda[i], agenda[place]);
            }
        }
    }

    private static IEnumerable<AgendaWarning> Stretches(ImmutableArray<Activity> agenda)
    {
        var first = 0;
        for (var i = 0; i <= agenda.Length; i++)
        {
            if (i < agenda.Length && !agenda[i].IsBreak)
                continue;
            var minutes = agenda.Skip(first).Take(i - first).Sum(a => a.Minutes);
            if (minutes > LongestWithoutBreak)
                yield return new AgendaWarning.NoBreak(agenda[first], agenda[i - 1], minutes);
            first = i + 1;
        }
    }
}
