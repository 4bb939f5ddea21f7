using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using Loyalty.Web.Printing;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>Makes files of sheets: one PDF, or a ZIP with a PDF for each person.</summary>
internal sealed class PlanFiles(PdfPrinter printer, RazorPrinter razor, IStringLocalizer<ActionPlansText> text, IStringLocalizer<PrintingText> printing)
{
    /// <summary>One PDF of all sheets, with a bookmark for each person; or, without a browser on the server, the page to print.</summary>
    public async Task<IResult> PdfAsync(ImmutableArray<PlanSheetModel> sheets, CultureInfo culture, CancellationToken cancellationToken)
    {
        if (sheets.IsEmpty)
            return NothingToPrint();

        var title = TitleOf(sheets);
        return await PrintAsync(sheets, title, culture, cancellationToken) switch
        {
            PdfResult.Printed printed => TypedResults.File(printed.Bytes, "application/pdf", FileName(title) + ".pdf"),
            PdfResult.NoBrowser none => await PageAsync(sheets, title, printing[none.Sentence], culture),
            PdfResult.Failed failed => await PageAsync(sheets, title, printing[failed.Sentence], culture),
            _ => throw new InvalidOperationException("A print has an outcome that nobody knows."),
        };
    }

    /// <summary>A ZIP with one PDF for each sheet; without a browser on the server, the page to print.</summary>
    public async Task<IResult> ZipAsync(ImmutableArray<PlanSheetModel> sheets, CultureInfo culture, CancellationToken cancellationToken)
    {
        if (sheets.IsEmpty)
            return NothingToPrint();

        var names = new FileNames();
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var sheet in sheets)
            {
                switch (await PrintAsync([sheet], TitleOf([sheet]), culture, cancellationToken))
                {
                    case PdfResult.Printed printed:
                        var entry = zip.CreateEntry(names.Next(sheet.Name) + ".pdf", CompressionLevel.Fastest);
                        await using (var content = entry.Open())
                            await content.WriteAsync(printed.Bytes, cancellationToken);
                        break;
                    case PdfResult.NoBrowser none:
                        return await PageAsync(sheets, TitleOf(sheets), printing[none.Sentence], culture);
                    case PdfResult.Failed failed:
                        return await PageAsync(sheets, TitleOf(sheets), printing[failed.Sentence], culture);
                }
            }
        }

        return TypedResults.File(file.ToArray(), "application/zip", FileName(TitleOf(sheets)) + ".zip");
    }

    private async Task<PdfResult> PrintAsync(ImmutableArray<PlanSheetModel> sheets, string title, CultureInfo culture, CancellationToken cancellationToken) =>
        await printer.PrintAsync(await RenderAsync(sheets, title, null, culture), cancellationToken);

    private async Task<IResult> PageAsync(ImmutableArray<PlanSheetModel> sheets, string title, string notice, CultureInfo culture) =>
        TypedResults.Content((await RenderAsync(sheets, title, notice, culture)).Html, "text/html; charset=utf-8");

    private Task<PrintJob> RenderAsync(ImmutableArray<PlanSheetModel> sheets, string title, string? notice, CultureInfo culture) =>
        razor.RenderAsync<PlanSheets>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(PlanSheets.Sheets)] = sheets,
                [nameof(PlanSheets.Title)] = title,
                [nameof(PlanSheets.Notice)] = notice,
            },
            culture);

    private IResult NothingToPrint() => TypedResults.Text(text["NothingToPrint"], statusCode: StatusCodes.Status404NotFound);

    private string TitleOf(ImmutableArray<PlanSheetModel> sheets) =>
        sheets.Length == 1 ? text["Title.One", sheets[0].Name] : text["Title.Many", sheets[0].Workshop];

    /// <summary>A name that every file system takes: letters, digits, spaces, hyphens; never empty and never long.</summary>
    internal static string FileName(string name)
    {
        var kept = string.Concat(name.Normalize().Select(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark ? c : ' '));
        var tidy = string.Join(' ', kept.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        tidy = tidy.Length > 80 ? tidy[..80].TrimEnd() : tidy;
        return tidy.Length == 0 ? "plan" : tidy;
    }
}
