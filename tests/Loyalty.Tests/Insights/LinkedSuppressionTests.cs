using System.Collections.Immutable;
using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class LinkedSuppressionTests
{
    [Fact]
    public void Enough_same_people_with_enough_others_are_shown() =>
        Assert.Equal([(0, 1)], Shown([Room(11, 1, 2, 3, 4, 5, 6), Room(11, 1, 2, 3, 4, 5, 9)], 5));

    [Fact]
    public void Fewer_same_people_than_the_threshold_are_not() =>
        Assert.Empty(Shown([Room(12, 1, 2, 3, 4), Room(12, 1, 2, 3, 4)], 5));

    [Fact]
    public void Everybody_is_not_shown_if_everybody_is_too_few() =>
        Assert.Empty(Shown([Room(4, 1, 2, 3, 4), Room(4, 1, 2, 3, 4)], 5));

    [Theory]
    [InlineData(5, 7)]
    [InlineData(7, 5)]
    public void Stricter_threshold_of_the_two_decides(int before, int after) =>
        Assert.Empty(LinkedSuppression.Of([Room(6, 1, 2, 3, 4, 5, 6) with { Threshold = before }, Room(6, 1, 2, 3, 4, 5, 6) with { Threshold = after }]));

    [Theory]
    [InlineData(6, 6, true)]
    [InlineData(7, 7, false)]
    [InlineData(10, 10, false)]
    [InlineData(11, 10, true)]
    [InlineData(10, 11, true)]
    [InlineData(11, 6, true)]
    [InlineData(10, 6, false)]
    public void Those_left_over_are_nobody_or_enough_in_one_of_the_workshops(int first, int second, bool shown) =>
        Assert.Equal(shown, !Shown([Room(first, 1, 2, 3, 4, 5, 6), Room(second, 1, 2, 3, 4, 5, 6)], 5).IsEmpty);

    [Fact]
    public void One_more_than_a_department_that_is_shown_apart_is_not_shown()
    {
        // Their changes less that of Sales would be the sixth's.
        var sales = Sales(5, others: 10, same: 6);

        Assert.Empty(Shown([sales, sales], 5));
    }

    [Fact]
    public void Few_of_each_department_are_shown_if_they_are_enough_together() =>
        Assert.Single(Shown([Halves(), Halves()], 5));

    [Fact]
    public void Next_comparison_in_a_chain_is_not_shown_if_it_differs_from_the_first_by_one_person() =>
        Assert.Equal([(0, 1)], Shown([Room(20, 1, 2, 3, 4, 5, 6), Room(20, 1, 2, 3, 4, 5, 6), Room(20, 1, 2, 3, 4, 5)], 5));

    [Fact]
    public void Chain_in_which_the_first_two_leave_few_behind_is_not_continued()
    {
        // The third would say of all twelve what became of the others; what is left is the one who was there only the first time.
        LinkedGroup[] rooms = [Room(7, 1, 2, 3, 4, 5, 6), Room(12, 1, 2, 3, 4, 5, 6), Room(6, 1, 2, 3, 4, 5, 6)];

        Assert.Equal([(0, 1)], Shown(rooms, 5));
    }

    [Fact]
    public void Chain_of_the_same_people_is_shown_whole() =>
        Assert.Equal([(0, 1), (1, 2), (0, 2)], Shown([Room(6, 1, 2, 3, 4, 5, 6), Room(6, 1, 2, 3, 4, 5, 6), Room(12, 1, 2, 3, 4, 5, 6)], 5));

    [Fact]
    public void Chain_of_as_many_as_the_threshold_is_shown_whole() =>
        Assert.Equal([(0, 1), (1, 2), (0, 2)], Shown([Room(5, 1, 2, 3, 4, 5), Room(5, 1, 2, 3, 4, 5), Room(5, 1, 2, 3, 4, 5)], 5));

    [Fact]
    public void Second_comparison_with_others_of_the_same_room_leaves_enough_of_those_who_are_in_neither()
    {
        // Thirteen, of whom five came to the second workshop and five others to the third: the three who are left could be worked out.
        LinkedGroup[] rooms = [Room(13, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), Room(5, 1, 2, 3, 4, 5), Room(5, 6, 7, 8, 9, 10)];

        Assert.Equal([(0, 1)], Shown(rooms, 5));
    }

    [Fact]
    public void What_is_shown_does_not_change_when_later_workshops_come()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var rooms = RandomRooms(random, 5, 2);
            var all = Shown(rooms, 2);
            Assert.Equal(Shown(rooms[..4], 2), all.Where(p => p.After < 4));
        }
    }

    [Fact]
    public void Stricter_workshop_that_comes_later_takes_nothing_back()
    {
        // Had it, the second pair could be shown in its place, beside the first that was seen before.
        LinkedGroup[] rooms = [Room(6, 1, 2, 3, 4, 5, 6), Room(6, 1, 2, 3, 4, 5, 6), Room(20, 1, 2, 3, 4, 5) with { Threshold = 10 }];

        Assert.Equal([(0, 1)], LinkedSuppression.Of(rooms));
    }

    [Fact]
    public void The_nearest_workshop_is_compared_first() =>
        Assert.Equal((1, 2), Shown([Room(20, 2, 3, 4, 5, 6), Room(20, 1, 2, 3, 4, 5), Room(20, 1, 2, 3, 4, 5, 6)], 5)[0]);

    [Fact]
    public void Threshold_below_one_is_an_error_and_no_workshop_is_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Shown([Room(5)], 0));
        Assert.Empty(LinkedSuppression.Of([]));
    }

    /// <summary>
    /// Everything that is shown is a sum over people's values: of each class, and of the changes of the same people. No combination of
    /// these sums may come down to fewer people than the threshold.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_about_fewer_people_than_the_threshold_follows_from_all_that_is_shown(int threshold)
    {
        var random = new Random(threshold);
        var compared = 0;
        for (var round = 0; round < 300; round++)
        {
            var rooms = RandomRooms(random, random.Next(2, 5), threshold);
            var pairs = Shown(rooms, threshold);
            compared += pairs.Length;
            Assert.Empty(Exposed(rooms, pairs, threshold));
        }

        Assert.True(compared > 200, $"Only {compared} comparisons were shown.");
    }

    [Fact]
    public void Attack_finds_who_is_exposed()
    {
        var sales = Sales(5, others: 10, same: 6);

        Assert.Equal([Key(6).ToString()], Exposed([sales, sales], [(0, 1)], 2));
        Assert.Empty(Exposed([sales, sales], [], 2));
    }

    /// <summary>
    /// People of whom something can be worked out although they are fewer than the threshold: without their values, what is known has a
    /// smaller rank, so that some combination of it is about nobody else.
    /// </summary>
    private static List<string> Exposed(LinkedGroup[] rooms, ImmutableArray<(int Before, int After)> pairs, int threshold)
    {
        // Each room's people: those who are linked under their key, the others under names of their own.
        (int Room, string Person, string Class)[] values =
        [
            .. from room in Enumerable.Range(0, rooms.Length)
               from c in rooms[room].Sizes
               let linked = rooms[room].Linked.Where(p => p.Value == c.Key).Select(p => p.Key.ToString()).ToList()
               from person in linked.Concat(Enumerable.Range(0, c.Value - linked.Count).Select(i => $"{room} {c.Key} {i}"))
               select (room, person, c.Key),
        ];
        var known = rooms.SelectMany((room, r) => room.Sizes.Keys.Select(c => values.Select(v => v.Room == r && v.Class == c ? 1d : 0).ToArray())).ToList();
        foreach (var (before, after) in pairs)
        {
            var same = rooms[before].Linked.Keys.Where(rooms[after].Linked.ContainsKey).Select(k => k.ToString()).ToHashSet();
            known.Add([.. values.Select(v => !same.Contains(v.Person) ? 0d : v.Room == after ? 1 : v.Room == before ? -1 : 0)]);
        }

        var rank = Equations.Rank(known);
        var people = values.Select(v => v.Person).Distinct().ToList();
        var few = people.Select(p => new[] { p }).Concat(threshold > 2 ? people.SelectMany((p, i) => people.Skip(i + 1).Select(q => new[] { p, q })) : []);
        return [.. few.Where(some => Equations.Rank(known.Select(row => row.Where((_, i) => !some.Contains(values[i].Person)).ToArray())) < rank).Select(some => string.Join(", ", some))];
    }

    /// <summary>A few people of one crowd, so that they meet again; in one or two classes, of which none is smaller than the threshold.</summary>
    private static LinkedGroup[] RandomRooms(Random random, int count, int threshold) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            var linked = Enumerable.Range(1, 7).Where(_ => random.Next(5) > 0).ToImmutableDictionary(Key, _ => random.Next(3) == 0 ? "a" : "b");
            var sizes = new[] { "a", "b" }.Select(c => (Class: c, Size: linked.Values.Count(v => v == c) + random.Next(3)))
                .ToImmutableDictionary(c => c.Class, c => c.Size == 0 ? 0 : Math.Max(c.Size, threshold));
            return new LinkedGroup(sizes, linked, threshold);
        }),
    ];

    /// <summary>So many of a department that is shown apart, others, and the first so many of them all who are in both workshops.</summary>
    private static LinkedGroup Sales(int sales, int others, int same) => new(
        ImmutableDictionary<string, int>.Empty.Add("Sales", sales).Add("others", others),
        Enumerable.Range(1, same).ToImmutableDictionary(Key, person => person <= sales ? "Sales" : "others"), Threshold: 5);

    /// <summary>Four departments of six, of each of which three are in both workshops.</summary>
    private static LinkedGroup Halves() => new(
        Enumerable.Range(0, 4).ToImmutableDictionary(d => $"d{d}", _ => 6),
        Enumerable.Range(0, 12).ToImmutableDictionary(Key, person => $"d{person % 4}"), Threshold: 5);

    private static ImmutableArray<(int Before, int After)> Shown(LinkedGroup[] rooms, int threshold) =>
        LinkedSuppression.Of([.. rooms.Select(room => room with { Threshold = threshold })]);

    private static LinkedGroup Room(int people, params int[] linked) =>
        new(ImmutableDictionary<string, int>.Empty.Add("all", people), linked.ToImmutableDictionary(Key, _ => "all"), Threshold: 5);

    private static Guid Key(int person) => new(person, 1, 1, new byte[8]);
}
