using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Insights;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Features.Reports;

/// <summary>A score with the title of the activity that it comes from.</summary>
public sealed record ScoreLine(string Title, Figure Figure)
{
    public NetPromoterScore Nps => Figure.Nps!;
}

/// <summary>The first rung to repair in one perspective.</summary>
/// <param name="Rungs">Several if they are level; none if no grade lags behind its priority.</param>
/// <param name="Gap">Of these rungs, priority − grade on a scale of 0 to 1; null if there are none.</param>
/// <param name="RankedBy">The fewest people who ranked a rung, and <paramref name="GradedBy"/> who graded one.</param>
public sealed record RepairLine(string Perspective, string Subject, ImmutableArray<string> Rungs, double? Gap, int RankedBy, int GradedBy);

/// <summary>Affirming to corrective messages.</summary>
/// <param name="People">How many people counted.</param>
/// <param name="Target">What the activity aims at, such as five to one.</param>
public sealed record RatioLine(string Label, MessageRatio Ratio, int People, double Target);

/// <summary>What the room took over as its own in one activity.</summary>
public sealed record AgreedLine(string Title, ImmutableArray<string> Items);

/// <summary>How many commitments there are to an opportunity or a rung.</summary>
/// <param name="Label">Empty where none was chosen.</param>
public sealed record CommitmentCount(string Label, int Commitments);

/// <summary>Commitments in numbers; their words are the participants' own and stay in the plans.</summary>
/// <param name="People">How many people made at least one.</param>
public sealed record CommitmentNumbers(int Total, int People, ImmutableArray<CommitmentCount> ByOpportunity, ImmutableArray<CommitmentCount> ByRung)
{
    public static CommitmentNumbers None { get; } = new(0, 0, [], []);
}

