using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Features.Reports.Trends;

/// <summary>
/// Makes trends of what was measured. Pure. A point stands for at least as many people as its workshop's threshold, departments are
/// disclosed by the same rule as everywhere, and so nothing can be worked out here that a report holds back.
/// </summary>
internal static class TrendBuilder
{
    private const double HighestRatio = 8;

    public static TrendModel Of(TrendData data)
    {
        var cells = data.Workshops.SelectMany(w => CellsOf(w.Workshop, w.Agenda, data.Counts)).ToList();
        TrendGroup[] groups =
        [
            new TrendGroup("Nps", "", [.. PanelsOf(cells, KnownMeasures.Nps, TrendUnit.Score, -100, 100, Score)]),
            .. ByAbout(cells, KnownMeasures.Grade, "Grade", of => PanelsOf(of, KnownMeasures.Grade, TrendUnit.Grade, 0, GradeScale.MaxPoints, Mean)),
            new TrendGroup("Gap", "", [.. GapsOf(data, cells)]),
            new TrendGroup("Ratio", "", [.. RatiosOf(cells)]),
            .. ByAbout(cells, KnownMeasures.Touchpoints, "Touchpoints", of => PanelsOf(of, KnownMeasures.Touchpoints, TrendUnit.Number, Lowest(of), Highest(of), Mean)),
            new TrendGroup("Kept", "", [.. KeptOf(cells)]),
            new TrendGroup("Evaluation", "", [.. PanelsOf(cells, KnownMeasures.Evaluation, TrendUnit.Score, -100, 100, Score)]),
        ];
        return new TrendModel([.. data.Workshops.Select(w => w.Workshop)], [.. groups.Where(g => !g.Panels.IsEmpty)]);
    }

    private static IEnumerable<Cell> CellsOf(TrendWorkshop workshop, ImmutableArray<Activity> agenda, ImmutableArray<ValueCount> counts)
    {
        var own = counts.Where(c => c.Workshop == workshop.Id).ToLookup(c => c.Activity, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var activity in agenda)
        {
            // A measure that an agenda takes twice is compared by its first time, before the room has worked on it.
            var measures = own[activity.Id.Value].Where(c => !taken.Contains(c.Measure)).ToList();
            var labels = measures.Count > 0 ? WorkshopFigures.Labels(activity.Settings) : [];
            foreach (var cell in measures.GroupBy(c => (c.Measure, c.Subject, c.Item)))
            {
                yield return new Cell(
                    workshop, cell.Key.Measure, cell.Key.Subject, labels.GetValueOrDefault(cell.Key.Subject, cell.Key.Subject), cell.Key.Item, labels.GetValueOrDefault(cell.Key.Item, cell.Key.Item),
                    labels.IndexOf(cell.Key.Item), labels.IndexOf(cell.Key.Subject), [.. cell]);
            }

            taken.UnionWith(measures.Select(c => c.Measure));
        }
    }

    /// <summary>One group of panels for each subject, in the order of the settings.</summary>
    private static IEnumerable<TrendGroup> ByAbout(List<Cell> cells, string measure, string key, Func<List<Cell>, IEnumerable<TrendPanel>> panels) =>
        cells.Where(c => c.Measure == measure).GroupBy(c => c.Subject, StringComparer.Ordinal).OrderBy(g => g.Last().SubjectPlace)
            .Select(g => new TrendGroup(key, g.Last().SubjectLabel, [.. panels([.. g])]));

    private static IEnumerable<TrendPanel> PanelsOf(List<Cell> cells, string measure, TrendUnit unit, double low, double high, Func<TrendWorkshop, ImmutableArray<ValueCount>, TrendPoint> point) =>
        from item in cells.Where(c => c.Measure == measure).GroupBy(c => c.Item, StringComparer.Ordinal).OrderBy(g => g.Last().ItemPlace)
        let disclosed = item.Select(c => (Cell: c, Disclosure: c.Disclose())).Where(c => c.Disclosure.TotalShown).ToList()
        where disclosed.Count > 0
        select new TrendPanel(
            item.Last().ItemLabel, unit, low, high,
            [.. disclosed.Select(c => point(c.Cell.Workshop, c.Cell.Counts))],
            [
                .. from department in disclosed.SelectMany(c => c.Disclosure.Shown).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                   select (department, disclosed.Where(c => c.Disclosure.Shown.Contains(department)).Select(c => point(c.Cell.Workshop, [.. c.Cell.Counts.Where(v => v.Department == department)])).ToImmutableArray()),
            ]);

