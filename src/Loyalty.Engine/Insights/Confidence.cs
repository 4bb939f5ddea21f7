namespace Loyalty.Engine.Insights;

/// <summary>Both ends included.</summary>
public readonly record struct Interval(double From, double To);

/// <summary>How far a result of so many people can be trusted: the 95 % confidence interval of a mean, from Student's t.</summary>
/// <remarks>
/// A room is no random sample of an organisation. The interval says how much a result could differ if other people like these had
/// sat there, which is what keeps a reader from making a story of two points that are level.
/// </remarks>
public static class Confidence
{
    /// <summary>With fewer values the interval says nothing that the number of people does not say better.</summary>
    public const int Fewest = 5;

    private const double Normal = 1.959963984540054;

    /// <returns>Null with fewer than <see cref="Fewest"/> values, or if all are the same: their spread is then not known to be zero.</returns>
    public static Interval? OfMean(Descriptives numbers) =>
        numbers is { Count: >= Fewest, Mean: { } mean, Deviation: > 0 and var deviation }
            ? Around(mean, T(numbers.Count - 1) * deviation / Math.Sqrt(numbers.Count))
            : null;

    /// <summary>Of a Net Promoter Score, which is the mean of +100 for a promoter, 0 for a passive and −100 for a detractor; within −100..+100.</summary>
    public static Interval? OfScore(NetPromoterScore score) =>
        OfMean(Descriptives.OfCounts([(100, score.Promoters), (0, score.Passives), (-100, score.Detractors)])) is { } interval
            ? new Interval(Math.Max(-100, interval.From), Math.Min(100, interval.To))
            : null;

    /// <summary>
    /// The 97.5 % quantile of Student's t by its expansion around the normal one; within 0.01 of the exact value from 4 degrees of freedom on.
    /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    /// </summary>
    internal static double T(int degrees)
    {
        const double Z = Normal;
        const double Z3 = Z * Z * Z, Z5 = Z3 * Z * Z, Z7 = Z5 * Z * Z, Z9 = Z7 * Z * Z;
        double v = degrees;
        return Z
            + (Z3 + Z) / (4 * v)
            + (5 * Z5 + 16 * Z3 + 3 * Z) / (96 * v * v)
            + (3 * Z7 + 19 * Z5 + 17 * Z3 - 15 * Z) / (384 * v * v * v)
            + (79 * Z9 + 776 * Z7 + 1482 * Z5 - 1920 * Z3 - 945 * Z) / (92160 * v * v * v * v);
    }

    private static Interval Around(double mean, double half) => new(mean - half, mean + half);
}
