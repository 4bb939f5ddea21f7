using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Loyalty.Web.Features.Reports;
using Loyalty.Web.Features.Reports.Api;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.Reports.Golden;

/// <summary>
/// What a report says and what its files look like, as files beside this one. The numbers are checked elsewhere against an independent
/// program; here nothing changes unnoticed.
/// </summary>
public sealed partial class ReportGoldenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_and_everything_that_leaves_it_are_as_they_were()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        var hr = await workshop.App.SignedInAsync(MeasuredWorkshop.Hr);
        var model = ReportModel.Of(await workshop.CurrentAsync());

        GoldenFile.Matches("report-model.txt", ModelLines(model));
        GoldenFile.Matches("executive-page.txt", ExecutiveLines(await hr.ReadAsync($"/workshops/{workshop.Id.Value}/report")));
        using var book = new MemoryStream(await (await hr.GetAsync($"/workshops/{workshop.Id}/figures.xlsx")).Content.ReadAsByteArrayAsync(Cancel));
        GoldenFile.Matches("workbook.txt", WorkbookLines(book));
        var csv = await (await hr.GetAsync($"/workshops/{workshop.Id}/figures.csv")).Content.ReadAsStringAsync(Cancel);
        GoldenFile.Matches("csv-columns.txt", csv.TrimStart('\uFEFF').Split('\n')[0].Trim().Split(','));
        GoldenFile.Matches("api-shape.txt", await ApiLinesAsync(workshop));
    }

    private static IEnumerable<string> ModelLines(ReportModel model) =>
    [
        $"attended {model.Attended}",
        .. model.Scores.Select(s => $"score {s.Title}: {Nps(s)}"),
        .. model.Repairs.Select(r => $"repair {r.Perspective} against {r.Subject}: {string.Join(", ", r.Rungs)}, gap {Number(r.Gap)}, ranked {r.RankedBy}, graded {r.GradedBy}"),
        .. model.Ratios.Select(r => $"ratio {r.Label}: {r.Ratio.Affirming} to {r.Ratio.Corrective}, n {r.People}, target {Number(r.Target)}"),
        .. model.Agreed.Select(a => $"agreed {a.Title}: {string.Join("; ", a.Items)}"),
        $"commitments {model.Commitments.Total} of {model.Commitments.People}",
        .. model.Commitments.ByOpportunity.Select(c => $"  opportunity {c.Label}: {c.Commitments}"),
        .. model.Commitments.ByRung.Select(c => $"  rung {c.Label}: {c.Commitments}"),
        .. model.Evaluations.Select(s => $"evaluation {s.Title}: {Nps(s)}"),
        .. model.Results.SelectMany(r => new[] { $"step {r.Step} {r.Activity.Id} ({r.Activity.Type}): n {r.People}{(r.TooFew ? ", too few" : "")}{(r.DepartmentsWithheld ? ", departments withheld" : "")}" }
            .Concat(r.Figures.Select(f => $"  {f.Measure} [{f.SubjectLabel}] [{f.ItemLabel}] {f.Department ?? "everybody"}: n {f.People}, values {f.Numbers.Count}, sum {Number(f.Sum)}, mean {Number(f.Numbers.Mean)}, sd {Number(f.Numbers.Deviation)}"))),
    ];

    private static string Nps(ScoreLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.Nps.Promoters}/{line.Nps.Passives}/{line.Nps.Detractors}, {Number(line.Nps.Value)}");

    private static string Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "none";

    /// <summary>What the first page says to somebody who listens to it.</summary>
    private static IEnumerable<string> ExecutiveLines(string page)
    {
        var from = page.IndexOf("<section class=\"summary\"", StringComparison.Ordinal);
        var to = page.IndexOf("<section class=\"attendance\"", StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, "The page has no summary.");
        var spoken = Label().Replace(page[from..to], m => ">" + m.Groups["text"].Value + "<");
        return Tag().Replace(spoken, "\n").Split('\n').Select(line => Space().Replace(WebUtility.HtmlDecode(line), " ").Trim()).Where(line => line.Length > 0);
    }

    private static IEnumerable<string> WorkbookLines(Stream file)
    {
        using var document = SpreadsheetDocument.Open(file, isEditable: false);
        var book = document.WorkbookPart!;
        foreach (var sheet in book.Workbook.Descendants<Sheet>())
        {
            var part = ((WorksheetPart)book.GetPartById(sheet.Id!.Value!)).Worksheet;
            var rows = part.Descendants<Row>().Select(r => r.Elements<Cell>().ToList()).ToList();
            yield return $"{sheet.Name!.Value}{(part.Descendants<Pane>().Any(p => p.State!.Value == PaneStateValues.Frozen) ? ", header frozen" : "")}, {rows.Count} rows";
            if (sheet.Name.Value is "Workshop" or "Codebook")
            {
                foreach (var row in rows)
                    yield return "  " + string.Join(" | ", row.Select(c => WorkshopId().Replace(c.InnerText, "(id)")));
                continue;
            }

            // Of a sheet of figures: each column with the kinds of cells in it.
            for (var column = 0; column < rows[0].Count; column++)
            {
                var kinds = rows.Skip(1).Select(r => r[column] switch
                {
                    { DataType: null, CellValue: null } => "empty",
                    { DataType: { } type } when type.Value == CellValues.Number => "number",
                    _ => "text",
                });
                yield return $"  {rows[0][column].InnerText}: {string.Join(" or ", kinds.Distinct().Order(StringComparer.Ordinal))}";
            }
        }
    }

    private static async Task<List<string>> ApiLinesAsync(MeasuredWorkshop workshop)
    {
        await using var db = await workshop.DatabaseAsync();
        var user = await db.Users.SingleAsync(u => u.Email == MeasuredWorkshop.Hr, Cancel);
        var token = await workshop.App.Services.GetRequiredService<AccessTokens>().CreateAsync(user.Id, "A test", TimeSpan.FromDays(1), Cancel);
        using var client = workshop.App.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var lines = new List<string>();
        foreach (var path in (string[])["", "/{workshop}", "/{workshop}/measures", "/{workshop}/commitments"])
        {
            var address = "/api/v1/workshops" + path.Replace("{workshop}", workshop.Id.Value.ToString(), StringComparison.Ordinal);
            using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative), Cancel));
            lines.Add("/api/v1/workshops" + path);
            lines.AddRange(ShapeOf(answer.RootElement, "").GroupBy(s => s.Path).Select(g => $"  {g.Key}: {string.Join(" or ", g.Select(s => s.Kind).Distinct().Order(StringComparer.Ordinal))}"));
        }

        return lines;
    }

    private static IEnumerable<(string Path, string Kind)> ShapeOf(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => ShapeOf(p.Value, $"{path}.{p.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => ShapeOf(e, path + "[]")),
        JsonValueKind.True or JsonValueKind.False => [(path, "boolean")],
        var kind => [(path, kind.ToString().ToLowerInvariant())],
    };

    [GeneratedRegex("""[^<>]*aria-label="(?<text>[^"]*)"[^<>]*>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();

    [GeneratedRegex(@"^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WorkshopId();
}