/// <summary>What a report says, before anything is worded or drawn. Everything is counted, nothing is rounded.</summary>
/// <param name="Results">The activities that are over and have results, in the order of the agenda.</param>
public sealed record ReportModel(
    LiveWorkshop Workshop,
    int Attended,
    ImmutableArray<ActivityFigures> Results,
    ImmutableArray<ScoreLine> Scores,
    ImmutableArray<ScoreLine> Evaluations,
    ImmutableArray<RepairLine> Repairs,
    ImmutableArray<RatioLine> Ratios,
    ImmutableArray<AgreedLine> Agreed,
    CommitmentNumbers Commitments)
{
    private const double FiveToOne = 5;

    public WorkshopInfo Info => Workshop.Info;

    public static ReportModel Of(LiveWorkshop workshop)
    {
        var results = WorkshopFigures.Of(workshop);
        return new ReportModel(
            workshop,
            workshop.Participants.Count,
            results,
            ScoresOf(results, name => name != KnownMeasures.Evaluation),
            ScoresOf(results, name => name == KnownMeasures.Evaluation),
            RepairsOf(results),
            RatiosOf(results),
            AgreedOf(workshop, results),
            CommitmentsOf(workshop, results));
    }

    private static ImmutableArray<ScoreLine> ScoresOf(ImmutableArray<ActivityFigures> results, Func<string, bool> wanted) =>
        [.. from result in results from figure in result.Totals where figure.Nps is not null && wanted(figure.Measure) select new ScoreLine(result.Activity.Title, figure)];

    private static ImmutableArray<RepairLine> RepairsOf(ImmutableArray<ActivityFigures> results)
    {
        // Of what was taken twice, the first time counts, before the room has worked on it.
        var grades = FirstOf(results, KnownMeasures.Grade).Where(g => KnownMeasures.IsOnScale(g.Measure, g.Numbers.Mean ?? 0)).ToList();
        var ranks = FirstOf(results, KnownMeasures.Priority).GroupBy(r => r.Subject)
            .Where(p => p.All(r => r.Numbers.Mean >= 1 && r.Numbers.Mean <= p.Count() + Places.Tolerance)).SelectMany(p => p).ToList();
        if (grades.Count == 0 || ranks.Count == 0)
            return [];

        // The first subject is the whole that a customer meets.
        var graded = grades.Where(g => g.Subject == grades[0].Subject).ToDictionary(g => g.Item, StringComparer.Ordinal);
        return
        [
            .. ranks.GroupBy(r => (r.Subject, r.SubjectLabel)).Select(perspective =>
            {
                var analysis = LadderGapAnalysis.Of([.. perspective.Select(r => (r.Item, r.Numbers.Mean, graded.GetValueOrDefault(r.Item)?.Numbers.Mean))]);
                return new RepairLine(
                    perspective.Key.SubjectLabel,
                    grades[0].SubjectLabel,
                    [.. analysis.FirstToRepair.Select(id => perspective.First(r => r.Item == id).ItemLabel)],
                    analysis.FirstToRepair.IsEmpty ? null : analysis.ByGap[0].Gap,
                    perspective.Min(r => r.People),
                    graded.Values.Min(g => g.People));
            }),
        ];
    }

    private static IEnumerable<Figure> FirstOf(ImmutableArray<ActivityFigures> results, string measure) =>
        results.Select(r => r.Totals.Where(f => f.Measure == measure)).FirstOrDefault(f => f.Any()) ?? [];

    private static ImmutableArray<RatioLine> RatiosOf(ImmutableArray<ActivityFigures> results) =>
    [
        .. from result in results
           from question in result.Totals.Where(f => f.Measure == KnownMeasures.Messages).GroupBy(f => (f.Subject, f.SubjectLabel))
           select new RatioLine(question.Key.SubjectLabel, RatioOf(question), question.Max(f => f.People), TargetOf(result.Activity)),
    ];

    private static MessageRatio RatioOf(IEnumerable<Figure> question)
    {
        var sums = question.ToDictionary(f => f.Item, f => (long)f.Sum, StringComparer.Ordinal);
        return new MessageRatio(sums.GetValueOrDefault(KnownMeasures.Affirming), sums.GetValueOrDefault(KnownMeasures.Corrective));
    }

    private static double TargetOf(Activity activity) =>
        activity.Settings.ValueKind == JsonValueKind.Object && activity.Settings.TryGetProperty("target", out var target) && target.TryGetDouble(out var value) ? value : FiveToOne;

    private static ImmutableArray<AgreedLine> AgreedOf(LiveWorkshop workshop, ImmutableArray<ActivityFigures> results) =>
    [
        .. results.Where(r => !r.TooFew)
            .Select(r => new AgreedLine(r.Activity.Title, [.. workshop.Rulebook.Of(r.Activity).Agreed(workshop.ContextOf(r.Activity), workshop.StateOf(r.Activity)).Select(i => i.Label)]))
            .Where(a => !a.Items.IsEmpty),
    ];

    private static CommitmentNumbers CommitmentsOf(LiveWorkshop workshop, ImmutableArray<ActivityFigures> results)
    {
        var plans = results.Where(r => r.Totals.Any(f => f.Measure == KnownMeasures.Commitments)).ToList();
        if (plans.Count == 0)
            return CommitmentNumbers.None;
        var all = plans.SelectMany(r => r.Totals).Where(f => f.Measure == KnownMeasures.Commitments).ToList();
        return new CommitmentNumbers(
            all.Sum(f => f.Numbers.Count),
            plans.SelectMany(r => workshop.MeasuresOf(r.Activity.Id)).Select(m => m.Author).Distinct().Count(),
            CountBy(all, f => f.SubjectLabel), CountBy(all, f => f.ItemLabel));
    }

    // In the order of the settings, which is that of the figures; what has no label comes last.
    private static ImmutableArray<CommitmentCount> CountBy(List<Figure> figures, Func<Figure, string> labelOf) =>
        [.. figures.GroupBy(labelOf).Select(g => new CommitmentCount(g.Key, g.Sum(f => f.Numbers.Count))).OrderBy(c => c.Label.Length == 0)];
}
