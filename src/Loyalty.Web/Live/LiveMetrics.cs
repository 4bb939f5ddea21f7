using System.Diagnostics.Metrics;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Live;

/// <summary>The live path in numbers: meter <c>Loyalty.Live</c>.</summary>
public sealed class LiveMetrics : IPublisher, IDisposable
{
    public const string MeterName = "Loyalty.Live";
    public const string AnswerDuration = "loyalty.answer.duration";
    public const string FanOutDuration = "loyalty.fanout.duration";

    private readonly Meter meter;
    private readonly Counter<long> answers;
    private readonly Counter<long> joins;
    private readonly Counter<long> passedOver;
    private readonly Counter<long> turnedBack;
    private readonly Histogram<double> fanOut;
    private readonly Histogram<double> answering;

    public LiveMetrics(IMeterFactory meters)
    {
        meter = meters.Create(MeterName);
        answers = meter.CreateCounter<long>("loyalty.answers", description: "Entries that were made durable.");
        joins = meter.CreateCounter<long>("loyalty.joins", description: "Participants who joined.");
        passedOver = meter.CreateCounter<long>("loyalty.fanout.passed_over", description: "Messages not sent because the phone had not taken the one before.");
        turnedBack = meter.CreateCounter<long>("loyalty.door.turned_back", description: "Phones that were sent away for a moment because too many came at once.");
        fanOut = meter.CreateHistogram<double>(FanOutDuration, "s", "Time to hand one state to all phones of a room.");
        answering = meter.CreateHistogram<double>(AnswerDuration, "s", "Time from reading an answer until its reply is ready to be sent.");
    }

    public void FannedOut(TimeSpan duration) => fanOut.Record(duration.TotalSeconds);

    /// <param name="state">What became of it: a state of <see cref="SubmitReply"/>.</param>
    public void Answered(TimeSpan duration, string state) => answering.Record(duration.TotalSeconds, KeyValuePair.Create("state", (object?)state));

    public void PassedOver(int phones)
    {
        if (phones > 0)
            passedOver.Add(phones);
    }

    public void TurnedBack() => turnedBack.Add(1);

    /// <inheritdoc/>
    public void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events)
    {
        foreach (var e in events)
        {
            if (e is LiveEvent.EntryAccepted)
                answers.Add(1);
            else if (e is LiveEvent.ParticipantJoined)
                joins.Add(1);
        }
    }

    public void Dispose() => meter.Dispose();
}
