using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Loyalty.Tests.Ui;

/// <summary>The colours keep what the sheets say of them, in both themes.</summary>
public sealed partial class TokenTests
{
    private const double Text = 4.5; // WCAG 2.2, 1.4.3
    private const double Edge = 3; // WCAG 2.2, 1.4.11

    public static TheoryData<string, string, double> Pairs()
    {
        var pairs = new TheoryData<string, string, double>();
        foreach (var ground in new[] { "paper", "surface", "surface-sunk" })
        {
            foreach (var ink in new[] { "ink", "ink-soft", "ink-faint", "accent", "good", "warn", "bad", "promoter", "customer", "detractor" })
                pairs.Add(ink, ground, Text);
            pairs.Add("focus", ground, Edge);
        }

        foreach (var tinted in new[] { "accent", "good", "warn", "bad", "promoter", "customer", "detractor" })
        {
            pairs.Add(tinted, tinted + "-soft", Text);
            pairs.Add("ink", tinted + "-soft", Text);
        }

        pairs.Add("line-strong", "surface", Edge);
        pairs.Add("on-accent", "accent", Text);
        pairs.Add("on-action", "action", Text);
        pairs.Add("on-action", "action-hover", Text);
        pairs.Add("panel-ink", "panel", Text);
        pairs.Add("panel-ink-soft", "panel", Text);
        pairs.Add("panel-accent", "panel", Text);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Colours_can_be_told_apart_from_their_ground(string ink, string ground, double least)
    {
        foreach (var theme in Themes())
            Assert.True(Contrast(theme[ink], theme[ground]) >= least, string.Create(CultureInfo.InvariantCulture, $"--{ink} on --{ground}: {Contrast(theme[ink], theme[ground]):0.00}"));
    }

    /// <summary>Distances in OKLab; 0.02 is about where two colours side by side begin to look different.</summary>
    [Fact]
    public void Kinds_stay_apart_for_red_green_and_blue_blind_eyes()
    {
        foreach (var theme in Themes())
        {
            foreach (var eyes in Eyes)
            {
                Assert.True(Distance("promoter", "customer") >= 0.08, "promoter and customer");
                Assert.True(Distance("promoter", "detractor") >= 0.08, "promoter and detractor");
                Assert.True(Distance("customer", "detractor") >= 0.08, "customer and detractor");

                double Distance(string one, string other) =>
                    Math.Sqrt(Lab(See(theme[one], eyes)).Zip(Lab(See(theme[other], eyes)), (a, b) => (a - b) * (a - b)).Sum());
            }
        }
    }

    // Dichromatic vision as a matrix on linear RGB: the projection onto the plane that is left when one kind of cone is
    // missing (Viénot, Brettel and Mollon 1999 for the first two; the same construction for the third).
    private static readonly double[][] Eyes =
    [
        [0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1],
        [0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1],
        [1, 0.14461, -0.14461, 0, 0.85924, 0.14076, 0, 0.85924, 0.14076],
    ];

    private static IEnumerable<Dictionary<string, double[]>> Themes()
    {
        var light = Read("tokens.css", []);
        return [light, Read("tokens-dark.css", light)];
    }

    private static Dictionary<string, double[]> Read(string sheet, Dictionary<string, double[]> over)
    {
        var tokens = new Dictionary<string, double[]>(over);
        foreach (Match token in Token().Matches(File.ReadAllText(Path.Combine(Sheets(), sheet))))
        {
            var hex = token.Groups["hex"].Value;
            tokens[token.Groups["name"].Value] =
                [.. Enumerable.Range(0, 3).Select(i => Linear(int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0))];
        }

        return tokens;
    }

    private static string Sheets([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Loyalty.Web/wwwroot/css"));

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);

    private static double Contrast(double[] one, double[] other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(double[] rgb) => 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];

    private static double[] See(double[] rgb, double[] eyes) =>
        [.. Enumerable.Range(0, 3).Select(row => Math.Clamp(eyes[row * 3] * rgb[0] + eyes[row * 3 + 1] * rgb[1] + eyes[row * 3 + 2] * rgb[2], 0, 1))];

    // OKLab (Björn Ottosson, 2020).
    private static double[] Lab(double[] rgb)
    {
        var l = Math.Cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
        var m = Math.Cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
        var s = Math.Cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
        return
        [
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
        ];
    }

    [GeneratedRegex("--(?<name>[a-z-]+): #(?<hex>[0-9a-f]{6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
