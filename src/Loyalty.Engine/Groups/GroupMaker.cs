using System.Collections.Immutable;

namespace Loyalty.Engine.Groups;

/// <summary>How people are put together.</summary>
public enum GroupMode
{
    /// <summary>By chance.</summary>
    Random,

    /// <summary>By chance, with the departments spread evenly over the groups.</summary>
    Mixed,

    /// <summary>In pairs, with one group of three if the number is odd; nobody twice with the same partner as long as that is possible.</summary>
    Pairs,
}

/// <summary>What groups are wanted. For <see cref="GroupMode.Pairs"/> the sizes are 2 and 3, whatever stands here.</summary>
/// <param name="Size">The size to come close to.</param>
/// <param name="Min">No group is smaller if that can be avoided; at least 1.</param>
/// <param name="Max">No group is larger if that can be avoided.</param>
public sealed record GroupPlan(int Size, int Min, int Max, GroupMode Mode);

/// <summary>Groups as they were formed.</summary>
/// <param name="Groups">Each group's members in the order of their seats, which is by chance.</param>
/// <param name="Repeats">Pairs only: people who had met were put together again, because there was no other way.</param>
public sealed record FormedGroups(ImmutableArray<ImmutableArray<ParticipantId>> Groups, bool Repeats)
{
    public static FormedGroups None { get; } = new([], false);
}

/// <summary>Puts people into small groups. Pure: chance comes from outside.</summary>
public static class GroupMaker
{
    /// <param name="people">Everybody who is to be in a group.</param>
    /// <param name="met">Who has worked together before; looked at for pairs only.</param>
    public static FormedGroups Form(ImmutableArray<Person> people, GroupPlan plan, Acquaintances met, Random random) =>
        people.IsEmpty ? FormedGroups.None : plan.Mode switch
        {
            GroupMode.Random => new(Deal(Shuffled(people, random), CountFor(people.Length, plan), random), false),
            GroupMode.Mixed => new(Deal(ByDepartment(people, random), CountFor(people.Length, plan), random), false),
            GroupMode.Pairs => PairMaker.Form([.. Shuffled(people, random).Select(p => p.Id)], met, random),
        };

    /// <summary>
    /// How many groups: as few people as possible outside the bounds, then as close as possible to the size; the smaller groups of two
    /// equally good choices, where everybody has more to say. 0 for nobody.
    /// </summary>
    public static int CountFor(int people, GroupPlan plan) =>
        people == 0 ? 0 : Enumerable.Range(1, people)
            .OrderBy(count => OutOfBounds(people, count, plan))
            .ThenBy(count => Math.Abs(((double)people / count) - plan.Size))
            .ThenByDescending(count => count)
            .First();

    // An even split has groups of two sizes at most, one apart.
    private static int OutOfBounds(int people, int count, GroupPlan plan)
    {
        var (small, larger) = Math.DivRem(people, count);
        return ((count - larger) * Beyond(small)) + (larger * Beyond(small + 1));

        int Beyond(int size) => Math.Max(0, plan.Min - size) + Math.Max(0, size - plan.Max);
    }

    /// <summary>
    /// One after the other to one group after the other. Sizes differ by one at most, and so does the number of those who stand
    /// together in the line, such as a department, between any two groups.
    /// </summary>
    private static ImmutableArray<ImmutableArray<ParticipantId>> Deal(Person[] line, int count, Random random)
    {
        var groups = line.Index().GroupBy(p => p.Index % count, p => p.Item.Id).Select(group => group.ToArray()).ToArray();
        // Seats hold roles: the department that comes first in the line is not to play the same one in every group.
        foreach (var group in groups)
            random.Shuffle(group);
        random.Shuffle(groups);
        return [.. groups.Select(group => ImmutableArray.Create(group))];
    }

    private static Person[] Shuffled(ImmutableArray<Person> people, Random random)
    {
        var line = people.ToArray();
        random.Shuffle(line);
        return line;
    }

    private static Person[] ByDepartment(ImmutableArray<Person> people, Random random) =>
        [.. Shuffled(people, random).GroupBy(p => p.Department).SelectMany(department => department)];
}
