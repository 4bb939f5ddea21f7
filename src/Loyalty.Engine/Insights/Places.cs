namespace Loyalty.Engine.Insights;

/// <summary>Places in a ranking: equal values share a place, and the next one leaves a gap (1, 2, 2, 4).</summary>
public static class Places
{
    /// <summary>
    /// Values closer than this are equal. Means of a few thousand ranks or grades differ by far more when they differ at all,
    /// and by far less when only the order of adding them did.
    /// </summary>
    public const double Tolerance = 1e-9;

    /// <summary>The place of each value, from 1.</summary>
    /// <param name="sorted">Values in their order; either direction, but sorted.</param>
    public static int[] Of(IReadOnlyList<double> sorted)
    {
        var places = new int[sorted.Count];
        var first = 0;
        for (var i = 0; i < places.Length; i++)
        {
            // Compared with the first of its group, so that a long chain of small steps does not become one place.
            if (Math.Abs(sorted[i] - sorted[first]) > Tolerance)
                first = i;
            places[i] = first + 1;
        }

        return places;
    }
}
