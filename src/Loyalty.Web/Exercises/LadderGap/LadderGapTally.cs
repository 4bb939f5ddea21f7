using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.LadderGap;

/// <summary>Why there is nothing, or not everything, to compare.</summary>
public enum GapProblemKind
{
    /// <summary>The activity is not in the agenda.</summary>
    Missing,

    /// <summary>It has no answers yet.</summary>
    Empty,

    /// <summary>It has some, but fewer than may be shown.</summary>
    TooFew,
}

/// <summary>What is missing from one input.</summary>
/// <param name="Part">The perspective or subject that lacks answers, or empty if all do.</param>
public sealed record GapProblem(GapProblemKind Kind, string Title, string Part, int Smallest);

/// <summary>A rung with its priority and its grade in the chosen view.</summary>
/// <param name="Priority">Its place by mean rank; null if too few ranked it.</param>
/// <param name="Grades">Null mean if too few graded it.</param>
/// <param name="Gap">Null unless it has both.</param>
public sealed record GapRow(Item Rung, MeanRank? Priority, Descriptives Grades, RungGap? Gap);

/// <summary>Which rung to repair first, seen from one perspective with the grades of one subject.</summary>
/// <param name="Rungs">Several if level, none if no grade lags behind its priority.</param>
/// <param name="IsKnown">Whether there is enough to say.</param>
public sealed record FirstRung(Item Perspective, Item Subject, ImmutableArray<Item> Rungs, bool IsKnown);

/// <summary>Priority against grade, in the chosen view and, for the first rung to repair, in all of them.</summary>
/// <param name="Perspective">The chosen perspective; null if there is none to choose.</param>
/// <param name="Rows">In the order of the ladder, the highest rung first; empty if there is nothing to compare.</param>
public sealed record LadderGapTally(
    ImmutableArray<GapProblem> Problems,
    ImmutableArray<Item> Perspectives,
    ImmutableArray<Item> Subjects,
    Item? Perspective,
    Item? Subject,
    ImmutableArray<GapRow> Rows,
    ImmutableArray<FirstRung> FirstRungs)
{
    /// <summary>The rungs with a gap, the widest first; equal ones in the order of the ladder.</summary>
    public IEnumerable<GapRow> ByGap => Rows.Where(r => r.Gap is not null).OrderBy(r => r.Gap!.Place);

    /// <summary>The first rung to repair in the chosen view; null if it cannot be said.</summary>
    public FirstRung? First => FirstRungs.FirstOrDefault(f => f.Perspective == Perspective && f.Subject == Subject && f.IsKnown);

    public bool IsFirst(Item rung) => First?.Rungs.Contains(rung) == true;

    public static LadderGapTally Of(LadderInput priorities, LadderInput grades, LadderGapState state)
    {
        ImmutableArray<GapProblem> problems = [.. Absent(priorities), .. Absent(grades)];
        var perspective = Choose(priorities.Subjects, state.Perspective);
        var subject = Choose(grades.Subjects, state.Subject);
        if (problems.Length > 0 || perspective is null || subject is null)
            return new LadderGapTally(problems, priorities.Subjects, grades.Subjects, perspective, subject, [], []);

        var firsts =
            from p in priorities.Subjects
            from s in grades.Subjects
            let rows = Compare(priorities, grades, p, s)
            select new FirstRung(p, s, [.. rows.Analysis.FirstToRepair.Select(id => priorities.Items.First(i => i.Id == id))], !rows.Analysis.ByGap.IsEmpty);
        var chosen = Compare(priorities, grades, perspective, subject);
        return new LadderGapTally(
            [.. TooFew(priorities, perspective), .. TooFew(grades, subject)],
            priorities.Subjects, grades.Subjects, perspective, subject,
            chosen.Analysis.ByGap.IsEmpty ? [] : chosen.Rows,
            [.. firsts]);
    }

    private static (LadderGapAnalysis Analysis, ImmutableArray<GapRow> Rows) Compare(LadderInput priorities, LadderInput grades, Item perspective, Item subject)
    {
        // The curriculum lists rungs from the bottom; a ladder is read from the top.
        var ladder = priorities.Items.Reverse().ToList();
        var ranks = MeanRank
            .Order(ladder.Select(i => (Item: i, Numbers: priorities.Shown(perspective, i))).Select(r => (r.Item.Id, r.Numbers.Mean.GetValueOrDefault() * r.Numbers.Count, r.Numbers.Count)))
            .ToDictionary(r => r.Item, StringComparer.Ordinal);
        var numbers = ladder.ToDictionary(i => i.Id, i => grades.Shown(subject, i), StringComparer.Ordinal);
        var analysis = LadderGapAnalysis.Of([.. ladder.Select(i => (i.Id, ranks.GetValueOrDefault(i.Id)?.Mean, numbers[i.Id].Mean))]);
        var gaps = analysis.ByGap.ToDictionary(g => g.Item, StringComparer.Ordinal);
        return (analysis, [.. ladder.Select(i => new GapRow(i, ranks.GetValueOrDefault(i.Id), numbers[i.Id], gaps.GetValueOrDefault(i.Id)))]);
    }

    private static Item? Choose(ImmutableArray<Item> from, string? id) => from.FirstOrDefault(i => i.Id == id) ?? from.FirstOrDefault();

    private static IEnumerable<GapProblem> Absent(LadderInput input)
    {
        if (!input.IsInAgenda)
            yield return new GapProblem(GapProblemKind.Missing, input.Title, "", input.Smallest);
        else if (input.IsEmpty)
            yield return new GapProblem(GapProblemKind.Empty, input.Title, "", input.Smallest);
    }

    private static IEnumerable<GapProblem> TooFew(LadderInput input, Item part)
    {
        if (input.Count(part) < input.Smallest)
            yield return new GapProblem(GapProblemKind.TooFew, input.Title, part.Label, input.Smallest);
    }
}
