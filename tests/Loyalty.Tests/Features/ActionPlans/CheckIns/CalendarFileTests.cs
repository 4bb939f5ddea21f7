using System.Text;
using Loyalty.Web.Features.ActionPlans.CheckIns;

namespace Loyalty.Tests.Features.ActionPlans.CheckIns;

/// <summary>Read back by the rules of RFC 5545 as they stand there, not by the product's own code.</summary>
public sealed class CalendarFileTests
{
    private static readonly CalendarDay Day = new(
        new Guid("0198a7b2-0000-7000-8000-000000000001"), new DateOnly(2026, 12, 31), "Greet; first, always", "Line one\nback\\slash", "https://loyalty.example.org/plan/abc/check-ins");

    private static string Write(params CalendarDay[] days) => CalendarFile.Write([.. days], new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(2)));

    private static string[] Unfolded(string file) => file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");

    [Fact]
    public void Day_has_an_id_a_stamp_and_ends_the_day_after()
    {
        var lines = Unfolded(Write(Day));

        Assert.Contains("UID:0198a7b2000070008000000000000001@check-in.loyalty", lines);
        Assert.Contains("DTSTAMP:20260302T070000Z", lines);
        Assert.Contains("DTSTART;VALUE=DATE:20261231", lines);
        Assert.Contains("DTEND;VALUE=DATE:20270101", lines);
        Assert.Equal("BEGIN:VCALENDAR", lines[0]);
        Assert.Equal(["END:VCALENDAR", ""], lines[^2..]);
    }

    [Fact]
    public void Text_is_escaped_and_an_address_is_not()
    {
        var lines = Unfolded(Write(Day));

        Assert.Contains(@"SUMMARY:Greet\; first\, always", lines);
        Assert.Contains(@"DESCRIPTION:Line one\nback\\slash", lines);
        Assert.Contains("URL:https://loyalty.example.org/plan/abc/check-ins", lines);
    }

    [Fact]
    public void Long_line_is_folded_within_75_octets_without_cutting_a_character()
    {
        var file = Write(Day with { Summary = string.Concat(Enumerable.Repeat("grüße 🌍 ", 40)) });

        Assert.All(file.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(file)));
        Assert.Contains(Unfolded(file), line => line == "SUMMARY:" + string.Concat(Enumerable.Repeat("grüße 🌍 ", 40)));
    }

    [Fact]
    public void Every_line_ends_with_both_characters() => Assert.DoesNotContain('\n', Write(Day).Replace("\r\n", "", StringComparison.Ordinal));

    [Fact]
    public void What_somebody_typed_cannot_begin_a_property() =>
        Assert.DoesNotContain(Unfolded(Write(Day with { Summary = "x\r\nATTACH:http://elsewhere.example" })), line => line.StartsWith("ATTACH", StringComparison.Ordinal));
}
