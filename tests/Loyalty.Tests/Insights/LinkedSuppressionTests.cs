using System.Collections.Immutable;
using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class LinkedSuppressionTests
{
    [Fact]
    public void Enough_same_people_with_enough_others_are_shown() =>
        Assert.Equal([(0, 1)], LinkedSuppression.Of([Room(11, 1, 2, 3, 4, 5, 6), Room(11, 1, 2, 3, 4, 5, 9)], 5));

    [Fact]
    public void Fewer_same_people_than_the_threshold_are_not() =>
        Assert.Empty(LinkedSuppression.Of([Room(12, 1, 2, 3, 4), Room(12, 1, 2, 3, 4)], 5));

    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void Those_left_over_are_none_or_as_many_as_the_threshold(int people, bool shown)
    {
        Assert.Equal(shown, !LinkedSuppression.Of([Room(people, 1, 2, 3, 4, 5, 6), Room(20, 1, 2, 3, 4, 5, 6)], 5).IsEmpty);
        Assert.Equal(shown, !LinkedSuppression.Of([Room(20, 1, 2, 3, 4, 5, 6), Room(people, 1, 2, 3, 4, 5, 6)], 5).IsEmpty);
    }

    [Fact]
    public void One_more_than_a_department_that_is_shown_apart_is_not_shown()
    {
        // Their sum less that of Sales would be the sixth.
        var sizes = new Dictionary<string, int> { ["Sales"] = 5, ["others"] = 10 }.ToImmutableDictionary();
        var linked = Enumerable.Range(1, 6).ToImmutableDictionary(Key, person => person <= 5 ? "Sales" : "others");

        Assert.Empty(LinkedSuppression.Of([new LinkedGroup(sizes, linked), Room(20, 1, 2, 3, 4, 5, 6)], 5));
    }

    [Fact]
    public void Second_comparison_of_a_workshop_is_not_shown_if_it_differs_from_the_first_by_one_person() =>
        Assert.Equal([(0, 1)], LinkedSuppression.Of([Room(20, 1, 2, 3, 4, 5, 6), Room(20, 1, 2, 3, 4, 5, 6), Room(20, 1, 2, 3, 4, 5)], 5));

    [Fact]
    public void What_is_shown_does_not_change_when_later_workshops_come()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var rooms = RandomRooms(random, 5);
            var all = LinkedSuppression.Of(rooms, 2);
            Assert.Equal(LinkedSuppression.Of(rooms[..4], 2), all.Where(p => p.After < 4));
        }
    }

    [Fact]
    public void The_nearest_workshop_is_compared_first() =>
        Assert.Equal((1, 2), LinkedSuppression.Of([Room(20, 2, 3, 4, 5, 6), Room(20, 1, 2, 3, 4, 5), Room(20, 1, 2, 3, 4, 5, 6)], 5)[0]);

    [Fact]
    public void Threshold_below_one_is_an_error_and_no_workshop_is_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LinkedSuppression.Of([], 0));
        Assert.Empty(LinkedSuppression.Of([], 1));
    }

    /// <summary>
    /// Everything that is shown is a sum over people's values: of each class, and of the changes of the same people. Nobody's value, and
    /// nobody's change, may be a combination of these sums. Seen with a threshold of two, where one person is what must not come out.
    /// </summary>
    [Fact]
    public void Nobodys_value_and_nobodys_change_follows_from_all_that_is_shown()
    {
        var random = new Random(5);
        var compared = 0;
        for (var round = 0; round < 500; round++)
        {
            var rooms = RandomRooms(random, random.Next(2, 5));
            var pairs = LinkedSuppression.Of(rooms, 2);
            compared += pairs.Length;
            Assert.Empty(Exposed(rooms, pairs));
        }

        Assert.True(compared > 100, $"Only {compared} comparisons were shown.");
    }

    [Fact]
    public void Attack_finds_what_is_exposed()
    {
        var sales = new LinkedGroup(
            ImmutableDictionary<string, int>.Empty.Add("Sales", 5).Add("others", 10), Enumerable.Range(1, 6).ToImmutableDictionary(Key, person => person <= 5 ? "Sales" : "others"));

        Assert.Equal(Key(6).ToString(), Assert.Single(Exposed([sales, sales], [(0, 1)]))[4..40]);
    }

    /// <summary>The variables, or their changes, that can be computed.</summary>
    private static List<string> Exposed(LinkedGroup[] rooms, ImmutableArray<(int Before, int After)> pairs)
    {
        // Each room's people: the linked ones under their key, the others under numbers of their own.
        var people = rooms.SelectMany((room, r) => room.Sizes.SelectMany(c =>
        {
            var linked = room.Linked.Where(p => p.Value == c.Key).Select(p => (Room: r, Key: p.Key.ToString(), Class: c.Key)).ToList();
            return linked.Concat(Enumerable.Range(0, c.Value - linked.Count).Select(i => (Room: r, Key: $"{c.Key} {i}", Class: c.Key)));
        })).Index().ToDictionary(p => (p.Item.Room, p.Item.Key), p => (Column: p.Index, p.Item.Class));

        double[] Sum(Func<(int Room, string Key), string, double> weight)
        {
            var row = new double[people.Count];
            foreach (var (person, (column, name)) in people)
                row[column] = weight(person, name);
            return row;
        }

        var known = rooms.SelectMany((room, r) => room.Sizes.Keys.Select(c => Sum((p, name) => p.Room == r && name == c ? 1 : 0))).ToList();
        known.AddRange(pairs.Select(pair => Sum((p, _) =>
            !rooms[pair.Before].Linked.ContainsKey(AsKey(p.Key)) || !rooms[pair.After].Linked.ContainsKey(AsKey(p.Key)) ? 0
            : p.Room == pair.After ? 1
            : p.Room == pair.Before ? -1
            : 0)));
        var rank = Rank(known);
        var asked = people.Keys.Select(p => (Name: $"{p}", Row: Sum((q, _) => q == p ? 1 : 0)))
            .Concat(from p in people.Keys
                    from q in people.Keys
                    where p.Key == q.Key && p.Room < q.Room && AsKey(p.Key) != Guid.Empty
                    select (Name: $"{q} - {p}", Row: Sum((x, _) => x == q ? 1 : x == p ? -1 : 0)));
        return [.. asked.Where(a => Rank([.. known, a.Row]) == rank).Select(a => a.Name)];
    }

    private static Guid AsKey(string key) => Guid.TryParse(key, out var guid) ? guid : Guid.Empty;

    private static int Rank(List<double[]> rows)
    {
        var left = rows;
        var rank = 0;
        for (var column = 0; left.Count > 0 && column < left[0].Length; column++)
        {
            if (left.Find(r => Math.Abs(r[column]) > 1e-9) is not { } pivot)
                continue;
            rank++;
            left = [.. left.Where(r => r != pivot).Select(r => r.Select((v, i) => v - pivot[i] * r[column] / pivot[column]).ToArray())];
        }

        return rank;
    }

    /// <summary>A few people of one crowd, so that they meet again; in one or two classes, of which none is a single person.</summary>
    private static LinkedGroup[] RandomRooms(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            var linked = Enumerable.Range(1, 7).Where(_ => random.Next(4) > 0).ToImmutableDictionary(Key, _ => random.Next(3) == 0 ? "a" : "b");
            var sizes = new[] { "a", "b" }.Select(c => (Class: c, Size: linked.Values.Count(v => v == c) + random.Next(3)))
                .Select(c => c with { Size = c.Size == 1 ? 2 : c.Size }).ToImmutableDictionary(c => c.Class, c => c.Size);
            return new LinkedGroup(sizes, linked);
        }),
    ];

    private static LinkedGroup Room(int people, params int[] linked) =>
        new(ImmutableDictionary<string, int>.Empty.Add("all", people), linked.ToImmutableDictionary(Key, _ => "all"));

    private static Guid Key(int person) => new(person, 1, 1, new byte[8]);
}
