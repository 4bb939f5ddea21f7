using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Live.Simulation;

/// <summary>
/// A simulated room that stands still: one activity with a room's worth of answers, for previews. Made by the same decisions as a
/// real room, in memory; the same activity always gives the same room.
/// </summary>
public sealed class StillRoom(ExerciseCatalogue catalogue, ExerciseRulebook rulebook)
{
    private const int People = 18;
    private const int MostTurns = 4;
    private const int MostSteps = 20;

    /// <summary>An id of its own, which no workshop ever gets: nothing of a still room is kept or cached.</summary>
    private static readonly WorkshopId Id = new(Guid.Empty);

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    /// <summary>The room with the activity on stage in this phase, after whatever the activity builds on; null if it cannot be run.</summary>
    /// <param name="find">The other activities of its agenda or library.</param>
    public LiveWorkshop? Of(Activity activity, Phase phase, Func<ActivityId, Activity?> find)
    {
        var agenda = new List<Activity>();
        Add(agenda, activity, find);
        if (!agenda.Contains(activity))
            return null;

        var seed = activity.Id.Value.Aggregate(17, (hash, c) => unchecked(hash * 31 + c));
        var random = new Random(seed);
        var info = new WorkshopInfo("ABCDEF", activity.Title, "", DateOnly.FromDateTime(Now.Date), [], "en", WorkshopInfo.MinThreshold, IsRehearsal: true);
        var room = Restore.From(new StoredWorkshop(Id, info, WorkshopStatus.Draft, [.. agenda], null, [], [], []), rulebook, Now);
        room = Do(room, new Command.Start());
        var cast = SimulatedCast.Of(new WorkshopId(new Guid(seed, 0, 0, new byte[8])), People, []);
        foreach (var person in cast)
            room = Do(room, new Command.Join(person.Id, person.Name, null, null));
        foreach (var step in agenda)
            room = Run(room, step, cast, random, step == activity ? phase : Phase.Revealed);
        return room;
    }

    // Inputs first, each once; what cannot be run is left out, as if the agenda did not have it.
    private void Add(List<Activity> agenda, Activity activity, Func<ActivityId, Activity?> find)
    {
        if (agenda.Any(a => a.Id == activity.Id) || !rulebook.Knows(activity.Type) || !rulebook.Of(activity).Check(activity).IsEmpty)
            return;

        agenda.Add(activity);
        foreach (var input in rulebook.InputsOf(activity).Select(find).OfType<Activity>())
            Add(agenda, input, find);
        agenda.Remove(activity);
        agenda.Add(activity);
    }

    private LiveWorkshop Run(LiveWorkshop room, Activity activity, ImmutableArray<SimulatedPerson> cast, Random random, Phase phase)
    {
        room = Do(room, new Command.GoTo(activity.Id));
        var rules = rulebook.Of(activity);
        var sample = catalogue.Of(activity).Sample;
        if (rules.TakesAnswers)
        {
            // The facilitator first: there may be groups to form before anybody can answer.
            room = Moderate(Do(room, new Command.SetPhase(Phase.Open)), activity, sample, random);
        }

        // From part to part, and whatever a part asks for is given before the next one.
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (rules.TakesAnswers)
                room = Answer(room, activity, sample, cast, random);
            if (rules.Step(room.ContextOf(activity), room.StateOf(activity), forward: true) is not { } step)
                break;
            room = Do(room, new Command.Moderate(EntryKey.New(), activity.Id, step));
        }

        return rules.TakesAnswers ? Do(room, new Command.SetPhase(phase)) : room;
    }

    private static LiveWorkshop Answer(LiveWorkshop room, Activity activity, ExerciseSample sample, ImmutableArray<SimulatedPerson> cast, Random random)
    {
        foreach (var person in cast)
        {
            AuthorKey? slot = activity.Anonymity == Anonymity.Anonymous ? person.SlotFor(Id, activity.Id, asked: false) : null;
            var author = slot ?? AuthorKey.Of(person.Id);
            for (var turn = 0; turn < MostTurns && sample.Next(random, room.ContextOf(activity), room.StateOf(activity), author) is { } fields; turn++)
                room = Do(room, new Command.Submit(EntryKey.New(), activity.Id, person.Id, slot, fields));
        }

        return room;
    }

    private static LiveWorkshop Moderate(LiveWorkshop room, Activity activity, ExerciseSample sample, Random random) =>
        sample.Next(random, room.ContextOf(activity), room.StateOf(activity), AuthorKey.Facilitator) is { } fields
            ? Do(room, new Command.Moderate(EntryKey.New(), activity.Id, fields))
            : room;

    // What is refused changes nothing: a still room does without it.
    private static LiveWorkshop Do(LiveWorkshop room, Command command) => Decide.On(room, command, Now).Next;
}
