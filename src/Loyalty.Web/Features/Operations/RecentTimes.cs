using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Loyalty.Web.Features.Operations;

/// <summary>
/// The last times of each duration that the product measures, for a glance without any other tool. The meters are the only source:
/// this listens to them as any monitor would.
/// </summary>
internal sealed class RecentTimes : IHostedService, IDisposable
{
    /// <summary>How many of each are kept.</summary>
    public const int Kept = 2_000;

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, Ring> rings = new(StringComparer.Ordinal);

    /// <summary>The share of recent times that lies below; null if there were none.</summary>
    /// <param name="instrument">Such as <c>loyalty.answer.duration</c>.</param>
    public TimeSpan? Percentile(string instrument, double share) => rings.TryGetValue(instrument, out var ring) ? ring.Percentile(share) : null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is Histogram<double> { Unit: "s" } && instrument.Meter.Name.StartsWith("Loyalty.", StringComparison.Ordinal))
                self.EnableMeasurementEvents(instrument, rings.GetOrAdd(instrument.Name, _ => new Ring()));
        };
        listener.SetMeasurementEventCallback<double>(static (_, seconds, _, ring) => ((Ring)ring!).Add(seconds));
        listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    private sealed class Ring
    {
        private readonly double[] seconds = new double[Kept];
        private long count;

        // Called from many threads, and a glance at a moment's half-written order does no harm.
        public void Add(double value) => Volatile.Write(ref seconds[(Interlocked.Increment(ref count) - 1) % Kept], value);

        public TimeSpan? Percentile(double share)
        {
            var known = (int)Math.Min(Interlocked.Read(ref count), Kept);
            if (known == 0)
                return null;
            var sorted = seconds.AsSpan(0, known).ToArray();
            Array.Sort(sorted);
            return TimeSpan.FromSeconds(sorted[Math.Clamp((int)Math.Ceiling(share * known) - 1, 0, known - 1)]);
        }
    }
}
