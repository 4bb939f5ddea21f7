using System.Collections.Concurrent;
using System.Diagnostics;

namespace Loyalty.LoadTool.Report;

/// <summary>Times, gathered from any thread. The one place that knows what a percentile is.</summary>
internal sealed class Samples
{
    private readonly ConcurrentBag<double> milliseconds = [];

    public int Count => milliseconds.Count;

    /// <param name="from">In <see cref="Stopwatch"/> ticks, as the other.</param>
    /// <param name="to">When it was over.</param>
    public void Add(long from, long to) => milliseconds.Add((to - from) * 1_000.0 / Stopwatch.Frequency);

    public void Add(Samples more)
    {
        foreach (var value in more.milliseconds)
            milliseconds.Add(value);
    }

    public Distribution Distribution()
    {
        var sorted = milliseconds.Order().ToArray();
        return new Distribution(sorted.Length, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), sorted.Length == 0 ? 0 : sorted[^1]);
    }

    /// <summary>The most that ended within any stretch of so long.</summary>
    public int MostWithin(TimeSpan stretch)
    {
        var sorted = milliseconds.Order().ToArray();
        var (most, first) = (0, 0);
        for (var last = 0; last < sorted.Length; last++)
        {
            while (sorted[last] - sorted[first] > stretch.TotalMilliseconds)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    // Nearest rank: the smallest value that at least this share does not exceed.
    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}

/// <summary>Milliseconds.</summary>
internal sealed record Distribution(int Count, double P50, double P95, double P99, double Max);
