using System.Collections.Immutable;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Loyalty.Engine.Live;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Reports;

/// <summary>
/// All figures of a workshop as a workbook: first what workshop it is and what was held back, then a sheet for each activity, last the
/// codebook. Numbers are numbers and dates are dates; the header row stays in sight.
/// </summary>
internal sealed class FiguresWorkbook(IStringLocalizer<ReportsText> text)
{
    public byte[] Write(ReportModel model)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Workbook(new Sheets());
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = SheetCells.Styles();
            document.PackageProperties.Title = text["Title", model.Info.Title];

            var names = new SheetNames();
            Add(workbook, names.Of(text["Sheet.Workshop"]), Overview(model), frozen: false);
            foreach (var result in model.Results.Where(r => !r.Figures.IsEmpty))
            {
                object?[] header = [.. FigureTable.Figure.Select(c => c.Name)];
                var rows = result.Figures.Select(figure => FigureTable.Figure.Select(c => c.Value(new FigureRow(model.Workshop, result, figure))).ToArray());
                Add(workbook, names.Of($"{result.Step} {result.Activity.Title}"), [header, .. rows]);
            }

            Add(workbook, names.Of(text["Sheet.Codebook"]), Codebook(model));
        }

        return file.ToArray();
    }

    private IEnumerable<object?[]> Overview(ReportModel model) =>
    [
        [text["Overview.workshop"].Value, model.Info.Title],
        [text["Overview.organisation"].Value, model.Info.Organisation],
        [text["Overview.date"].Value, model.Info.Date],
        [text["Overview.id"].Value, model.Workshop.Id.ToString()],
        [text["Overview.participants"].Value, model.Attended],
        [text["Overview.threshold"].Value, model.Info.Threshold],
        [text["Threshold", model.Info.Threshold, WorkshopInfo.CommentThreshold].Value],
        [],
        [text["Overview.step"].Value, text["Overview.activity"].Value, text["Overview.n"].Value, text["Overview.remark"].Value],
        .. model.Results.Select(r => new object?[] { r.Step, r.Activity.Title, r.TooFew ? null : r.People, RemarkOn(r, model.Info.Threshold) }),
    ];

    private string RemarkOn(ActivityFigures result, int threshold) =>
        result.TooFew ? text["Remark.TooFew", threshold]
        : result.DepartmentsWithheld ? text["Remark.Departments", threshold]
        : result.Figures.IsEmpty ? text["Remark.NoFigures"]
        : "";

    private IEnumerable<object?[]> Codebook(ReportModel model) =>
    [
        [text["Codebook.name"].Value, text["Codebook.meaning"].Value],
        .. FigureTable.Figure.Select(column => new object?[] { column.Name, text[$"Column.{column.Name}"].Value }),
        .. model.Results.SelectMany(r => r.Figures).Select(f => f.Measure).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(measure => new object?[] { measure, MeaningOf(measure) }),
    ];

    private string MeaningOf(string measure) => text[$"Measure.{measure}"] is { ResourceNotFound: false } known ? known : text["Measure.Other"];

    private static void Add(WorkbookPart workbook, string name, IEnumerable<object?[]> rows, bool frozen = true)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        var view = new SheetView { WorkbookViewId = 0 };
        if (frozen)
            view.Append(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen });

        var data = new SheetData();
        var number = 0u;
        foreach (var row in rows)
        {
            var isHeader = frozen && number == 0;
            data.Append(new Row(row.Select(value => SheetCells.Of(value, isHeader))) { RowIndex = ++number });
        }

        part.Worksheet = new Worksheet(
            new SheetViews(view),
            new Columns(new Column { Min = 1, Max = 15, Width = 18, CustomWidth = true }),
            data);
        var sheets = workbook.Workbook.Sheets!;
        sheets.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)sheets.ChildElements.Count + 1, Name = name });
    }
}
