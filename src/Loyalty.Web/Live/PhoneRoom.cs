using System.Globalization;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Live;

/// <summary>The loop that keeps one workshop's phones up to date.</summary>
internal sealed class PhoneRoom : IAsyncDisposable
{
    // A change is sent at once; what follows within this time is gathered (30 a second look live to everybody).
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(33);

    private readonly LiveWorkshopHost host;
    private readonly PhoneConnections phones;
    private readonly PhoneStageRenderer renderer;
    private readonly LiveMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Subscription subscription;
    private readonly CancellationTokenSource stopping = new();
    private readonly CultureInfo culture;
    private readonly Task loop;
    private volatile StageMessage? latest;
    private ItemsMessage? sent;
    private long itemsDueAt;
    private bool itemsHeldBack;

    public PhoneRoom(LiveWorkshopHost host, PhoneConnections phones, PhoneStageRenderer renderer, LiveMetrics metrics, TimeProvider time, ILogger log)
    {
        this.host = host;
        this.phones = phones;
        this.renderer = renderer;
        this.metrics = metrics;
        this.time = time;
        this.log = log;
        culture = PhoneCulture.Of(host.Current.Info);
        subscription = host.Subscribe();
        loop = RunAsync();
    }

    private async Task RunAsync()
    {
        var workshop = subscription.Snapshot;
        var sentStage = workshop.StageRevision;
        Task<bool>? more = null;
        try
        {
            while (true)
            {
                more ??= subscription.Changes.WaitToReadAsync(stopping.Token).AsTask();

                // Items that are held back for a moment are sent when it is over, also if nothing else happens.
                if (itemsHeldBack)
                    await Task.WhenAny(more, Task.Delay(UntilItemsAreDue(), time, stopping.Token));
                if ((more.IsCompleted || !itemsHeldBack) && !await more)
                    return;
                if (more.IsCompleted)
                    more = null;
                if (subscription.Changes.TryRead(out var newer))
                    workshop = newer;

                var started = time.GetTimestamp();
                using var trace = LiveTrace.FanOut(host.Id);
                try
                {
                    if (workshop.StageRevision != sentStage)
                        await SendStageAsync(workshop);
                    else
                        await SendItemsAsync(workshop);
                    sentStage = workshop.StageRevision;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // A change that cannot be sent must not silence the room for the rest of the day.
                    LiveLog.FanOutFailed(log, e, host.Id);
                }

                metrics.FannedOut(time.GetElapsedTime(started));
                await Task.Delay(Pause, time, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task SendStageAsync(LiveWorkshop workshop)
    {
        var html = await renderer.RenderAsync(workshop, culture);
        var message = StageMessages.Of(workshop, html, time.GetUtcNow());
        latest = message;
        sent = message.Items;
        itemsHeldBack = false;
        metrics.PassedOver(await phones.SendAsync(host.Id, nameof(IPhoneClient.Stage), message, Latest));
    }

    private async Task SendItemsAsync(LiveWorkshop workshop)
    {
        itemsHeldBack = UntilItemsAreDue() > TimeSpan.Zero;
        if (itemsHeldBack)
            return;

        var next = StageMessages.Items(workshop);
        var message = next is not null && sent is not null ? StageMessages.Changes(sent, next) : next;
        sent = next;
        if (message is null)
            return;

        // The bigger the room, the longer the pause between two pictures of the board: bytes per phone stay bounded.
        var interval = TimeSpan.FromMilliseconds(Math.Clamp(phones.In(host.Id), 200, 2_000));
        itemsDueAt = time.GetTimestamp() + (long)(interval.TotalSeconds * time.TimestampFrequency);
        metrics.PassedOver(await phones.SendAsync(host.Id, nameof(IPhoneClient.Items), message, Latest));
    }

    private TimeSpan UntilItemsAreDue()
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), itemsDueAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>What a phone gets that missed something: the whole stage, with the items as they were last sent to the others.</summary>
    private (string, object)? Latest() =>
        latest is { } stage ? (nameof(IPhoneClient.Stage), stage with { Items = sent is { } items ? items with { Full = true } : null, Now = time.GetUtcNow().ToUnixTimeMilliseconds() }) : null;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        subscription.Dispose();
        await loop;
        stopping.Dispose();
    }
}
