using System.Diagnostics.Metrics;

namespace Loyalty.LoadTool.Probe;

/// <summary>Listens to the product's own meters.</summary>
internal sealed class MeterProbe : IDisposable
{
    private const string CommitEvents = "loyalty.journal.commit.events";
    private const string PassedOver = "loyalty.fanout.passed_over";
    private const string TurnedBack = "loyalty.door.turned_back";

    private readonly MeterListener listener = new();
    private long commits;
    private long committedEvents;
    private long passedOver;
    private long turnedBack;

    public MeterProbe()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name is CommitEvents or PassedOver or TurnedBack)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            switch (instrument.Name)
            {
                case CommitEvents:
                    Interlocked.Increment(ref commits);
                    Interlocked.Add(ref committedEvents, value);
                    break;
                case PassedOver:
                    Interlocked.Add(ref passedOver, value);
                    break;
                case TurnedBack:
                    Interlocked.Add(ref turnedBack, value);
                    break;
            }
        });
        listener.Start();
    }

    public Costs AddTo(Costs costs) => costs with
    {
        Commits = Interlocked.Read(ref commits),
        CommittedEvents = Interlocked.Read(ref committedEvents),
        PassedOver = Interlocked.Read(ref passedOver),
        TurnedBack = Interlocked.Read(ref turnedBack),
    };

    public void Dispose() => listener.Dispose();
}
