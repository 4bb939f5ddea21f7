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
        var cells = data.Workshops.SelectMany(w => CellsOf(w.Workshop, w.Agenda, data)).ToList();
        TrendGroup[] groups =
        [
            new TrendGroup("Nps", "", ScoresOf(cells, KnownMeasures.Nps)),
            .. ByAbout(cells, KnownMeasures.Grade, "Grade", about => PanelsOf(about, TrendUnit.Grade, 0, GradeScale.MaxPoints, Grade, value => value)),
            new TrendGroup("Gap", "", GapsOf(cells)),
            new TrendGroup("Ratio", "", RatiosOf(cells)),
            .. ByAbout(cells, KnownMeasures.Touchpoints, "Touchpoints", about => OnOneScale(PanelsOf(about, TrendUnit.Number, 0, 0, Mean, value => value))),
            new TrendGroup("Kept", "", KeptOf(cells)),
            new TrendGroup("Evaluation", "", ScoresOf(cells, KnownMeasures.Evaluation)),
        ];
        return new TrendModel([.. data.Workshops.Select(w => w.Workshop)], [.. groups.Where(g => !g.Panels.IsEmpty)]);
    }

    private static IEnumerable<Cell> CellsOf(TrendWorkshop workshop, ImmutableArray<Activity> agenda, TrendData data)
    {
        var own = data.Counts.Where(c => c.Workshop == workshop.Id).ToLookup(c => c.Activity, StringComparer.Ordinal);
        var linked = data.Linked.Where(v => v.Workshop == workshop.Id).ToLookup(v => (v.Activity, v.Measure, v.Subject, v.Item));
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var activity in agenda)
        {
            // A measure that an agenda takes twice is compared by its first time, before the room has worked on it.
            var measures = own[activity.Id.Value].Where(c => !taken.Contains(c.Measure)).ToList();
            var labels = measures.Count > 0 ? WorkshopFigures.Labels(activity.Settings) : [];
            foreach (var cell in measures.GroupBy(c => (c.Measure, c.Subject, c.Item)).Where(cell => cell.All(c => KnownMeasures.IsOnScale(c.Measure, c.Value))))
            {
                yield return new Cell(
                    workshop, cell.Key.Measure,
                    new Named(cell.Key.Subject, labels.GetValueOrDefault(cell.Key.Subject, cell.Key.Subject), labels.IndexOf(cell.Key.Subject)),
                    new Named(cell.Key.Item, labels.GetValueOrDefault(cell.Key.Item, cell.Key.Item), labels.IndexOf(cell.Key.Item)),
                    [.. cell],
                    [.. linked[(activity.Id.Value, cell.Key.Measure, cell.Key.Subject, cell.Key.Item)]]);
            }

            taken.UnionWith(measures.Select(c => c.Measure));
        }
    }

    /// <summary>One group of panels for each subject, in the order of the settings.</summary>
    private static IEnumerable<TrendGroup> ByAbout(List<Cell> cells, string measure, string key, Func<List<Cell>, ImmutableArray<TrendPanel>> panels) =>
        cells.Where(c => c.Measure == measure).GroupBy(c => c.Subject.Id, StringComparer.Ordinal).OrderBy(g => g.Last().Subject.Place)
            .Select(g => new TrendGroup(key, g.Last().Subject.Label, panels([.. g])));

    private static ImmutableArray<TrendPanel> ScoresOf(List<Cell> cells, string measure) =>
        PanelsOf([.. cells.Where(c => c.Measure == measure)], TrendUnit.Score, -100, 100, Score, value => NetPromoterScore.Of([(int)value]).Value!.Value);

    /// <summary>One panel for each item, in the order of the settings.</summary>
    /// <param name="ofOne">What one person's value adds to the mean that is shown.</param>
    private static ImmutableArray<TrendPanel> PanelsOf(
        List<Cell> cells, TrendUnit unit, double low, double high, Func<TrendWorkshop, ImmutableArray<ValueCount>, TrendPoint> point, Func<double, double> ofOne) =>
    [
        .. cells.GroupBy(c => c.Item.Id, StringComparer.Ordinal).OrderBy(g => g.Last().Item.Place)
            .Select(item => Panel(item.Last().Item.Label, unit, low, high, [.. item], department =>
                item.Select(c => (c.Workshop, Counts: c.Shown(department))).Where(c => !c.Counts.IsEmpty).Select(c => point(c.Workshop, c.Counts))) with { SamePeople = SamePeopleOf([.. item], ofOne) })
            .Where(panel => !panel.IsEmpty),
    ];

    /// <param name="cells">One item, in the order of the workshops.</param>
    private static ImmutableArray<TrendChange> SamePeopleOf(List<Cell> cells, Func<double, double> ofOne)
    {
        var asked = cells.Where(c => c.Disclosure.TotalShown && !c.Linked.IsEmpty).ToList();
        if (asked.Count < 2)
            return [];
        return
        [
            .. LinkedSuppression.Of([.. asked.Select(c => c.Group)])
                .Select(pair => Change(asked[pair.Before], asked[pair.After], ofOne)),
        ];
    }

    private static TrendChange Change(Cell before, Cell after, Func<double, double> ofOne)
    {
        var earlier = before.Linked.ToDictionary(v => v.Slot, v => ofOne(v.Value));
        var numbers = Descriptives.Of(after.Linked.Where(v => earlier.ContainsKey(v.Slot)).Select(v => ofOne(v.Value) - earlier[v.Slot]));
        return new TrendChange(before.Workshop, after.Workshop, numbers.Count, numbers.Mean!.Value, Confidence.OfMean(numbers));
    }

    /// <param name="pointsOf">The points of a department, or of everybody for null; only what may be shown.</param>
    private static TrendPanel Panel(string label, TrendUnit unit, double low, double high, IReadOnlyCollection<Cell> cells, Func<string?, IEnumerable<TrendPoint>> pointsOf) => new(
        label, unit, low, high, [.. pointsOf(null)],
        [
            .. from department in cells.SelectMany(c => c.Disclosure.Shown).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let points = pointsOf(department).ToImmutableArray()
               where !points.IsEmpty
               select (department, points),
        ]);

    // Priority as the room itself sees it, which is its last perspective, against the grade of the whole, which is the first subject.
    private static ImmutableArray<TrendPanel> GapsOf(List<Cell> cells)
    {
        var ranks = cells.Where(c => c.Measure == KnownMeasures.Priority).GroupBy(c => c.Workshop).SelectMany(w => w.GroupBy(c => c.Subject.Place).MaxBy(g => g.Key)!).ToList();
        var grades = cells.Where(c => c.Measure == KnownMeasures.Grade).GroupBy(c => c.Workshop).SelectMany(w => w.GroupBy(c => c.Subject.Place).MinBy(g => g.Key)!).ToLookup(c => c.Workshop);
        var gaps = new Dictionary<string, ILookup<string, TrendPoint>>(StringComparer.Ordinal);
        return
        [
            .. ranks.GroupBy(r => r.Item.Id, StringComparer.Ordinal).OrderBy(g => g.Last().Item.Place)
                .Select(rung => Panel(rung.Last().Item.Label, TrendUnit.Score, -100, 100, ranks, department => Of(department)[rung.Key]))
                .Where(panel => !panel.IsEmpty),
        ];

        ILookup<string, TrendPoint> Of(string? department) =>
            gaps.TryGetValue(department ?? "", out var known) ? known : gaps[department ?? ""] = ranks.GroupBy(r => r.Workshop)
                .SelectMany(w => GapsIn(w.Key, [.. w.OrderBy(r => r.Item.Place)], grades[w.Key].ToDictionary(c => c.Item.Id, StringComparer.Ordinal), department))
                .ToLookup(p => p.Item, p => p.Point, StringComparer.Ordinal);
    }

    private static IEnumerable<(string Item, TrendPoint Point)> GapsIn(TrendWorkshop workshop, List<Cell> ranks, Dictionary<string, Cell> grades, string? department)
    {
        // A mean rank says something among all rungs only, and only if it is one.
        if (ranks.Any(r => r.Shown(department).IsEmpty || r.Counts.Any(c => c.Value < 1 || c.Value > ranks.Count)))
            return [];
        var graded = ranks.ToDictionary(r => r.Item.Id, r => grades.GetValueOrDefault(r.Item.Id)?.Shown(department) ?? [], StringComparer.Ordinal);
        var analysis = LadderGapAnalysis.Of([.. ranks.Select(r => (r.Item.Id, Numbers(r.Shown(department)).Mean, Numbers(graded[r.Item.Id]).Mean))]);
        return analysis.ByGap.Select(gap => (
            gap.Item, new TrendPoint(workshop, Math.Min(People(ranks.First(r => r.Item.Id == gap.Item).Shown(department)), People(graded[gap.Item])), gap.Gap * 100, null)));
    }

    private static ImmutableArray<TrendPanel> RatiosOf(List<Cell> cells)
    {
        ImmutableArray<TrendPanel> panels =
        [
            .. from question in cells.Where(c => c.Measure == KnownMeasures.Messages).GroupBy(c => c.Subject.Id, StringComparer.Ordinal).OrderBy(g => g.Last().Subject.Place)
               let panel = Panel(question.Last().Subject.Label, TrendUnit.Ratio, 0, HighestRatio, [.. question], department => question.GroupBy(c => c.Workshop).SelectMany(w => RatioIn(w, department)))
               where !panel.IsEmpty
               select panel,
        ];
        var highest = panels.SelectMany(AllPoints).Select(p => p.Value).Append(HighestRatio).Max();
        return [.. panels.Select(p => p with { To = highest })];
    }

    // Nothing where there is no corrective message, as no number says that.
    private static IEnumerable<TrendPoint> RatioIn(IGrouping<TrendWorkshop, Cell> question, string? department)
    {
        var sides = question.ToDictionary(c => c.Item.Id, c => c.Shown(department), StringComparer.Ordinal);
        if (sides.GetValueOrDefault(KnownMeasures.Affirming) is not { IsDefaultOrEmpty: false } affirming || sides.GetValueOrDefault(KnownMeasures.Corrective) is not { IsDefaultOrEmpty: false } corrective)
            return [];
        return new MessageRatio(Sum(affirming), Sum(corrective)).Value is { } ratio
            ? [new TrendPoint(question.Key, Math.Min(People(affirming), People(corrective)), ratio, null)]
            : [];
    }

    // The share of commitments that people put into "kept". Where somebody put a commitment says nothing of its own, so that the people who
    // put it anywhere are the group that is shown or not. Each person puts each commitment once: the one that most people have counts them.
    private static ImmutableArray<TrendPanel> KeptOf(List<Cell> cells)
    {
        var places = cells.Where(c => c.Measure == KnownMeasures.Progress).ToList();
        var commitments = places.GroupBy(c => (c.Workshop, c.Item)).Select(g => new Cell(
            g.Key.Workshop, KnownMeasures.Progress, Named.Nothing, g.Key.Item, [.. g.SelectMany(c => c.Counts).Select(c => c with { Value = c.Subject == KnownMeasures.Kept ? 1 : 0 })], [])).ToList();
        var label = places.LastOrDefault(c => c.Subject.Id == KnownMeasures.Kept)?.Subject.Label ?? "";
        var panel = Panel(label, TrendUnit.Share, 0, 1, commitments, department =>
            from workshop in commitments.GroupBy(c => c.Workshop)
            let shown = workshop.Select(c => c.Shown(department)).Where(c => !c.IsEmpty).ToList()
            where shown.Count > 0
            select new TrendPoint(workshop.Key, shown.Max(People), Numbers([.. shown.SelectMany(c => c)]).Mean!.Value, null));
        return panel.IsEmpty ? [] : [panel];
    }

    /// <summary>
    /// The same scale for all panels, from what they show and nothing else: taken from the values themselves, its end would be the answer
    /// of the one person who gave most.
    /// </summary>
    private static ImmutableArray<TrendPanel> OnOneScale(ImmutableArray<TrendPanel> panels)
    {
        var ends = panels.SelectMany(AllPoints).SelectMany(p => p.Interval is { } i ? [p.Value, i.From, i.To] : new[] { p.Value }).ToList();
        var (low, high) = (Math.Floor(ends.Append(0).Min()), Math.Ceiling(ends.Append(1).Max()));
        return [.. panels.Select(p => p with { From = low, To = high })];
    }

    private static IEnumerable<TrendPoint> AllPoints(TrendPanel panel) => panel.Points.Concat(panel.Departments.SelectMany(d => d.Points));

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

    private static TrendPoint Grade(TrendWorkshop workshop, ImmutableArray<ValueCount> counts)
    {
        var point = Mean(workshop, counts);
        return point.Interval is { } interval ? point with { Interval = new Interval(Math.Max(0, interval.From), Math.Min(GradeScale.MaxPoints, interval.To)) } : point;
    }

    private static Descriptives Numbers(ImmutableArray<ValueCount> counts) =>
        Descriptives.OfCounts(counts.GroupBy(c => c.Value).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(c => c.Count))));

    private static int People(ImmutableArray<ValueCount> counts) => counts.Sum(c => c.Count);

    private static long Sum(ImmutableArray<ValueCount> counts) => (long)counts.Sum(c => c.Value * c.Count);

    /// <param name="Place">Among the labels of the settings; what comes later is further down.</param>
    private sealed record Named(string Id, string Label, int Place)
    {
        public static Named Nothing { get; } = new("", "", 0);
    }

    /// <summary>The values of one question in one workshop, with what may be shown of them.</summary>
    private sealed class Cell(TrendWorkshop workshop, string measure, Named subject, Named item, ImmutableArray<ValueCount> counts, ImmutableArray<LinkedValue> linked)
    {
        public TrendWorkshop Workshop { get; } = workshop;

        public string Measure { get; } = measure;

        public Named Subject { get; } = subject;

        public Named Item { get; } = item;

        public ImmutableArray<ValueCount> Counts { get; } = counts;

        /// <summary>The values among them of people who are in another workshop too.</summary>
        public ImmutableArray<LinkedValue> Linked { get; } = linked;

        public Disclosure Disclosure { get; } = Suppression.Of(
            counts.Where(c => c.Department is not null).GroupBy(c => c.Department!, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum(c => c.Count))),
            counts.Where(c => c.Department is null).Sum(c => c.Count),
            workshop.Threshold);

        /// <summary>The values of a department, or of everybody for null; none if they may not be shown.</summary>
        public ImmutableArray<ValueCount> Shown(string? department) =>
            department is null ? (Disclosure.TotalShown ? Counts : [])
            : Disclosure.Shown.Contains(department) ? [.. Counts.Where(c => c.Department == department)]
            : [];

        /// <summary>The departments that are shown apart, and everybody else.</summary>
        public LinkedGroup Group => new(
            Counts.GroupBy(c => ClassOf(c.Department), StringComparer.Ordinal).ToImmutableDictionary(g => g.Key, g => g.Sum(c => c.Count), StringComparer.Ordinal),
            Linked.ToImmutableDictionary(v => v.Slot, v => ClassOf(v.Department)),
            Workshop.Threshold);

        private string ClassOf(string? department) => department is not null && Disclosure.Shown.Contains(department) ? "shown:" + department : "others";
    }
}
