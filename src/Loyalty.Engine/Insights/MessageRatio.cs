namespace Loyalty.Engine.Insights;

/// <summary>
/// Affirming to corrective messages, as the ratio of the room's totals. The ratio of totals and not the mean of personal
/// ratios: a person without a corrective message has none, and one with a single one would outweigh everybody else.
/// </summary>
/// <remarks>
/// Five to one is a rule of thumb. The exact "Losada ratio" was withdrawn: Brown, Sokal and Friedman, "The Complex Dynamics
/// of Wishful Thinking", American Psychologist, 2013, and the correction by Fredrickson and Losada in the same journal.
/// </remarks>
public sealed record MessageRatio(long Affirming, long Corrective)
{
    public long Total => Affirming + Corrective;

    /// <summary>Affirming messages for each corrective one, 0 or more, unrounded; null if there is no corrective message.</summary>
    public double? Value => Corrective == 0 ? null : (double)Affirming / Corrective;

    /// <summary>The share of affirming messages, 0 to 1, unrounded; null without messages.</summary>
    public double? AffirmingShare => Total == 0 ? null : (double)Affirming / Total;

    /// <summary>Whether there are at least <paramref name="target"/> affirming messages for each corrective one; null without messages.</summary>
    public bool? Reaches(double target) => Total == 0 ? null : Affirming >= target * Corrective;

    /// <summary>The share of affirming messages at which a ratio of <paramref name="target"/> to one is reached, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The target is negative.</exception>
    public static double ShareAt(double target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        return target / (target + 1);
    }
}
