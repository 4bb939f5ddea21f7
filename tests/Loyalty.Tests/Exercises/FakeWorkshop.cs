using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;

namespace Loyalty.Tests.Exercises;

/// <summary>A workshop around an exercise of which only that is known that a test says.</summary>
internal sealed record FakeWorkshop : IWorkshopView
{
    public Func<ActivityId, Activity?> Find { get; init; } = _ => null;

    public Func<AuthorKey, string?> DepartmentOf { get; init; } = _ => null;

    public Func<ActivityId, ImmutableArray<Measure>> MeasuresOf { get; init; } = _ => [];

    public Func<ActivityId, ImmutableArray<Item>> ItemsOf { get; init; } = _ => [];

    public Func<ActivityId, Grouping?> GroupsOf { get; init; } = _ => null;

    public Func<ImmutableArray<Person>> People { get; init; } = () => [];

    public Func<ParticipantId, bool> IsHere { get; init; } = _ => true;

    public Func<IEnumerable<Grouping>> Met { get; init; } = () => [];

    Activity? IWorkshopView.Find(ActivityId id) => Find(id);

    string? IWorkshopView.DepartmentOf(ActivityId id, AuthorKey author) => DepartmentOf(author);

    ImmutableArray<Measure> IWorkshopView.MeasuresOf(ActivityId id) => MeasuresOf(id);

    ImmutableArray<Item> IWorkshopView.ItemsOf(ActivityId id) => ItemsOf(id);

    Grouping? IWorkshopView.GroupsOf(ActivityId id) => GroupsOf(id);

    ImmutableArray<Person> IWorkshopView.People() => People();

    bool IWorkshopView.IsHere(ParticipantId id) => IsHere(id);

    IEnumerable<Grouping> IWorkshopView.Met() => Met();
}

internal static class FakeWorkshops
{
    /// <summary>The same context with something more known of the workshop around it.</summary>
    public static RulesContext Where(this RulesContext context, Func<FakeWorkshop, FakeWorkshop> known) =>
        context with { Workshop = known(context.Workshop as FakeWorkshop ?? new FakeWorkshop()) };
}
