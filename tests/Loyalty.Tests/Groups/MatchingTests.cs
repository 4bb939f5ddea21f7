using System.Numerics;
using Loyalty.Engine.Groups;

namespace Loyalty.Tests.Groups;

public sealed class MatchingTests
{
    private const int Count = 14;

    /// <summary>Thin graphs in which everything can still be tried. Pairs taken greedily are in each other's way there, and one search follows another.</summary>
    [Fact]
    public void Matching_has_as_many_pairs_as_there_can_be()
    {
        for (var seed = 0; seed < 1_500; seed++)
        {
            var random = new Random(seed);
            var chance = 0.14 + (0.1 * random.NextDouble());
            var joined = new int[Count];
            for (var a = 0; a < Count; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    if (random.NextDouble() < chance)
                        (joined[a], joined[b]) = (joined[a] | (1 << b), joined[b] | (1 << a));
                }
            }

            var mates = Matching.Of(Count, (a, b) => (joined[a] & (1 << b)) != 0);

            Assert.All(mates.Index().Where(m => m.Item != Matching.Alone), m => Assert.True(mates[m.Item] == m.Index && (joined[m.Index] & (1 << m.Item)) != 0));
            Assert.Equal(Most(joined), mates.Count(mate => mate != Matching.Alone) / 2);
        }
    }

    /// <summary>The most pairs within each set of vertices: its lowest one stays alone or has one of the others.</summary>
    private static int Most(int[] joined)
    {
        var most = new int[1 << joined.Length];
        for (var set = 1; set < most.Length; set++)
        {
            var lowest = BitOperations.TrailingZeroCount(set);
            var others = set & ~(1 << lowest);
            most[set] = most[others];
            for (var left = others & joined[lowest]; left != 0; left &= left - 1)
                most[set] = Math.Max(most[set], 1 + most[others & ~(left & -left)]);
        }

        return most[^1];
    }
}
