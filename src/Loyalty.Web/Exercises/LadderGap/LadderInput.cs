using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.LadderGap;

/// <summary>An activity that the insight draws on: what it measured, and what its parts are called.</summary>
/// <param name="Title">What the activity is called; its id if it is not in the agenda.</param>
/// <param name="Smallest">The fewest values that may be shown.</param>
public sealed record LadderInput(
    string Title,
    bool IsInAgenda,
    int Smallest,
    ImmutableArray<Item> Items,
    ImmutableArray<Item> Subjects,
    ILookup<(string Subject, string Item), double> Values)
{
    public bool IsEmpty => Values.Count == 0;

    /// <summary>The values of an item for a subject, if they are enough to be shown; otherwise none.</summary>
    public IReadOnlyList<double> Shown(Item subject, Item item, double from, double to)
    {
        // The settings may name an activity that measures something else: what is not on the scale is not a rank or a grade.
        var values = Values[(subject.Id, item.Id)].Where(v => v >= from && v <= to).ToList();
        return values.Count >= Smallest ? values : [];
    }

    /// <summary>The largest number of values that any item of a subject has.</summary>
    public int Count(Item subject) => Items.Select(i => Values[(subject.Id, i.Id)].Count()).DefaultIfEmpty().Max();

    public static LadderInput Of(RulesContext context, ActivityId id)
    {
        if (context.Find(id) is not { } activity)
            return new LadderInput(id.Value, false, 1, [], [], Enumerable.Empty<Measure>().ToLookup(_ => ("", ""), m => m.Value));

        var parts = ExerciseSettings.Of<Parts>(activity);
        return new LadderInput(
            activity.Title,
            true,
            activity.Anonymity == Anonymity.Anonymous ? context.Threshold : 1,
            OrEmpty(parts.Items),
            OrEmpty(parts.Perspectives) is { IsEmpty: false } perspectives ? perspectives : OrEmpty(parts.Subjects),
            context.MeasuresOf(id).ToLookup(m => (m.Subject, m.Item), m => m.Value));
    }

    private static ImmutableArray<Item> OrEmpty(ImmutableArray<Item> items) => items.IsDefault ? [] : items;

    /// <summary>What is read of the other activity's settings: the names that belong to the ids in its measures.</summary>
    private sealed record Parts(ImmutableArray<Item> Items, ImmutableArray<Item> Perspectives, ImmutableArray<Item> Subjects);
}
