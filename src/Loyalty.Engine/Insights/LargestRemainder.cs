using System.Collections.Immutable;

namespace Loyalty.Engine.Insights;

/// <summary>
/// Turns shares into whole units that add up: everybody gets the whole part of what is due, and what is left goes to the
/// largest remainders. Source: the largest-remainder method with the Hare quota (Hamilton's method).
/// </summary>
public static class LargestRemainder
{
    // Sums of doubles that should be equal differ in the last digits; such remainders are a tie.
    private const int TieDigits = 9;

    /// <summary>Whole units in proportion to the weights. Tied remainders go to the earlier weight.</summary>
    /// <returns>As many numbers as weights, together <paramref name="total"/>; all zero if all weights are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The total or a weight is negative, or a weight is not finite.</exception>
    public static ImmutableArray<int> Share(int total, ImmutableArray<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        foreach (var weight in weights)
        {
            if (!double.IsFinite(weight) || weight < 0)
                throw new ArgumentOutOfRangeException(nameof(weights), weight, "A weight must be a finite number and not negative.");
        }

        var sum = weights.Sum();
        if (sum == 0)
            return [.. weights.Select(_ => 0)];

        var due = weights.Select(w => Math.Round(total * w / sum, TieDigits)).ToArray();
        var units = due.Select(d => (int)Math.Floor(d)).ToArray();
        var byRemainder = Enumerable.Range(0, units.Length).OrderByDescending(i => Math.Round(due[i] - units[i], TieDigits)).ThenBy(i => i);
        foreach (var index in byRemainder.Take(total - units.Sum()))
            units[index]++;
        return [.. units];
    }
}
