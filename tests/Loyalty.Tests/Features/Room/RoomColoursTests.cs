using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Loyalty.Tests.Features.Room;

/// <summary>The room display is read from the back row: its colours keep 7:1, in light and in dark.</summary>
public sealed partial class RoomColoursTests
{
    private const double BackRow = 7; // WCAG 2.2, 1.4.6

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var ground in new[] { "paper", "surface", "surface-sunk" })
        {
            foreach (var ink in new[] { "ink", "ink-soft", "ink-faint", "muted", "accent", "good", "warn", "bad", "promoter", "customer", "detractor" })
                pairs.Add(ink, ground);
        }

        foreach (var tinted in new[] { "accent", "good", "warn", "bad", "promoter", "customer", "detractor" })
        {
            pairs.Add(tinted, tinted + "-soft");
            pairs.Add("ink", tinted + "-soft");
        }

        pairs.Add("on-accent", "accent");
        pairs.Add("on-action", "action");
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Colours_of_the_room_can_be_read_from_the_back_row(string ink, string ground)
    {
        var themes = Themes();
        Assert.Equal(2, themes.Count);
        Assert.All(themes, theme =>
        {
            var contrast = Contrast(theme[ink], theme[ground]);
            Assert.True(contrast >= BackRow, string.Create(CultureInfo.InvariantCulture, $"--{ink} on --{ground}: {contrast:0.00}"));
        });
    }

    private static List<Dictionary<string, double>> Themes([CallerFilePath] string here = "")
    {
        var sheet = File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../src/Loyalty.Web/wwwroot/css/live.css")));
        return [.. Rule().Matches(sheet)
            .Where(rule => rule.Value.Contains("--paper:", StringComparison.Ordinal))
            .Select(rule => Token().Matches(rule.Value).ToDictionary(t => t.Groups["name"].Value, t => Luminance(t.Groups["hex"].Value)))];
    }

    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    private static double Luminance(string hex) =>
        (0.2126 * Linear(hex.AsSpan(0, 2))) + (0.7152 * Linear(hex.AsSpan(2, 2))) + (0.0722 * Linear(hex.AsSpan(4, 2)));

    private static double Linear(ReadOnlySpan<char> hex)
    {
        var channel = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"\.room \{[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex("--(?<name>[a-z-]+): #(?<hex>[0-9a-f]{6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
