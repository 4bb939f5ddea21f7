using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Features.Console;

/// <summary>
/// The agenda as it would be after a change on the day. Pure. What has been on stage stays where it is; the rest is free.
/// </summary>
internal static class DayChange
{
    /// <summary>The steps that can still be changed: everything that has not been on stage.</summary>
    public static IEnumerable<Activity> Open(LiveWorkshop workshop) => workshop.Agenda.Where(a => IsOpen(workshop, a));

    public static ImmutableArray<Activity> SetMinutes(LiveWorkshop workshop, ActivityId id, int minutes) =>
        Change(workshop, id, a => a with { Minutes = Math.Clamp(minutes, Activity.MinMinutes, Activity.MaxMinutes) });

    /// <summary>Leaves a step out today. It stays in the agenda.</summary>
    public static ImmutableArray<Activity> Skip(LiveWorkshop workshop, ActivityId id) => Change(workshop, id, a => a with { SetAside = true });

    /// <summary>Takes a step up again: at its place if that is still to come, else as the next one.</summary>
    public static ImmutableArray<Activity> TakeUp(LiveWorkshop workshop, ActivityId id)
    {
        var agenda = Change(workshop, id, a => a with { SetAside = false });
        var from = IndexOf(workshop, id);
        var next = NextPlace(workshop);
        return from >= next ? agenda : agenda.RemoveAt(from).Insert(next - 1, agenda[from]);
    }

    /// <summary>Whether a step has another one before or after it that it can change places with.</summary>
    public static bool CanMove(LiveWorkshop workshop, ActivityId id, int by) =>
        IndexOf(workshop, id) + by is var to && to >= 0 && to < workshop.Agenda.Length && IsOpen(workshop, workshop.Agenda[to]);

    /// <param name="by">-1 for earlier, 1 for later.</param>
    public static ImmutableArray<Activity> Move(LiveWorkshop workshop, ActivityId id, int by)
    {
        var from = IndexOf(workshop, id);
        return CanMove(workshop, id, by) ? workshop.Agenda.RemoveAt(from).Insert(from + by, workshop.Agenda[from]) : workshop.Agenda;
    }

    /// <summary>Puts an activity in as the next step, under an id of its own.</summary>
    public static ImmutableArray<Activity> Insert(LiveWorkshop workshop, Activity activity)
    {
        var id = Slug.Of(activity.Id.Value, workshop.Agenda.Select(a => a.Id.Value), "step");
        return workshop.Agenda.Insert(NextPlace(workshop), activity with { Id = new ActivityId(id) });
    }

    private static bool IsOpen(LiveWorkshop workshop, Activity activity) => !workshop.Runs.ContainsKey(activity.Id);

    // After what is on stage; from the lobby, after the last step that was.
    private static int NextPlace(LiveWorkshop workshop)
    {
        if (workshop.OnStage is { } id)
            return IndexOf(workshop, id) + 1;
        for (var i = workshop.Agenda.Length; i > 0; i--)
        {
            if (!IsOpen(workshop, workshop.Agenda[i - 1]))
                return i;
        }

        return 0;
    }

    private static int IndexOf(LiveWorkshop workshop, ActivityId id) => workshop.Agenda.Select(a => a.Id).ToList().IndexOf(id);

    private static ImmutableArray<Activity> Change(LiveWorkshop workshop, ActivityId id, Func<Activity, Activity> change) =>
        [.. workshop.Agenda.Select(a => a.Id == id && IsOpen(workshop, a) ? change(a) : a)];
}
