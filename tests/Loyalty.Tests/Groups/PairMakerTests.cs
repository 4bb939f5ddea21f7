using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Groups;

namespace Loyalty.Tests.Groups;

public sealed class PairMakerTests
{
    private static readonly GroupPlan Pairs = new(2, 2, 3, GroupMode.Pairs);

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 2 })]
    [InlineData(3, new[] { 3 })]
    [InlineData(6, new[] { 2, 2, 2 })]
    [InlineData(7, new[] { 2, 2, 3 })]
    public void Everybody_has_a_partner_and_an_odd_room_one_trio(int people, int[] sizes)
    {
        var formed = GroupMaker.Form(Cast.Of(people), Pairs, Acquaintances.None, new Random(1));

        Assert.Equal(sizes, formed.Groups.Select(g => g.Length).Order());
        Assert.Equal(people, formed.Groups.SelectMany(g => g).Distinct().Count());
        Assert.False(formed.Repeats);
    }

    /// <summary>Small rooms in which every pair has met with a given chance, compared with trying everything.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Repeats_happen_exactly_when_there_is_no_other_way_and_are_as_few_as_can_be(int people)
    {
        var cast = Cast.Of(people);
        var (without, with) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var chance = random.NextDouble();
            var met = Some(people, _ => random.NextDouble() < chance);

            var formed = GroupMaker.Form(cast, Pairs, met, random);

            var fewest = Fewest([.. cast.Select(p => p.Id)], met);
            var repeated = formed.Groups.Sum(group => Repeated(group, met));
            Assert.Equal(people, formed.Groups.SelectMany(g => g).Distinct().Count());
            Assert.All(formed.Groups, group => Assert.InRange(group.Length, 2, 3));
            Assert.Equal(fewest > 0, formed.Repeats);
            Assert.Equal(formed.Repeats, repeated > 0);
            if (people % 2 == 0)
                Assert.Equal(fewest, repeated);
            _ = formed.Repeats ? with++ : without++;
        }

        Assert.True(without > 20 && with > 20, $"{without} rooms without repeats and {with} with some do not test both.");
    }

    [Fact]
    public void Whoever_is_left_over_joins_the_pair_that_they_know_least()
    {
        // Only 1 and 2, 3 and 4, 4 and 5 have not met: one of the last three is left over, and has met one of the other two, but both of the first.
        (int, int)[] strangers = [(1, 2), (3, 4), (4, 5)];
        var met = Acquaintances.From(
            from a in Enumerable.Range(1, 5)
            from b in Enumerable.Range(a + 1, 5 - a)
            where !strangers.Contains((a, b))
            select new Grouping([[Cast.Id(a), Cast.Id(b)]], []));

        for (var seed = 0; seed < 10; seed++)
            Assert.Equal(1, GroupMaker.Form(Cast.Of(5), Pairs, met, new Random(seed)).Groups.Sum(group => Repeated(group, met)));
    }

    [Theory]
    [InlineData(6, 5)]
    [InlineData(8, 5)]
    [InlineData(12, 8)]
    [InlineData(24, 15)]
    [InlineData(27, 6)] // more than are searched for every trio
    public void Round_after_round_nobody_meets_again(int people, int rounds)
    {
        // Taking perfect matchings away one after the other can end early; these many are always left.
        var cast = Cast.Of(people);
        for (var seed = 0; seed < 20; seed++)
        {
            var before = new List<Grouping>();
            for (var round = 0; round < rounds; round++)
            {
                var met = Acquaintances.From(before);
                var formed = GroupMaker.Form(cast, Pairs, met, new Random((seed * 100) + round));
                if (before.Count < people / 2)
                    Assert.False(formed.Repeats); // Dirac: whoever has met fewer than half of the others leaves a perfect matching
                Assert.Equal(formed.Repeats, formed.Groups.Any(group => Repeated(group, met) > 0));
                before.Add(new Grouping(formed.Groups, []));
            }
        }
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(5_001)]
    public void Five_thousand_people_are_paired_for_the_sixth_time_without_repeats(int people)
    {
        var cast = Cast.Of(people);
        var before = new List<Grouping>();
        for (var round = 0; round < 5; round++)
            before.Add(new Grouping(GroupMaker.Form(cast, new GroupPlan(5, 4, 6, GroupMode.Random), Acquaintances.None, new Random(round)).Groups, []));

        var met = Acquaintances.From(before);
        var formed = GroupMaker.Form(cast, Pairs, met, new Random(1));

        Assert.False(formed.Repeats);
        Assert.DoesNotContain(formed.Groups, group => Repeated(group, met) > 0);
    }

    [Fact]
    public void People_who_were_away_met_nobody()
    {
        var ids = Cast.Of(3).Select(p => p.Id).ToImmutableArray();

        var met = Acquaintances.From([new Grouping([ids], [ids[2]])]);

        Assert.True(met.HaveMet(ids[0], ids[1]));
        Assert.False(met.HaveMet(ids[0], ids[2]));
        Assert.False(met.HaveMet(ids[2], ids[1]));
    }

    private static Acquaintances Some(int people, Func<int, bool> met) => Acquaintances.From(
        from a in Enumerable.Range(1, people)
        from b in Enumerable.Range(a + 1, people - a)
        where met(a)
        select new Grouping([[Cast.Id(a), Cast.Id(b)]], []));

    private static int Repeated(IReadOnlyList<ParticipantId> members, Acquaintances met) =>
        (from a in Enumerable.Range(0, members.Count)
         from b in Enumerable.Range(0, a)
         where met.HaveMet(members[a], members[b])
         select a).Count();

    /// <summary>The fewest repeats of all ways to pair these people, one trio included if they are odd.</summary>
    private static int Fewest(ImmutableArray<ParticipantId> people, Acquaintances met)
    {
        if (people.Length <= 1)
            return people.Length == 0 ? 0 : int.MaxValue / 2;
        if (people.Length == 3)
            return Repeated(people, met);

        var (first, rest) = (people[0], people[1..]);
        var best = rest.Min(partner => Repeated([first, partner], met) + Fewest(rest.Remove(partner), met));
        if (people.Length % 2 == 0)
            return best;
        var withTrio =
            from a in rest
            from b in rest
            where a.Value.CompareTo(b.Value) < 0
            select Repeated([first, a, b], met) + FewestEven(rest.Remove(a).Remove(b), met);
        return Math.Min(best, withTrio.Min());
    }

    private static int FewestEven(ImmutableArray<ParticipantId> people, Acquaintances met) => people.IsEmpty ? 0 : Fewest(people, met);
}
