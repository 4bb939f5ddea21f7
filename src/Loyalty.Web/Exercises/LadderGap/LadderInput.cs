using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.LadderGap;

/// <summary>An activity that the insight draws on: what it measured, and what its parts are called.</summary>
/// <param name="Title">What the activity is called; its id if it is not in the agenda.</param>
/// <param name="Smallest">The fewest values that may be shown.</param>
/// <param name="Numbers">What the values of a subject and an item amount to.</param>
public sealed record LadderInput(
    string Title,
    bool IsInAgenda,
    int Smallest,
    ImmutableArray<Item> Items,
    ImmutableArray<Item> Subjects,
    ImmutableDictionary<(string Subject, string Item), Descriptives> Numbers)
{
    public bool IsEmpty => Numbers.IsEmpty;

    /// <summary>What the values of an item for a subject amount to, if they are enough to be shown; otherwise nothing.</summary>
    public Descriptives Shown(Item subject, Item item) =>
        Numbers.TryGetValue((subject.Id, item.Id), out var numbers) && numbers.Count >= Smallest ? numbers : Descriptives.None;

    /// <summary>The largest number of values that any item of a subject has.</summary>
    public int Count(Item subject) => Items.Select(i => Numbers.GetValueOrDefault((subject.Id, i.Id)).Count).DefaultIfEmpty().Max();

    /// <summary>The ranks that an activity measured, from 1 to the number of its items.</summary>
    public static LadderInput Ranks(RulesContext context, ActivityId id) => Of(context, id, parts => (1, OrEmpty(parts.Items).Length));

    /// <summary>The grade points that an activity measured.</summary>
    public static LadderInput Grades(RulesContext context, ActivityId id) => Of(context, id, _ => (0, GradeScale.MaxPoints));

    private static LadderInput Of(RulesContext context, ActivityId id, Func<Parts, (double From, double To)> scaleOf)
    {
        if (context.Workshop.Find(id) is not { } activity)
            return new LadderInput(id.Value, false, 1, [], [], ImmutableDictionary<(string, string), Descriptives>.Empty);

        // The settings may name an activity that measures something else: what is not on the scale is not a rank or a grade.
        var parts = ExerciseSettings.Of<Parts>(activity);
        var (from, to) = scaleOf(parts);
        return new LadderInput(
            activity.Title,
            true,
            activity.Anonymity == Anonymity.Anonymous ? context.Threshold : 1,
            OrEmpty(parts.Items),
            OrEmpty(parts.Perspectives) is { IsEmpty: false } perspectives ? perspectives : OrEmpty(parts.Subjects),
            context.Workshop.MeasuresOf(id)
                .Where(m => m.Value >= from && m.Value <= to)
                .GroupBy(m => (m.Subject, m.Item), m => m.Value)
                .ToImmutableDictionary(g => g.Key, Descriptives.Of));
    }

    private static ImmutableArray<Item> OrEmpty(ImmutableArray<Item> items) => items.IsDefault ? [] : items;

    /// <summary>What is read of the other activity's settings: the names that belong to the ids in its measures.</summary>
    private sealed record Parts(ImmutableArray<Item> Items, ImmutableArray<Item> Perspectives, ImmutableArray<Item> Subjects);
}
