using System.Globalization;

namespace Loyalty.Web.Exercises.Contract;

/// <summary>How computed values become what people read. The one place where exercises round, always half away from zero.</summary>
public static class DisplayNumber
{
    /// <summary>A share from 0 to 1 as whole per cent, such as <c>43%</c>.</summary>
    public static string Percent(double share) => (Math.Round(share * 100, MidpointRounding.AwayFromZero) / 100).ToString("P0", CultureInfo.CurrentCulture);

    /// <summary>With so many decimals, in the reader's culture. What rounds to zero has no sign.</summary>
    public static string Decimals(double value, int digits = 1)
    {
        var rounded = Math.Round(value, digits, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString($"F{digits}", CultureInfo.CurrentCulture);
    }

    /// <summary>A whole number with a real plus or minus sign, such as <c>+14</c>; zero has none.</summary>
    public static string WithSign(double value) => WithSign(value, digits: 0);

    /// <summary>The same with so many decimals, such as <c>+1.4</c>.</summary>
    public static string WithSign(double value, int digits) => Math.Round(value, digits, MidpointRounding.AwayFromZero) switch
    {
        0 => "0",
        > 0 and var above => "+" + above.ToString($"F{digits}", CultureInfo.CurrentCulture),
        var below => "\u2212" + (-below).ToString($"F{digits}", CultureInfo.CurrentCulture),
    };

    /// <summary>A number for CSS or SVG: a point as the decimal sign, whatever the culture.</summary>
    public static string Css(double value) => Math.Round(value, 4).ToString(CultureInfo.InvariantCulture);
}
