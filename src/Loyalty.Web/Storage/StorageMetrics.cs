using System.Diagnostics.Metrics;

namespace Loyalty.Web.Storage;

/// <summary>The journal in numbers: meter <c>Loyalty.Storage</c>.</summary>
public sealed class StorageMetrics : IDisposable
{
    public const string MeterName = "Loyalty.Storage";
    public const string CommitDuration = "loyalty.journal.commit.duration";

    private readonly Meter meter;
    private readonly Histogram<double> commit;
    private readonly Histogram<long> events;
    private readonly Counter<long> failures;

    public StorageMetrics(IMeterFactory meters)
    {
        meter = meters.Create(MeterName);
        commit = meter.CreateHistogram<double>(CommitDuration, "s", "Time of one transaction, until it is on the disk.");
        events = meter.CreateHistogram<long>("loyalty.journal.commit.events", description: "Events that shared one transaction.");
        failures = meter.CreateCounter<long>("loyalty.journal.failures", description: "Transactions that were not stored.");
    }

    public void Committed(TimeSpan duration, int count)
    {
        commit.Record(duration.TotalSeconds);
        events.Record(count);
    }

    public void Failed() => failures.Add(1);

    public void Dispose() => meter.Dispose();
}
