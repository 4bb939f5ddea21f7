using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.PairedScale;

/// <summary>The same two numbers, and how many gave them.</summary>
public sealed record PairedMove(int First, int Second, int Count);

/// <summary>What an item was given.</summary>
/// <param name="Number">Its place in the list from 1, by which the map names it.</param>
/// <param name="Count">How many gave it both numbers.</param>
/// <param name="Gap">The second mean minus the first, unrounded; null if nobody judged it, or too few.</param>
/// <param name="Moves">Ordered by their numbers, which says nothing about who gave them; none if too few judged it.</param>
/// <param name="Quadrant">Null on a map without names, on the line between two corners, or if nobody judged it, or too few.</param>
public sealed record PairedLine(
    Item Item,
    int Number,
    int Count,
    Descriptives First,
    Descriptives Second,
    double? Gap,
    ImmutableArray<PairedMove> Moves,
    PairedQuadrant? Quadrant)
{
    /// <summary>Whether there is anything to show. If not, the line holds no numbers but n.</summary>
    public bool IsShown => Gap is not null;

    public int Falls => Moves.Where(m => m.Second < m.First).Sum(m => m.Count);

    public int Rises => Moves.Where(m => m.Second > m.First).Sum(m => m.Count);

    public int Stays => Count - Falls - Rises;

    internal static PairedLine Of(PairedScaleSettings settings, Item item, IReadOnlyCollection<PairedScores> given, int smallest)
    {
        if (given.Count < smallest)
            return new PairedLine(item, 0, given.Count, Descriptives.None, Descriptives.None, null, [], null);
        var moves = given
            .CountBy(scores => scores)
            .OrderBy(move => move.Key.First).ThenBy(move => move.Key.Second)
            .Select(move => new PairedMove(move.Key.First, move.Key.Second, move.Value))
            .ToImmutableArray();
        var first = Descriptives.OfCounts(moves.Select(m => ((double)m.First, m.Count)));
        var second = Descriptives.OfCounts(moves.Select(m => ((double)m.Second, m.Count)));
        return new PairedLine(item, 0, first.Count, first, second, second.Mean - first.Mean, moves, QuadrantOf(settings, first.Mean, second.Mean));
    }

    private static PairedQuadrant? QuadrantOf(PairedScaleSettings settings, double? first, double? second) =>
        SideOf(settings.First, first) is { } up && SideOf(settings.Second, second) is { } right ? settings.Quadrant(up, right) : null;

    // Exactly in the middle is on neither side.
    private static PairedSide? SideOf(PairedNumber number, double? mean) =>
        mean > number.Middle ? PairedSide.High : mean < number.Middle ? PairedSide.Low : null;
}

/// <param name="Lines">On a map the widest gap first, those without one last; otherwise in their own order.</param>
public sealed record PairedTally(int Respondents, ImmutableArray<PairedLine> Lines)
{
    /// <summary>What somebody judged, whether it may be shown or not.</summary>
    public IEnumerable<PairedLine> Judged => Lines.Where(l => l.Count > 0);

    public IEnumerable<PairedLine> Shown => Lines.Where(l => l.IsShown);
}
