using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Loyalty.Web.Features.Reports;

/// <summary>Cells of a workbook, each of its type.</summary>
internal static class SheetCells
{
    private const uint Plain = 0, Header = 1, Date = 2;

    /// <summary>The number of the short date format of the reader's own country.</summary>
    private const uint ShortDate = 14;

    public static Cell Of(object? value, bool isHeader) => value switch
    {
        null => new Cell(),
        int whole => Number(whole.ToString(CultureInfo.InvariantCulture)),
        double number => Number(number.ToString("R", CultureInfo.InvariantCulture)),
        DateOnly date => new Cell(new CellValue(date.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture))) { StyleIndex = Date },
        _ => Text((string)value, isHeader),
    };

    public static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = ShortDate, ApplyNumberFormat = true }));

    /// <summary>
    /// A text that a spreadsheet never takes for a formula, not even when somebody presses Enter in its cell or saves it as CSV.
    /// </summary>
    internal static string Harmless(string text)
    {
        var kept = string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
        return kept is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + kept : kept;
    }

    private static Cell Number(string value) => new(new CellValue(value)) { DataType = CellValues.Number };

    private static Cell Text(string value, bool isHeader) =>
        new(new InlineString(new Text(Harmless(value)) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString, StyleIndex = isHeader ? Header : Plain };
}

/// <summary>Names for sheets: at most 31 characters, none that Excel refuses, and no name twice.</summary>
internal sealed class SheetNames
{
    private const int MaxLength = 31;

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    public string Of(string wanted)
    {
        var clean = string.Concat(SheetCells.Harmless(wanted).Select(c => c is '\\' or '/' or '?' or '*' or '[' or ']' or ':' or '\'' || char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
        var name = Cut(clean.Length == 0 ? "Sheet" : clean, MaxLength);
        for (var n = 2; !taken.Add(name); n++)
            name = Cut(clean, MaxLength - 4) + " " + n.ToString(CultureInfo.InvariantCulture);
        return name;
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length].TrimEnd() : text;
}
