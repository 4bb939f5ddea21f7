namespace Loyalty.Tests.Insights;

/// <summary>What is shown, as equations about those who are behind it: each row is a sum, and has the weight of each of them.</summary>
internal static class Equations
{
    private const double Zero = 1e-9;

    /// <summary>How many of the rows are not combinations of the others, by Gaussian elimination.</summary>
    public static int Rank(IEnumerable<double[]> rows)
    {
        var left = rows.ToList();
        var rank = 0;
        for (var column = 0; left.Count > 0 && column < left[0].Length; column++)
        {
            if (left.Find(r => Math.Abs(r[column]) > Zero) is not { } pivot)
                continue;
            rank++;
            left.Remove(pivot);
            left = [.. left.Select(r => r.Select((v, i) => v - pivot[i] * r[column] / pivot[column]).ToArray())];
        }

        return rank;
    }
}
