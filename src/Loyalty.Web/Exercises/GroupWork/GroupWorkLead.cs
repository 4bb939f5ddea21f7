using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;

namespace Loyalty.Web.Exercises.GroupWork;

/// <summary>What the facilitator does: forms groups, changes them by hand, leads from part to part.</summary>
internal static class GroupWorkLead
{
    /// <summary>In place of a number: a group of its own.</summary>
    public const string NewGroup = "new";

    public static GroupWorkInput? Read(RulesContext context, GroupWorkSettings settings, GroupWorkState state, EntryKey key, FieldReader reader)
    {
        switch (reader.Fields.First("do"))
        {
            case "form":
                return Form(context, settings, state, key, reader);
            case "move":
                return Change(context, state, reader, (groups, person) => Move(groups, person, reader));
            case "away":
                return Change(context, state, reader, (groups, person) => new Grouping(Without(groups.Groups, person), groups.Away.Add(person)));
            case "back":
                return Change(context, state, reader, (groups, person) => new Grouping(Without(groups.Groups, person), groups.Away.Remove(person)));
            case "go":
                return reader.Whole("part", 0, settings.Rounds.Length, required: true) is { } part ? new GroupWorkInput.Go(part, Unwritten(context, state)) : null;
            case "hide" or "show":
                var item = reader.Text("item", WorkIds.Longest, required: true);
                if (!GroupWorkSettings.IsSlug(item))
                    reader.Refuse("choice", "item");
                return new GroupWorkInput.Hide(item, reader.Fields.First("do") == "hide");
            default:
                reader.Refuse("not-allowed");
                return null;
        }
    }

    /// <summary>The groups of the activity whose groups go on here, or null if it has none.</summary>
    public static Grouping? Kept(RulesContext context, GroupWorkSettings settings) =>
        settings.GroupsFrom is { } from && context.Workshop.GroupsOf(from) is { IsEmpty: false } groups ? groups : null;

    private static GroupWorkInput.Form? Form(RulesContext context, GroupWorkSettings settings, GroupWorkState state, EntryKey key, FieldReader reader)
    {
        var size = reader.Whole("size", 1, GroupWorkSettings.LargestGroup);
        var mode = reader.OneOf("mode", Enum.GetValues<GroupMode>().Select(WordOf));
        var people = context.Workshop.People();
        if (people.IsEmpty)
            reader.Refuse("nobody-here");
        if (!reader.Ok)
            return null;

        // When no phone is connected at all, as right after a restart, that says nothing about who is here.
        var here = people.Where(p => context.Workshop.IsHere(p.Id)).ToImmutableArray() is { IsEmpty: false } connected ? connected : people;
        var away = people.Select(p => p.Id).Except(here.Select(p => p.Id)).ToImmutableHashSet();
        if (!reader.Ticked("fresh") && Kept(context, settings) is { } kept)
            return new GroupWorkInput.Form(Seated(new Grouping(Seated(new Grouping(kept.Groups, away), people), away), people), [.. away]);

        // Groups in which nobody has worked yet do not count as having met.
        var met = Acquaintances.From(context.Workshop.Met().Where(grouping => state.Part > 0 || !grouping.Equals(state.Current)));
        var random = new Random(BitConverter.ToInt32(key.Value.ToByteArray()));
        var formed = GroupMaker.Form(here, PlanOf(settings, size, mode), met, random);
        return new GroupWorkInput.Form(formed.Groups, [.. away], formed.Repeats);
    }

    private static GroupPlan PlanOf(GroupWorkSettings settings, int? size, string? mode)
    {
        var shape = settings.Groups ?? new GroupShape();
        var wanted = mode is null ? shape.Mode : Enum.GetValues<GroupMode>().First(m => WordOf(m) == mode);
        // The bounds were meant for the size that was planned; another size brings its own.
        return size is { } other && other != shape.Plan.Size
            ? new GroupShape(other, Mode: wanted).Plan
            : (shape with { Mode = wanted }).Plan;
    }

    /// <summary>A mode as it stands in fields and settings.</summary>
    public static string WordOf(GroupMode mode) => mode switch
    {
        GroupMode.Random => "random",
        GroupMode.Mixed => "mixed",
        GroupMode.Pairs => "pairs",
    };

    private static GroupWorkInput.Arrange? Change(RulesContext context, GroupWorkState state, FieldReader reader, Func<Grouping, ParticipantId, Grouping?> change)
    {
        var people = context.Workshop.People();
        if (!Guid.TryParse(reader.Fields.First("person"), out var id) || people.All(p => p.Id.Value != id))
            reader.Refuse("choice", "person");
        else if (state.Current.IsEmpty)
            reader.Refuse("not-formed");
        if (!reader.Ok || change(state.Current with { Groups = Seated(state.Current, people) }, new ParticipantId(id)) is not { } changed)
            return null;

        // Written down with whoever comes to sit somewhere because of it.
        return new GroupWorkInput.Arrange(Seated(changed, people), [.. changed.Away]);
    }

    private static Grouping? Move(Grouping grouping, ParticipantId person, FieldReader reader)
    {
        var to = reader.Fields.First("group") == NewGroup
            ? grouping.Groups.Length + 1
            : reader.Whole("group", 1, grouping.Groups.Length, required: true);
        if (to is not { } number)
            return null;

        var groups = Without(grouping.Groups, person);
        var moved = number > groups.Length ? groups.Add([person]) : groups.SetItem(number - 1, groups[number - 1].Add(person));
        return new Grouping(moved, grouping.Away.Remove(person));
    }

    private static ImmutableArray<ImmutableArray<ParticipantId>> Without(ImmutableArray<ImmutableArray<ParticipantId>> groups, ParticipantId person) =>
        [.. groups.Select(group => group.Remove(person))];

    /// <summary>Every seat as it is taken now, late joiners' too.</summary>
    private static ImmutableArray<ImmutableArray<ParticipantId>> Seated(Grouping grouping, ImmutableArray<Person> people) =>
        [.. grouping.Seat(people).Groups.Select(group => group.Members.Select(member => member.Id).ToImmutableArray())];

    private static ImmutableArray<ImmutableArray<ParticipantId>>? Unwritten(RulesContext context, GroupWorkState state)
    {
        if (state.Current.IsEmpty)
            return null;
        var seated = Seated(state.Current, context.Workshop.People());
        return seated.Sum(group => group.Length) > state.Current.Groups.Sum(group => group.Length) ? seated : null;
    }
}
