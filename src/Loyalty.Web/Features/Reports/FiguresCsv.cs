using CsvHelper;

namespace Loyalty.Web.Features.Reports;

/// <summary>All figures of a workshop as one table. What begins like a formula is written so that a spreadsheet shows it as text.</summary>
internal static class FiguresCsv
{
    public static async Task WriteAsync(ReportModel model, Stream to, CancellationToken cancellationToken)
    {
        // The mark at the start tells Excel that this is UTF-8.
        await using var csv = CsvWriter.Create(to, CsvWriterOptions.Default with { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true);
        csv.WriteHeader([.. FigureTable.All.Select(column => column.Name)]);
        foreach (var row in FigureTable.Rows(model))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var column in FigureTable.All)
                Write(csv, column.Value(row));
            await csv.EndRecordAsync();
        }
    }

    // Numbers are written as numbers: one that is below zero begins like a formula and is none.
    private static void Write(CsvWriter csv, object? value)
    {
        switch (value)
        {
            case DateOnly date:
                csv.WriteField(date, "O");
                break;
            case int whole:
                csv.WriteField(whole, default, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case double number:
                csv.WriteField(number, "R", System.Globalization.CultureInfo.InvariantCulture);
                break;
            default:
                csv.WriteField(value as string ?? "");
                break;
        }
    }
}
