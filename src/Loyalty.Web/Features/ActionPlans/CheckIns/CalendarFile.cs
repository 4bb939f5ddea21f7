using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Loyalty.Web.Features.ActionPlans.CheckIns;

/// <summary>A day in a calendar.</summary>
/// <param name="Id">The same entry has the same id for good, so that importing it again changes it instead of adding another one.</param>
/// <param name="Address">The page to open on that day.</param>
internal sealed record CalendarDay(Guid Id, DateOnly Day, string Summary, string Description, string Address);

/// <summary>Writes whole days as iCalendar (RFC 5545).</summary>
internal static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <summary>RFC 5545, 3.1: a line has at most 75 octets, its line break not counted.</summary>
    private const int MaxOctets = 75;

    public static string Write(ImmutableArray<CalendarDay> days, DateTimeOffset now)
    {
        var file = new StringBuilder();
        Line(file, "BEGIN", "VCALENDAR");
        Line(file, "VERSION", "2.0");
        Line(file, "PRODID", "-//Loyalty//Check-ins//EN");
        Line(file, "CALSCALE", "GREGORIAN");
        Line(file, "METHOD", "PUBLISH");
        foreach (var day in days)
        {
            Line(file, "BEGIN", "VEVENT");
            Line(file, "UID", $"{day.Id:N}@check-in.loyalty");
            Line(file, "DTSTAMP", now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            Line(file, "DTSTART;VALUE=DATE", Date(day.Day));
            Line(file, "DTEND;VALUE=DATE", Date(day.Day.AddDays(1))); // the day after the last one: 3.6.1
            Line(file, "SUMMARY", Escape(day.Summary));
            Line(file, "DESCRIPTION", Escape(day.Description));
            Line(file, "URL", day.Address);
            Line(file, "TRANSP", "TRANSPARENT"); // nobody is busy because of it
            Line(file, "END", "VEVENT");
        }

        Line(file, "END", "VCALENDAR");
        return file.ToString();
    }

    private static string Date(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // 3.3.11: a line break in a text is a backslash and an n.
    private static string Escape(string text) => text.ReplaceLineEndings("\n")
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Long lines go on in the next one after a space. No character is cut in two.</summary>
    private static void Line(StringBuilder file, string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MaxOctets)
            {
                file.Append("\r\n ");
                octets = 1;
            }

            file.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
