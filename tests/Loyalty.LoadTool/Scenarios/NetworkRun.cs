using System.Diagnostics;
using Loyalty.LoadTool.Phones;
using Loyalty.LoadTool.Probe;
using Loyalty.LoadTool.Report;
using Loyalty.LoadTool.Servers;
using Loyalty.Shared;

namespace Loyalty.LoadTool.Scenarios;

/// <summary>
/// A hall behind a bad network, and a small room beside it on a good one, on the same server: what the hall's network does to the hall,
/// and what the hall's return does to the room.
/// </summary>
internal sealed class NetworkRun(ProductRun product, int phones, Action<string> say, CancellationToken cancellationToken)
{
    private const int BesidePhones = 50;

    private static readonly TimeSpan Blackout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongDark = TimeSpan.FromSeconds(60);

    /// <summary>Longer than the server waits for a sign of life.</summary>
    private static readonly TimeSpan HalfOpen = TimeSpan.FromSeconds(90);

    private FigureList Figures => product.Figures;

    public async Task RunAsync()
    {
        await using var network = new FaultyProxy(product.Port);
        var (hall, crowd) = await product.SeatAsync(phones, network.Port);
        var (beside, room) = await product.SeatAsync(BesidePhones);
        await using (crowd)
        await using (room)
        {
            await product.Desk.SetPhaseAsync(hall, "Open", cancellationToken);
            await product.Desk.SetPhaseAsync(beside, "Open", cancellationToken);
            await product.AnswerSurelyAsync(room, TimeSpan.FromSeconds(2)); // warm
            Figures.Add("room beside", "answer, all well", (await product.AnswerSurelyAsync(room, TimeSpan.FromSeconds(5))).Distribution());

            await SlowAndLossyAsync(network, crowd);
            await BlackoutAsync(network, crowd);
            await LongDarkAsync(network, crowd, room);
            await HalfOpenAsync(network, crowd, hall);
        }
    }

    private async Task SlowAndLossyAsync(FaultyProxy network, Crowd crowd)
    {
        say("300 ms there and back, one piece of twenty lost");
        network.Latency = TimeSpan.FromMilliseconds(150);
        network.Loss = 0.05;
        Figures.Add("slow and lossy", "answer", (await product.AnswerSurelyAsync(crowd, TimeSpan.FromSeconds(10))).Distribution());
        network.Latency = TimeSpan.Zero;
        network.Loss = 0;
    }

    /// <summary>Nothing goes through for a while, and nobody is told; then everything goes on where it was.</summary>
    private async Task BlackoutAsync(FaultyProxy network, Crowd crowd)
    {
        say($"a blackout of {Blackout.TotalSeconds:0} s, and everybody answers into it");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        network.Dark = true;
        var staying = crowd.Phones.Select(phone => StayAsync(phone, over.Token)).ToArray();
        var answering = product.AnswerSurelyAsync(crowd, TimeSpan.FromSeconds(10));
        await Task.Delay(Blackout, cancellationToken);
        var light = Stopwatch.GetTimestamp();
        network.Dark = false;
        await answering;
        Figures.Add("blackout", "all answers saved after", "s", Stopwatch.GetElapsedTime(light).TotalSeconds);
        await over.CancelAsync();
        Figures.Add("blackout", "lines lost", "", (await Task.WhenAll(staying)).Sum());
    }

    /// <summary>Comes back whenever the line is lost: the server lets go of whom it has not heard for a while. Gives how often that was.</summary>
    private static async Task<int> StayAsync(Phone phone, CancellationToken over)
    {
        for (var lost = 0; ; lost++)
        {
            try
            {
                await phone.Lost.WaitAsync(over);
                await phone.ReturnAsync(over);
            }
            catch (OperationCanceledException)
            {
                return lost;
            }
        }
    }

    /// <summary>The base station is gone for a minute. Then everybody wants back in, with an answer in the outbox.</summary>
    private async Task LongDarkAsync(FaultyProxy network, Crowd crowd, Crowd room)
    {
        say($"dark for {LongDark.TotalSeconds:0} s, all lines cut, and everybody comes back");
        network.Dark = true;
        network.Reset();
        var returning = crowd.Phones.Select(phone => phone.ReturnAsync(cancellationToken)).ToArray();
        var answering = product.AnswerSurelyAsync(crowd, TimeSpan.FromSeconds(10));
        await Task.Delay(LongDark, cancellationToken);

        var turnedBack = (await product.Desk.CostsAsync(collect: false, cancellationToken)).TurnedBack;
        var light = Stopwatch.GetTimestamp();
        network.Dark = false;
        var meanwhile = product.AnswerSurelyAsync(room, TimeSpan.FromSeconds(5));
        var back = new Samples();
        foreach (var reply in await Task.WhenAll(returning))
            back.Add(light, reply.At);
        Figures.Add("dark hall", "back", back.Distribution());
        await answering;
        Figures.Add("dark hall", "all answers saved after", "s", Stopwatch.GetElapsedTime(light).TotalSeconds);
        Figures.Add("dark hall", "most back within one second", "", back.MostWithin(TimeSpan.FromSeconds(1)));
        Figures.Add("dark hall", "sent away at the door", "", (await product.Desk.CostsAsync(collect: false, cancellationToken)).TurnedBack - turnedBack);
        Figures.Add("room beside", "answer, the hall comes back", (await meanwhile).Distribution());
    }

    /// <summary>The server's ends of all lines stay open when the phones are gone; they come back on new ones, and the old are let go.</summary>
    private async Task HalfOpenAsync(FaultyProxy network, Crowd crowd, StartedWorkshop hall)
    {
        say("every line is forgotten by the network, and the server is not told");
        var began = Stopwatch.GetTimestamp();
        network.Forget();
        var back = new Samples();
        foreach (var reply in await Task.WhenAll(crowd.Phones.Select(phone => phone.ReturnAsync(cancellationToken))))
            back.Add(began, reply.At);
        Figures.Add("half-open lines", "back", back.Distribution());

        var lines = await product.Desk.LinesAsync(hall, cancellationToken);
        while (lines > crowd.Count && Stopwatch.GetElapsedTime(began) < HalfOpen)
        {
            await Task.Delay(500, cancellationToken);
            lines = await product.Desk.LinesAsync(hall, cancellationToken);
        }

        Figures.Add("half-open lines", "let go after", "s", Stopwatch.GetElapsedTime(began).TotalSeconds);
        Figures.Add("half-open lines", "left over", "", lines - crowd.Count);
    }
}
