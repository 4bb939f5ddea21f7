using System.Collections.Immutable;

namespace Loyalty.Web.Exercises.PairedScale;

/// <summary>A dot of a map in units of a dot's diameter: where its value is, and where it is drawn.</summary>
public readonly record struct MapDot(double X, double Y, double DrawnX, double DrawnY)
{
    /// <summary>Whether the dot had to make room for another, so that a line leads back to its place.</summary>
    public bool IsMoved => Math.Abs(DrawnX - X) + Math.Abs(DrawnY - Y) > 0.05;
}

/// <summary>Moves dots that would hide each other apart, as little as needed, the same for the same places.</summary>
public static class DotLayout
{
    // A diameter and a little air.
    private const double Apart = 1.06;
    private const int Rounds = 400;
    private const double GoldenAngle = 2.399963;

    /// <param name="places">Where the values are, from 0 to <paramref name="width"/> and <paramref name="height"/>, in diameters.</param>
    /// <returns>A dot for each place, none outside; apart from each other if the map has room for them.</returns>
    public static ImmutableArray<MapDot> Of(IReadOnlyList<(double X, double Y)> places, double width, double height)
    {
        // Dots on the very same place need directions to part in.
        var drawn = places.Select((p, i) => (X: p.X + 0.01 * Math.Cos(i * GoldenAngle), Y: p.Y + 0.01 * Math.Sin(i * GoldenAngle))).ToArray();
        for (var round = 0; round < Rounds && Part(drawn); round++)
        {
            for (var i = 0; i < drawn.Length; i++)
                drawn[i] = (Math.Clamp(drawn[i].X, 0.5, width - 0.5), Math.Clamp(drawn[i].Y, 0.5, height - 0.5));
        }

        return [.. places.Select((p, i) => new MapDot(p.X, p.Y, Math.Clamp(drawn[i].X, 0.5, width - 0.5), Math.Clamp(drawn[i].Y, 0.5, height - 0.5)))];
    }

    // Each pair that is too close gives way by half each. False when none was.
    private static bool Part((double X, double Y)[] drawn)
    {
        var moved = false;
        for (var i = 0; i < drawn.Length; i++)
        {
            for (var j = i + 1; j < drawn.Length; j++)
            {
                var (dx, dy) = (drawn[j].X - drawn[i].X, drawn[j].Y - drawn[i].Y);
                var distance = Math.Sqrt(dx * dx + dy * dy);
                if (distance >= Apart - 0.001)
                    continue;
                // Two dots pressed into one corner can end up on one point.
                if (distance < 0.001)
                    (dx, dy, distance) = (Math.Cos((i + j) * GoldenAngle), Math.Sin((i + j) * GoldenAngle), 1);
                var by = (Apart - distance) / 2 / distance;
                drawn[i] = (drawn[i].X - dx * by, drawn[i].Y - dy * by);
                drawn[j] = (drawn[j].X + dx * by, drawn[j].Y + dy * by);
                moved = true;
            }
        }

        return moved;
    }
}
