using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Loyalty.Engine.Insights;

/// <summary>A letter grade.</summary>
/// <param name="Letter">As it is stored, such as <c>B-</c>.</param>
/// <param name="Points">Its grade points, from 0 to 4.3.</param>
public sealed record Grade(string Letter, double Points)
{
    /// <summary>As it is shown, with a real minus sign.</summary>
    public string Display => Letter.Replace('-', '−');
}

/// <summary>Letter grades from A+ (4.3 points) to F (0): three steps to a letter, D- at 0.7, and none between it and F.</summary>
public static class GradeScale
{
    /// <summary>Best first.</summary>
    public static ImmutableArray<Grade> All { get; } =
    [
        new("A+", 4.3), new("A", 4.0), new("A-", 3.7),
        new("B+", 3.3), new("B", 3.0), new("B-", 2.7),
        new("C+", 2.3), new("C", 2.0), new("C-", 1.7),
        new("D+", 1.3), new("D", 1.0), new("D-", 0.7),
        new("F", 0),
    ];

    private static readonly FrozenDictionary<string, Grade> ByLetter = All.ToFrozenDictionary(g => g.Letter, StringComparer.Ordinal);

    public static double MaxPoints => All[0].Points;

    /// <summary>The grade with this letter, or null.</summary>
    public static Grade? Find(string? letter) => letter is null ? null : ByLetter.GetValueOrDefault(letter);

    /// <summary>The grade nearest to a mean; exactly half-way between two, the better one.</summary>
    /// <param name="points">From 0 to <see cref="MaxPoints"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range, or not a number.</exception>
    public static Grade Nearest(double points)
    {
        if (!(points >= -Places.Tolerance && points <= MaxPoints + Places.Tolerance))
            throw new ArgumentOutOfRangeException(nameof(points), points, "Grade points go from 0 to 4.3.");

        // Best first, and only a clearly nearer one replaces it: 3.85 is as near to A as to A-, whatever binary makes of it.
        var nearest = All[0];
        foreach (var grade in All)
        {
            if (Math.Abs(grade.Points - points) < Math.Abs(nearest.Points - points) - Places.Tolerance)
                nearest = grade;
        }

        return nearest;
    }
}
