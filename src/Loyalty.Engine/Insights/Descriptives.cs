namespace Loyalty.Engine.Insights;

/// <summary>What a set of numbers amounts to; from unrounded values, to be rounded only for display.</summary>
/// <param name="Count">How many numbers, n.</param>
/// <param name="Mean">The arithmetic mean; null if there are none.</param>
/// <param name="Deviation">The sample standard deviation, divisor n − 1; null with fewer than two.</param>
public readonly record struct Descriptives(int Count, double? Mean, double? Deviation)
{
    public static Descriptives None { get; } = new(0, null, null);

    /// <summary>Of single numbers. Their order makes no difference, not even in the last digit.</summary>
    public static Descriptives Of(IEnumerable<double> values) => OfCounts(values.CountBy(v => v).OrderBy(p => p.Key).Select(p => (p.Key, p.Value)));

    /// <summary>Of numbers with how often each occurs; for scales of few steps in large rooms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or a value is not a finite number.</exception>
    public static Descriptives OfCounts(IEnumerable<(double Value, int Count)> counts)
    {
        var list = counts.Where(c => c.Count != 0).ToList();
        foreach (var (value, times) in list)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(times, nameof(counts));
            if (!double.IsFinite(value))
                throw new ArgumentOutOfRangeException(nameof(counts), value, "Every value must be a finite number.");
        }

        var count = list.Sum(c => c.Count);
        if (count == 0)
            return None;
        var mean = list.Sum(c => c.Value * c.Count) / count;
        if (count == 1)
            return new Descriptives(count, mean, null);

        // Two passes: the deviations are taken from the mean, so that no large squares cancel.
        var squares = list.Sum(c => (c.Value - mean) * (c.Value - mean) * c.Count);
        return new Descriptives(count, mean, Math.Sqrt(squares / (count - 1)));
    }
}
