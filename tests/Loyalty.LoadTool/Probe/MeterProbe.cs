using System.Diagnostics.Metrics;

namespace Loyalty.LoadTool.Probe;

/// <summary>Listens to the product's own meters.</summary>
internal sealed class MeterProbe : IDisposable
{
    private readonly MeterListener listener = new();
    private long commits;
    private long committedEvents;
    private long passedOver;

    public MeterProbe()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name is "loyalty.journal.commit.events" or "loyalty.fanout.passed_over")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "loyalty.fanout.passed_over")
            {
                Interlocked.Add(ref passedOver, value);
                return;
            }

            Interlocked.Increment(ref commits);
            Interlocked.Add(ref committedEvents, value);
        });
        listener.Start();
    }

    public Costs AddTo(Costs costs) => costs with
    {
        Commits = Interlocked.Read(ref commits),
        CommittedEvents = Interlocked.Read(ref committedEvents),
        PassedOver = Interlocked.Read(ref passedOver),
    };

    public void Dispose() => listener.Dispose();
}
