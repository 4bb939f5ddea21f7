using System.Collections.Immutable;

namespace Loyalty.Engine.Groups;

/// <summary>
/// Pairs of people who have not met. Partners are found as a matching in the graph of those who have not (see <see cref="Matching"/>),
/// so that an even number is never told that it is impossible when it is not. With an odd number, three who have not met are taken out
/// first, and the rest is matched: exact up to <see cref="ExactTrios"/> people, where all threes are tried. In larger rooms
/// <see cref="TriosTried"/> of them are: as long as nobody has met about half of the room the first one already does (Dirac's theorem).
/// </summary>
internal static class PairMaker
{
    public const int ExactTrios = 25;
    public const int TriosTried = 30;

    /// <param name="line">In an order made by chance.</param>
    public static FormedGroups Form(ParticipantId[] line, Acquaintances acquaintances, Random random)
    {
        var here = line.Index().ToDictionary(p => p.Item, p => p.Index);
        var met = line.Select(id => acquaintances.Of(id).Where(here.ContainsKey).Select(other => here[other]).ToHashSet()).ToArray();
        var everybody = Enumerable.Range(0, line.Length).ToArray();

        var groups = line.Length switch
        {
            1 => [everybody],
            // Somebody who knows everybody already makes it impossible, and the search for it long.
            _ when met.Any(others => others.Count == line.Length - 1) => null,
            _ when line.Length % 2 == 0 => Pairs(everybody, met, mayStayAlone: false),
            _ => WithTrio(everybody, met, random),
        };
        var formed = groups ?? WithRepeats(everybody, met);
        return new FormedGroups([.. formed.Select(group => group.Select(index => line[index]).ToImmutableArray())], Repeats: groups is null);
    }

    private static List<int[]>? WithTrio(int[] everybody, HashSet<int>[] met, Random random)
    {
        foreach (var trio in everybody.Length <= ExactTrios ? AllTrios(everybody, met) : SomeTrios(everybody, met, random))
        {
            if (Pairs([.. everybody.Except(trio)], met, mayStayAlone: false) is { } pairs)
                return [.. pairs, trio];
        }

        return null;
    }

    private static IEnumerable<int[]> AllTrios(int[] everybody, HashSet<int>[] met) =>
        from a in everybody
        from b in everybody
        where a < b && !met[a].Contains(b)
        from c in everybody
        where b < c && !met[a].Contains(c) && !met[b].Contains(c)
        select new[] { a, b, c };

    private static IEnumerable<int[]> SomeTrios(int[] everybody, HashSet<int>[] met, Random random)
    {
        for (var tried = 0; tried < TriosTried; tried++)
        {
            var a = everybody[random.Next(everybody.Length)];
            var others = everybody.Where(i => i != a && !met[a].Contains(i)).ToArray();
            random.Shuffle(others);
            // A few are enough to find two among them who have not met.
            foreach (var b in others.Take(3))
            {
                var c = Array.FindIndex(others, i => i != b && !met[b].Contains(i));
                if (c >= 0)
                {
                    yield return [a, b, others[c]];
                    break;
                }
            }
        }
    }

    /// <summary>The most pairs of people who have not met; null if somebody is left who must not be.</summary>
    private static List<int[]>? Pairs(int[] people, HashSet<int>[] met, bool mayStayAlone)
    {
        var mates = Matching.Of(people.Length, (a, b) => !met[people[a]].Contains(people[b]));
        return !mayStayAlone && mates.Contains(Matching.Alone)
            ? null
            : [.. mates.Index().Where(m => m.Index < m.Item || m.Item == Matching.Alone).Select(m => m.Item == Matching.Alone ? [people[m.Index]] : new[] { people[m.Index], people[m.Item] })];
    }

    /// <summary>As few repeats as there can be: whoever finds no new partner gets one of the others who found none.</summary>
    private static List<int[]> WithRepeats(int[] everybody, HashSet<int>[] met)
    {
        var found = Pairs(everybody, met, mayStayAlone: true)!;
        var groups = found.Where(group => group.Length == 2).ToList();
        var alone = found.Where(group => group.Length == 1).Select(group => group[0]).ToList();
        for (var i = 0; i + 1 < alone.Count; i += 2)
            groups.Add([alone[i], alone[i + 1]]);
        if (alone.Count % 2 == 0)
            return groups;

        var last = alone[^1];
        var host = groups.MinBy(group => group.Count(met[last].Contains))!;
        groups[groups.IndexOf(host)] = [.. host, last];
        return groups;
    }
}
