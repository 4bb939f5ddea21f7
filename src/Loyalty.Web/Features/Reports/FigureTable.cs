using System.Collections.Immutable;
using Loyalty.Engine.Insights;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Features.Reports;

/// <summary>One line of an export: a figure with the workshop and activity that it belongs to.</summary>
internal sealed record FigureRow(LiveWorkshop Workshop, ActivityFigures Result, Figure Figure);

/// <summary>A column of an export. Its name is a contract: it is never renamed, and its meaning never changes.</summary>
/// <param name="Value">A text, a whole number, a number, a date, or null for an empty cell.</param>
internal sealed record FigureColumn(string Name, Func<FigureRow, object?> Value);

/// <summary>
/// The columns of figures, in their order: the contract of <c>docs/exports.md</c>, the same in every file. New ones are added at the end.
/// </summary>
internal static class FigureTable
{
    /// <summary>Which workshop and activity; in a workbook, the sheet says it.</summary>
    public static ImmutableArray<FigureColumn> Place { get; } =
    [
        new("workshop_id", r => r.Workshop.Id.ToString()),
        new("workshop", r => r.Workshop.Info.Title),
        new("organisation", r => r.Workshop.Info.Organisation),
        new("date", r => r.Workshop.Info.Date),
        new("step", r => r.Result.Step),
        new("activity_id", r => r.Result.Activity.Id.Value),
        new("activity", r => r.Result.Activity.Title),
        new("type", r => r.Result.Activity.Type),
    ];

    public static ImmutableArray<FigureColumn> Figure { get; } =
    [
        new("measure", r => r.Figure.Measure),
        new("subject_id", r => r.Figure.Subject),
        new("subject", r => r.Figure.SubjectLabel),
        new("item_id", r => r.Figure.Item),
        new("item", r => r.Figure.ItemLabel),
        new("department", r => r.Figure.Department),
        new("n", r => r.Figure.People),
        new("values", r => r.Figure.Numbers.Count),
        new("sum", r => r.Figure.Sum),
        new("mean", r => r.Figure.Numbers.Mean),
        new("sd", r => r.Figure.Numbers.Deviation),
        new("promoters", r => r.Figure.Nps?.CountOf(PromoterGroup.Promoter)),
        new("passives", r => r.Figure.Nps?.CountOf(PromoterGroup.Passive)),
        new("detractors", r => r.Figure.Nps?.CountOf(PromoterGroup.Detractor)),
        new("nps", r => r.Figure.Nps?.Value),
    ];

    public static ImmutableArray<FigureColumn> All { get; } = [.. Place, .. Figure];

    public static IEnumerable<FigureRow> Rows(ReportModel model) =>
        model.Results.SelectMany(result => result.Figures.Select(figure => new FigureRow(model.Workshop, result, figure)));
}
