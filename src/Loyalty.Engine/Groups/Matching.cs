namespace Loyalty.Engine.Groups;

/// <summary>
/// A maximum matching in a general graph: as many disjoint pairs as there can be. Edmonds' blossom algorithm (J. Edmonds, “Paths,
/// trees, and flowers”, Canadian Journal of Mathematics 17, 1965), O(n³) at worst. It begins with pairs taken greedily, which in a
/// graph where nearly everybody may be with nearly everybody leaves next to nothing to improve.
/// </summary>
internal sealed class Matching
{
    /// <summary>The mate of a vertex that has none.</summary>
    public const int Alone = -1;

    private readonly int count;
    private readonly Func<int, int, bool> mayPair;
    private readonly int[] mate;

    // The alternating forest of one search: where a vertex was reached from, and the blossom that it lies in.
    private readonly int[] parent;
    private readonly int[] root;
    private readonly bool[] even;
    private readonly bool[] marked;
    private readonly Queue<int> queue = new();

    private Matching(int count, Func<int, int, bool> mayPair)
    {
        this.count = count;
        this.mayPair = mayPair;
        mate = new int[count];
        parent = new int[count];
        root = new int[count];
        even = new bool[count];
        marked = new bool[count];
        Array.Fill(mate, Alone);
    }

    /// <param name="mayPair">Whether two vertices from 0 to <paramref name="count"/> - 1 are joined; the same both ways.</param>
    /// <returns>The mate of each vertex, or <see cref="Alone"/>.</returns>
    public static int[] Of(int count, Func<int, int, bool> mayPair)
    {
        var matching = new Matching(count, mayPair);
        matching.TakeGreedily();
        for (var vertex = 0; vertex < count; vertex++)
        {
            if (matching.mate[vertex] == Alone)
                matching.Augment(vertex);
        }

        return matching.mate;
    }

    private void TakeGreedily()
    {
        for (var a = 0; a < count; a++)
        {
            for (var b = a + 1; mate[a] == Alone && b < count; b++)
            {
                if (mate[b] == Alone && mayPair(a, b))
                    (mate[a], mate[b]) = (b, a);
            }
        }
    }

    /// <summary>Looks for a path from a vertex without a mate to another one, and swaps the pairs along it.</summary>
    private void Augment(int start)
    {
        for (var at = FindPath(start); at != Alone;)
        {
            var before = parent[at];
            var next = mate[before];
            (mate[at], mate[before]) = (before, at);
            at = next;
        }
    }

    private int FindPath(int start)
    {
        Array.Fill(parent, Alone);
        Array.Clear(even);
        for (var i = 0; i < count; i++)
            root[i] = i;
        queue.Clear();
        Reach(start);

        while (queue.TryDequeue(out var from))
        {
            for (var to = 0; to < count; to++)
            {
                if (to == from || root[from] == root[to] || mate[from] == to || !mayPair(from, to))
                    continue;
                if (to == start || (mate[to] != Alone && parent[mate[to]] != Alone))
                {
                    Contract(from, to);
                }
                else if (parent[to] == Alone)
                {
                    parent[to] = from;
                    if (mate[to] == Alone)
                        return to;
                    Reach(mate[to]);
                }
            }
        }

        return Alone;
    }

    private void Reach(int vertex)
    {
        even[vertex] = true;
        queue.Enqueue(vertex);
    }

    /// <summary>An edge within the tree closes a cycle of odd length, a blossom: from now on it counts as one vertex.</summary>
    private void Contract(int one, int other)
    {
        var stem = CommonRoot(one, other);
        Array.Clear(marked);
        MarkPath(one, stem, other);
        MarkPath(other, stem, one);
        for (var i = 0; i < count; i++)
        {
            if (!marked[root[i]])
                continue;
            root[i] = stem;
            if (!even[i])
                Reach(i);
        }
    }

    private int CommonRoot(int one, int other)
    {
        Array.Clear(marked);
        for (var at = root[one]; ; at = root[parent[mate[at]]])
        {
            marked[at] = true;
            if (mate[at] == Alone)
                break;
        }

        var found = root[other];
        while (!marked[found])
            found = root[parent[mate[found]]];
        return found;
    }

    private void MarkPath(int from, int stem, int child)
    {
        while (root[from] != stem)
        {
            marked[root[from]] = true;
            marked[root[mate[from]]] = true;
            parent[from] = child;
            child = mate[from];
            from = parent[mate[from]];
        }
    }
}
