using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine;
using Loyalty.Engine.Groups;

namespace Loyalty.Tests.Groups;

public sealed class GroupMakerTests
{
    private static Arbitrary<(int People, int Min, int Max, int Size, int Departments, int Seed)> Rooms =>
        (from people in Gen.Choose(1, 60)
         from min in Gen.Choose(1, 6)
         from more in Gen.Choose(0, 4)
         from size in Gen.Choose(min, min + more)
         from departments in Gen.Choose(1, 7)
         from seed in Gen.Choose(0, 10_000)
         select (people, min, min + more, size, departments, seed)).ToArbitrary();

    [Theory]
    [InlineData(GroupMode.Random)]
    [InlineData(GroupMode.Mixed)]
    public void Everybody_has_one_seat_and_sizes_differ_by_one_at_most(GroupMode mode) => Prop.ForAll(Rooms, room =>
    {
        var people = Cast.Of(room.People, room.Departments, room.Seed);

        var groups = GroupMaker.Form(people, new GroupPlan(room.Size, room.Min, room.Max, mode), Acquaintances.None, new Random(room.Seed)).Groups;

        var sizes = groups.Select(g => g.Length).ToList();
        return groups.SelectMany(g => g).ToHashSet().SetEquals(people.Select(p => p.Id)) && sizes.Sum() == people.Length && sizes.Max() - sizes.Min() <= 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sizes_are_within_the_bounds_whenever_that_is_possible() => Prop.ForAll(Rooms, room =>
    {
        var plan = new GroupPlan(room.Size, room.Min, room.Max, GroupMode.Random);
        var possible = Enumerable.Range(1, room.People).Any(count => room.People / count >= room.Min && (room.People + count - 1) / count <= room.Max);

        var count = GroupMaker.CountFor(room.People, plan);

        return !possible || (room.People / count >= room.Min && (room.People + count - 1) / count <= room.Max);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(7, 2)] // 3 and 4
    [InlineData(12, 3)]
    [InlineData(22, 6)] // 3, 3, 4, 4, 4, 4: closer to 4 than five groups are
    public void Number_of_groups_comes_closest_to_the_size(int people, int groups) =>
        Assert.Equal(groups, GroupMaker.CountFor(people, new GroupPlan(4, 3, 5, GroupMode.Random)));

    [Fact]
    public void Number_of_groups_is_the_larger_of_two_that_come_as_close() =>
        Assert.Equal(3, GroupMaker.CountFor(12, new GroupPlan(5, 3, 6, GroupMode.Random))); // of 4 rather than of 6

    [Theory]
    [InlineData(7, 4, 5, 2)] // one group of 3 is one person short, one of 7 is two too many
    [InlineData(11, 5, 5, 2)] // 5 and 6
    [InlineData(2, 3, 5, 1)]
    public void Number_of_groups_leaves_as_few_people_as_possible_outside_the_bounds(int people, int min, int max, int groups) =>
        Assert.Equal(groups, GroupMaker.CountFor(people, new GroupPlan(5, min, max, GroupMode.Random)));

    [Fact]
    public void People_of_each_department_are_spread_evenly_when_mixed() => Prop.ForAll(Rooms, room =>
    {
        var people = Cast.Of(room.People, room.Departments, room.Seed);
        var departmentOf = people.ToDictionary(p => p.Id, p => p.Department);

        var groups = GroupMaker.Form(people, new GroupPlan(room.Size, room.Min, room.Max, GroupMode.Mixed), Acquaintances.None, new Random(room.Seed)).Groups;

        return people.Select(p => p.Department).Distinct().All(department =>
        {
            var counts = groups.Select(group => group.Count(id => departmentOf[id] == department)).ToList();
            return counts.Max() - counts.Min() <= 1;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Seats_in_mixed_groups_do_not_follow_departments()
    {
        // Otherwise the first department of the line would play the first role everywhere.
        var people = Cast.Of(40, 4, 1);
        var departmentOf = people.ToDictionary(p => p.Id, p => p.Department);

        var groups = GroupMaker.Form(people, new GroupPlan(4, 4, 4, GroupMode.Mixed), Acquaintances.None, new Random(1)).Groups;

        Assert.True(groups.Select(group => departmentOf[group[0]]).Distinct().Count() > 1);
    }

    [Fact]
    public void Same_seed_gives_the_same_groups()
    {
        var people = Cast.Of(30, 3, 1);
        var plan = new GroupPlan(4, 3, 5, GroupMode.Random);

        var one = GroupMaker.Form(people, plan, Acquaintances.None, new Random(7)).Groups;
        var again = GroupMaker.Form(people, plan, Acquaintances.None, new Random(7)).Groups;

        Assert.Equal(new Grouping(one, []), new Grouping(again, []));
    }

    [Theory]
    [InlineData(GroupMode.Random)]
    [InlineData(GroupMode.Mixed)]
    [InlineData(GroupMode.Pairs)]
    public void Another_seed_puts_other_people_together(GroupMode mode)
    {
        var people = Cast.Of(30, 3, 1);

        // Only who sits together counts, not the order of the groups or of the seats.
        var together = Enumerable.Range(1, 10).Select(seed => string.Join('|', GroupMaker
            .Form(people, new GroupPlan(4, 3, 5, mode), Acquaintances.None, new Random(seed)).Groups
            .Select(group => string.Join(' ', group.Select(id => id.Value).Order())).Order(StringComparer.Ordinal)));

        Assert.Equal(10, together.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Larger_groups_have_no_number_of_their_own()
    {
        var plan = new GroupPlan(4, 3, 5, GroupMode.Random);

        var first = Enumerable.Range(1, 20).Select(seed => GroupMaker.Form(Cast.Of(7), plan, Acquaintances.None, new Random(seed)).Groups[0].Length);

        Assert.Equal([3, 4], first.Distinct().Order());
    }

    [Fact]
    public void Nobody_makes_no_groups() =>
        Assert.Empty(GroupMaker.Form([], new GroupPlan(4, 3, 5, GroupMode.Pairs), Acquaintances.None, new Random(1)).Groups);
}

/// <summary>People to put into groups.</summary>
internal static class Cast
{
    public static ImmutableArray<Person> Of(int count, int departments = 1, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(i => new Person(Id(i), $"Person {i}", random.Next(departments) is > 0 and var d ? $"Department {d}" : null))];
    }

    public static ParticipantId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