    // Priority as the room itself sees it, which is its last perspective, against the grade of the whole, which is the first subject.
    private static IEnumerable<TrendPanel> GapsOf(TrendData data, List<Cell> cells)
    {
        var points = new Dictionary<string, (string Label, int Place, List<TrendPoint> Points)>(StringComparer.Ordinal);
        foreach (var (workshop, _) in data.Workshops)
        {
            var own = cells.Where(c => c.Workshop == workshop && c.Disclose().TotalShown).ToList();
            var ranks = own.Where(c => c.Measure == KnownMeasures.Priority).GroupBy(c => c.SubjectPlace).MaxBy(g => g.Key)?.OrderBy(c => c.ItemPlace).ToList() ?? [];
            var grades = own.Where(c => c.Measure == KnownMeasures.Grade).GroupBy(c => c.SubjectPlace).MinBy(g => g.Key)?.ToDictionary(c => c.Item, StringComparer.Ordinal) ?? [];
            var gaps = LadderGapAnalysis.Of([.. ranks.Select(r => (r.Item, Numbers(r.Counts).Mean, grades.GetValueOrDefault(r.Item) is { } grade ? Numbers(grade.Counts).Mean : null))]);
            foreach (var gap in gaps.ByGap)
            {
                var rank = ranks.First(r => r.Item == gap.Item);
                if (!points.TryGetValue(gap.Item, out var rung))
                    points[gap.Item] = rung = (rank.ItemLabel, rank.ItemPlace, []);
                rung.Points.Add(new TrendPoint(workshop, Math.Min(People(rank.Counts), People(grades[gap.Item].Counts)), gap.Gap * 100, null));
            }
        }

        return points.Values.OrderBy(p => p.Place).Select(p => new TrendPanel(p.Label, TrendUnit.Score, -100, 100, [.. p.Points], []));
    }

    private static IEnumerable<TrendPanel> RatiosOf(List<Cell> cells) =>
        from question in cells.Where(c => c.Measure == KnownMeasures.Messages).GroupBy(c => c.Subject, StringComparer.Ordinal).OrderBy(g => g.Last().SubjectPlace)
        let points = question.GroupBy(c => c.Workshop)
            .Where(w => w.All(c => c.Disclose().TotalShown))
            .Select(w => (Workshop: w.Key, Ratio: new MessageRatio(Sum(w, KnownMeasures.Affirming), Sum(w, KnownMeasures.Corrective)), People: w.Max(c => People(c.Counts))))
            .Where(w => w.Ratio.Value is not null)
            .Select(w => new TrendPoint(w.Workshop, w.People, w.Ratio.Value!.Value, null)).ToImmutableArray()
        where !points.IsEmpty
        select new TrendPanel(question.Last().SubjectLabel, TrendUnit.Ratio, 0, Math.Max(HighestRatio, points.Max(p => p.Value)), points, []);

    // The share of commitments that people put into "kept". Each person puts each commitment once, so that the commitment that most people
    // have counts them.
    private static IEnumerable<TrendPanel> KeptOf(List<Cell> cells)
    {
        var points = cells.Where(c => c.Measure == KnownMeasures.Progress).GroupBy(c => c.Workshop)
            .Select(w => (Workshop: w.Key, People: w.GroupBy(c => c.Item, StringComparer.Ordinal).Max(i => i.Sum(c => People(c.Counts))), Share: w.Where(c => c.Subject == KnownMeasures.Kept).Sum(c => People(c.Counts)) / (double)w.Sum(c => People(c.Counts))))
            .Where(w => w.People >= w.Workshop.Threshold)
            .Select(w => new TrendPoint(w.Workshop, w.People, w.Share, null)).ToImmutableArray();
        var label = cells.LastOrDefault(c => c is { Measure: KnownMeasures.Progress, Subject: KnownMeasures.Kept })?.SubjectLabel ?? "";
        return points.IsEmpty ? [] : [new TrendPanel(label, TrendUnit.Share, 0, 1, points, [])];
    }

    private static long Sum(IEnumerable<Cell> cells, string item) => (long)cells.Where(c => c.Item == item).SelectMany(c => c.Counts).Sum(c => c.Value * c.Count);

    private static TrendPoint Score(TrendWorkshop workshop, ImmutableArray<ValueCount> counts)
    {
        var score = NetPromoterScore.Of(counts.SelectMany(c => Enumerable.Repeat((int)c.Value, c.Count)));
        return new TrendPoint(workshop, score.Count, score.Value ?? 0, Confidence.OfScore(score));
    }

    private static TrendPoint Mean(TrendWorkshop workshop, ImmutableArray<ValueCount> counts)
    {
        var numbers = Numbers(counts);
        return new TrendPoint(workshop, numbers.Count, numbers.Mean ?? 0, Confidence.OfMean(numbers));
    }

    private static Descriptives Numbers(ImmutableArray<ValueCount> counts) =>
        Descriptives.OfCounts(counts.GroupBy(c => c.Value).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(c => c.Count))));

    private static int People(ImmutableArray<ValueCount> counts) => counts.Sum(c => c.Count);

    private static double Lowest(List<Cell> cells) => Math.Min(0, cells.SelectMany(c => c.Counts).Min(c => c.Value));

    private static double Highest(List<Cell> cells) => Math.Max(1, cells.SelectMany(c => c.Counts).Max(c => c.Value));

    private sealed record Cell(
        TrendWorkshop Workshop, string Measure, string Subject, string SubjectLabel, string Item, string ItemLabel, int ItemPlace, int SubjectPlace, ImmutableArray<ValueCount> Counts)
    {
        public Disclosure Disclose() => Suppression.Of(
            Counts.Where(c => c.Department is not null).GroupBy(c => c.Department!, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum(c => c.Count))),
            Counts.Where(c => c.Department is null).Sum(c => c.Count),
            Workshop.Threshold);
    }
}
