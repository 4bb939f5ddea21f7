using System.Collections.Immutable;

namespace Loyalty.Engine.Insights;

/// <summary>How important a rung is, and how well it is done, on one scale.</summary>
/// <param name="Item">The rung's id.</param>
/// <param name="MeanRank">Its mean priority rank, unrounded: 1 is the most important.</param>
/// <param name="GradePoints">Its mean grade, unrounded, from 0 to 4.3.</param>
/// <param name="Priority">The rank as a share: 1 if everybody put it first, 0 if everybody put it last.</param>
/// <param name="Standing">The grade as a share: 1 is A+, 0 is F.</param>
/// <param name="Place">Its place by gap, widest first; equal gaps share it.</param>
public sealed record RungGap(string Item, double MeanRank, double GradePoints, double Priority, double Standing, int Place)
{
    /// <summary>Priority − standing, from −1 to +1: above zero it matters more than it is done well, below zero the other way round.</summary>
    public double Gap => Priority - Standing;
}

/// <summary>
/// Priority against grade. Ranks and grades have different units, so both are put on 0..1 by their own ends: with n ranked rungs,
/// priority = (n − mean rank) / (n − 1) and standing = mean grade / 4.3. The ends are those of the scales and not those of the room,
/// so that gaps can be compared between rooms and dates, and a room that grades everything A has no artificial loser.
/// </summary>
/// <param name="ByGap">The rungs that have both, widest gap first; equal gaps in the order of the ladder.</param>
/// <param name="FirstToRepair">
/// The widest gap, that is the highest priority with the lowest grade; several if they are level, none if no rung's grade lags behind its priority.
/// </param>
public sealed record LadderGapAnalysis(ImmutableArray<RungGap> ByGap, ImmutableArray<string> FirstToRepair)
{
    public static LadderGapAnalysis None { get; } = new([], []);

    /// <param name="rungs">In the order of the ladder, each with what is known of it. A rung without rank or without grade has no gap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rank is not within 1..n, or a grade not within 0..4.3.</exception>
    public static LadderGapAnalysis Of(IReadOnlyList<(string Item, double? MeanRank, double? GradePoints)> rungs)
    {
        var ranked = rungs.Count(r => r.MeanRank is not null);
        var gaps = new List<RungGap>();
        foreach (var (item, meanRank, gradePoints) in rungs)
        {
            if (meanRank is not { } rank || gradePoints is not { } points)
                continue;
            var priority = ranked > 1 ? Share((ranked - rank) / (ranked - 1), nameof(rungs)) : 1;
            gaps.Add(new RungGap(item, rank, points, priority, Share(points / GradeScale.MaxPoints, nameof(rungs)), 0));
        }

        // OrderBy is stable: ties keep the order of the ladder.
        var ordered = gaps.OrderByDescending(g => g.Gap).ToList();
        var places = Places.Of([.. ordered.Select(g => g.Gap)]);
        var byGap = ordered.Select((g, i) => g with { Place = places[i] }).ToImmutableArray();
        return new LadderGapAnalysis(byGap, [.. byGap.Where(g => g.Place == 1 && g.Gap > Places.Tolerance).Select(g => g.Item)]);
    }

    private static double Share(double value, string parameter) =>
        value >= -Places.Tolerance && value <= 1 + Places.Tolerance
            ? Math.Clamp(value, 0, 1)
            : throw new ArgumentOutOfRangeException(parameter, value, "A mean rank or grade lies outside its scale.");
}
