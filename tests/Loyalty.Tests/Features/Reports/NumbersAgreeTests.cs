using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Loyalty.Engine.Insights;
using Loyalty.Tests.Identity;
using Loyalty.Web.Features.Reports;
using Loyalty.Web.Features.Reports.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.Reports;

/// <summary>One workshop through report model, page, workbook, table and interface, each compared with numbers that are computed here.</summary>
public sealed class NumbersAgreeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_page_workbook_table_and_interface_give_the_numbers_that_the_stored_answers_give()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        await using var db = await workshop.DatabaseAsync();
        var expected = Independent.FiguresOf(await db.Responses.AsNoTracking().Where(r => r.WorkshopId == workshop.Id.Value).ToListAsync(Cancel));
        Assert.True(expected.Count > 40, $"Only {expected.Count} figures: the room gave too little to compare.");

        var hr = await workshop.App.SignedInAsync(MeasuredWorkshop.Hr);
        var model = ReportModel.Of(await workshop.CurrentAsync());
        Same(expected, "report model", model.Results.SelectMany(r => r.Totals.Select(f => new Given(
            r.Activity.Id.Value, f.Subject, f.Item, f.People, f.Sum, f.Numbers.Mean, f.Numbers.Deviation, f.Nps?.Promoters, f.Nps?.Detractors, f.Nps?.Value))));
        Same(expected, "CSV", await CsvAsync(hr, workshop));
        Same(expected, "XLSX", await XlsxAsync(hr, workshop, model));
        Same(expected, "API", await ApiAsync(workshop));

        // The measures in the database are what trends are drawn from.
        var measures = await db.Measures.AsNoTracking().Where(m => m.WorkshopId == workshop.Id.Value).ToListAsync(Cancel);
        Same(expected, "measures", measures.GroupBy(m => (m.ActivityId, m.Subject, m.Item)).Select(g => new Given(
            g.Key.ActivityId, g.Key.Subject, g.Key.Item, g.Count(), g.Sum(m => m.Value), g.Average(m => m.Value),
            expected[g.Key].Deviation, expected[g.Key].Promoters, expected[g.Key].Detractors, expected[g.Key].Nps)));
    }

    [Fact]
    public async Task Page_says_what_the_stored_answers_give()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        await using var db = await workshop.DatabaseAsync();
        var expected = Independent.FiguresOf(await db.Responses.AsNoTracking().Where(r => r.WorkshopId == workshop.Id.Value).ToListAsync(Cancel));
        var page = await (await workshop.App.SignedInAsync(MeasuredWorkshop.Hr)).ReadAsync($"/workshops/{workshop.Id.Value}/report");

        var score = expected[("likelihood-to-recommend", "", "recommend")];
        var nps = (int)Math.Round(score.Nps!.Value, MidpointRounding.AwayFromZero);
        Assert.Contains($">{(nps < 0 ? "\u2212" : nps > 0 ? "+" : "")}{Math.Abs(nps)}</strong>", page, StringComparison.Ordinal);
        Assert.Contains($"n = {score.N}", page, StringComparison.Ordinal);
        foreach (var question in (string[])["received", "given"])
        {
            var affirming = expected[("five-to-one", question, "affirming")];
            var corrective = expected[("five-to-one", question, "corrective")];
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{affirming.Sum} affirming, {corrective.Sum} corrective, n = {affirming.N}"), page, StringComparison.Ordinal);
        }

        var commitments = expected.Where(e => e.Key.Activity == "personal-action-plan").Sum(e => e.Value.N);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"(n = {commitments})"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agreement_on_the_ladder_is_Kendalls_W_of_the_stored_rankings()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        await using var db = await workshop.DatabaseAsync();
        var own = Independent.FiguresOf(await db.Responses.AsNoTracking().Where(r => r.WorkshopId == workshop.Id.Value).ToListAsync(Cancel))
            .Where(e => e.Key is { Activity: "what-matters-most", Subject: "myself" }).Select(e => e.Value).ToList();

        var w = RankAgreement.KendallsW([.. own.Select(e => e.Sum)], own[0].N);

        Assert.Equal(Independent.KendallsW([.. own.Select(e => e.Sum)], own[0].N), w!.Value, 1e-12);
    }

    private static void Same(Dictionary<(string Activity, string Subject, string Item), Expected> expected, string place, IEnumerable<Given> given)
    {
        var byKey = given.ToDictionary(g => (g.Activity, g.Subject, g.Item));
        // An anonymous figure of fewer than five people is held back wherever it would be shown; plans are not anonymous.
        var due = expected.Where(e => place == "measures" || e.Key.Activity == "personal-action-plan" || e.Value.N >= 5).ToList();
        Assert.Equal(due.Select(e => $"{e.Key}").Order(StringComparer.Ordinal), byKey.Keys.Select(k => $"{k}").Order(StringComparer.Ordinal));
        foreach (var (key, figure) in due)
        {
            var got = byKey[key];
            var where = $"{place}, {key}";
            // One person can make several commitments to the same thing, and is one.
            Assert.True(key.Activity == "personal-action-plan" ? got.N <= figure.N : got.N == figure.N, $"{where}: n is {got.N}, not {figure.N}.");
            Close(where, "sum", figure.Sum, got.Sum);
            Close(where, "mean", figure.Mean, got.Mean);
            Close(where, "sd", figure.Deviation, got.Deviation);
            Close(where, "nps", figure.Nps, got.Nps);
            Assert.Equal((figure.Promoters, figure.Detractors), (got.Promoters, got.Detractors));
        }
    }

    private static void Close(string where, string what, double? expected, double? given) =>
        Assert.True(expected is null ? given is null : given is { } value && Math.Abs(value - expected.Value) < 1e-9, $"{where}: {what} is {given}, not {expected}.");

    private static async Task<IEnumerable<Given>> CsvAsync(Browser hr, MeasuredWorkshop workshop)
    {
        var lines = (await (await hr.GetAsync($"/workshops/{workshop.Id}/figures.csv")).Content.ReadAsStringAsync(Cancel)).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = Cells(lines[0]).ToList();
        return lines[1..].Select(Cells).Select(cells => Read(name => cells[header.IndexOf(name)])).OfType<Given>().ToList();
    }

    private static async Task<IEnumerable<Given>> XlsxAsync(Browser hr, MeasuredWorkshop workshop, ReportModel model)
    {
        using var file = new MemoryStream(await (await hr.GetAsync($"/workshops/{workshop.Id}/figures.xlsx")).Content.ReadAsByteArrayAsync(Cancel));
        using var document = SpreadsheetDocument.Open(file, isEditable: false);
        var book = document.WorkbookPart!;
        var sheets = book.Workbook.Descendants<Sheet>().ToList();
        Assert.Equal(("Workshop", "Codebook"), (sheets[0].Name!.Value!, sheets[^1].Name!.Value!));
        var measured = model.Results.Where(r => !r.Figures.IsEmpty).ToList();
        Assert.Equal(measured.Count, sheets.Count - 2);

        var all = new List<Given>();
        foreach (var (sheet, result) in sheets.Skip(1).Zip(measured))
        {
            var part = (WorksheetPart)book.GetPartById(sheet.Id!.Value!);
            Assert.Equal(PaneStateValues.Frozen, part.Worksheet.Descendants<Pane>().Single().State!.Value);
            var rows = part.Worksheet.Descendants<Row>().Select(r => r.Elements<Cell>().ToList()).ToList();
            var header = rows[0].Select(c => c.InnerText).ToList();
            foreach (var row in rows.Skip(1))
            {
                Assert.Equal(CellValues.Number, row[header.IndexOf("n")].DataType!.Value);
                if (Read(name => name == "activity_id" ? result.Activity.Id.Value : row[header.IndexOf(name)].InnerText) is { } given)
                    all.Add(given);
            }
        }

        return all;
    }

    private static async Task<IEnumerable<Given>> ApiAsync(MeasuredWorkshop workshop)
    {
        var user = await (await workshop.DatabaseAsync()).Users.SingleAsync(u => u.Email == MeasuredWorkshop.Hr, Cancel);
        var token = await workshop.App.Services.GetRequiredService<AccessTokens>().CreateAsync(user.Id, "A test", TimeSpan.FromDays(1), Cancel);
        using var client = workshop.App.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/api/v1/workshops/{workshop.Id.Value}/measures", UriKind.Relative), Cancel));
        return
        [
            .. from activity in answer.RootElement.GetProperty("activities").EnumerateArray()
               from figure in activity.GetProperty("figures").EnumerateArray()
               where figure.GetProperty("department").ValueKind == JsonValueKind.Null
               select new Given(
                   activity.GetProperty("id").GetString()!, figure.GetProperty("subjectId").GetString()!, figure.GetProperty("itemId").GetString()!,
                   figure.GetProperty("n").GetInt32(), figure.GetProperty("sum").GetDouble(), Number(figure, "mean"), Number(figure, "sd"),
                   (int?)Number(figure, "promoters"), (int?)Number(figure, "detractors"), Number(figure, "nps")),
        ];

        static double? Number(JsonElement figure, string name) => figure.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
    }

    /// <summary>A line of everybody together; null for a department's.</summary>
    private static Given? Read(Func<string, string> cell) => cell("department").Length > 0
        ? null
        : new Given(
            cell("activity_id"), cell("subject_id"), cell("item_id"), int.Parse(cell("n"), CultureInfo.InvariantCulture), Number(cell("sum")) ?? 0, Number(cell("mean")), Number(cell("sd")),
            (int?)Number(cell("promoters")), (int?)Number(cell("detractors")), Number(cell("nps")));

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Cells(string line)
    {
        var cells = new List<string> { "" };
        var quoted = false;
        foreach (var c in line.TrimEnd('\r'))
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells.Add("");
            else
                cells[^1] += c;
        }

        return [.. cells];
    }

    private sealed record Given(string Activity, string Subject, string Item, int N, double Sum, double? Mean, double? Deviation, int? Promoters, int? Detractors, double? Nps);
}
