using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Web.Features.Programmes;

/// <summary>A programme that is being edited, with the way back. Nothing is stored until it is saved.</summary>
internal sealed class ProgrammeDraft(Programme programme)
{
    private const int MostSteps = 100;

    private readonly LinkedList<Programme> earlier = [];
    private Programme saved = programme;

    public Programme Now { get; private set; } = programme;

    public bool CanUndo => earlier.Count > 0;

    public bool IsChanged => !ReferenceEquals(Now, saved);

    public bool IsFull => Now.Activities.Length >= Programme.MaxActivities;

    /// <summary>What is there now has been stored.</summary>
    public void MarkSaved() => saved = Now;

    public void Change(Programme next)
    {
        if (next == Now)
            return;
        earlier.AddLast(Now);
        if (earlier.Count > MostSteps)
            earlier.RemoveFirst();
        Now = next;
    }

    /// <summary>Takes the last change back.</summary>
    public void Undo()
    {
        if (earlier.Last is not { } last)
            return;
        earlier.RemoveLast();
        Now = last.Value;
    }

    /// <summary>Adds an activity at a place, under its own id or, if the agenda has that already, one like it.</summary>
    public Activity Add(Activity activity, int at)
    {
        var id = Slug.Of(activity.Id.Value, Now.Activities.Select(a => a.Id.Value), "step");
        var added = activity with { Id = new ActivityId(id) };
        Put(Now.Activities.Insert(Math.Clamp(at, 0, Now.Activities.Length), added));
        return added;
    }

    public void Remove(ActivityId id) => Put(Now.Activities.RemoveAll(a => a.Id == id));

    public void Replace(Activity activity) => Put([.. Now.Activities.Select(a => a.Id == activity.Id ? activity : a)]);

    /// <returns>False if it cannot be moved there.</returns>
    public bool Move(int from, int to)
    {
        if (from == to || from < 0 || to < 0 || from >= Now.Activities.Length || to >= Now.Activities.Length)
            return false;
        Put(Now.Activities.RemoveAt(from).Insert(to, Now.Activities[from]));
        return true;
    }

    public int IndexOf(ActivityId id) => Now.Activities.Select(a => a.Id).ToList().IndexOf(id);

    private void Put(ImmutableArray<Activity> activities) => Change(Now with { Activities = activities });
}
