using Loyalty.LoadTool.Phones;
using Loyalty.LoadTool.Probe;
using Loyalty.LoadTool.Report;

namespace Loyalty.LoadTool.Scenarios;

/// <summary>How the basics are done on one of the two servers.</summary>
/// <param name="Push">Sends the room a stage; gives the moment at which the server began.</param>
/// <param name="Rest">Takes the stage back, so that it can be sent again; null if that is not needed. Every scenario begins and ends like that.</param>
/// <param name="Answer">One phone's answer.</param>
internal sealed record Side(Crowd Crowd, Func<Task<long>> Push, Func<Task>? Rest, Func<Phone, Task<Reply>> Answer, Func<bool, Task<Costs>> CostsAsync);

/// <summary>What the two servers are compared by.</summary>
internal sealed record BasicFigures(
    Distribution Push, Distribution AtOnce, Distribution OverOneSecond, Distribution OverThreeSeconds, Distribution Late,
    PerMessage PushCost, PerMessage AnswerCost, double BytesPerPush, double BytesPerAnswer, double CommitsPerSecond, double AnswersPerCommit, double Refused, double Collections);

/// <param name="Cpu">Microseconds of the server's processor time.</param>
/// <param name="Allocated">Bytes that the server allocated.</param>
internal sealed record PerMessage(double Cpu, double Allocated)
{
    public static PerMessage Of(Costs spent, double messages) => new(spent.CpuSeconds * 1_000_000 / messages, spent.Allocated / messages);
}

/// <summary>Stage to all, answers in one instant, over one second and over three: the same on the product and on the bare hub.</summary>
internal static class Basics
{
    /// <summary>Until a server has let go of a room that has left.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    public static async Task<BasicFigures> RunAsync(Side side, int rounds, CancellationToken cancellationToken)
    {
        var count = side.Crowd.Count;

        await PushAsync(side, 2, cancellationToken); // warm
        var (bytes, heard, costs) = (side.Crowd.BytesIn, side.Crowd.Heard, await side.CostsAsync(false));
        var push = await PushAsync(side, rounds * 2, cancellationToken);
        var messages = (double)(side.Crowd.Heard - heard);
        var pushCost = PerMessage.Of(await side.CostsAsync(false) - costs, messages);
        var bytesPerPush = (side.Crowd.BytesIn - bytes) / messages;

        var late = new Samples();
        await side.Push(); // it stays on stage for the answers
        await side.Crowd.AnswerAsync(TimeSpan.Zero, side.Answer, null, cancellationToken); // warm
        (bytes, costs) = (side.Crowd.BytesIn + side.Crowd.BytesOut, await side.CostsAsync(false));
        var atOnce = await AnswersAsync(side, TimeSpan.Zero, rounds, new Samples(), cancellationToken);
        var spent = await side.CostsAsync(false) - costs;
        var answers = (double)rounds * count;
        var bytesPerAnswer = (side.Crowd.BytesIn + side.Crowd.BytesOut - bytes) / answers;

        var oneSecond = await AnswersAsync(side, TimeSpan.FromSeconds(1), Math.Max(1, rounds / 2), late, cancellationToken);
        var threeSeconds = await AnswersAsync(side, TimeSpan.FromSeconds(3), 1, late, cancellationToken);
        if (side.Rest is { } rest)
            await rest();

        return new BasicFigures(
            push.Distribution(), atOnce.Taken.Distribution(), oneSecond.Taken.Distribution(), threeSeconds.Taken.Distribution(), late.Distribution(),
            pushCost, PerMessage.Of(spent, answers), bytesPerPush, bytesPerAnswer,
            atOnce.Lasted.TotalSeconds == 0 ? 0 : spent.Commits / atOnce.Lasted.TotalSeconds, spent.Commits == 0 ? 0 : spent.CommittedEvents / (double)spent.Commits,
            atOnce.NotSaved + oneSecond.NotSaved + threeSeconds.NotSaved, spent.Collections);
    }

    /// <summary>Pushes a stage several times and waits for every phone each time.</summary>
    public static async Task<Samples> PushAsync(Side side, int times, CancellationToken cancellationToken, Phone? except = null)
    {
        var all = new Samples();
        for (var i = 0; i < times; i++)
        {
            all.Add(await side.Crowd.PushAsync(side.Push, cancellationToken, except));
            await Task.Delay(Settle, cancellationToken);
            if (side.Rest is { } rest)
            {
                await side.Crowd.PushAsync(async () =>
                {
                    await rest();
                    return 0;
                }, cancellationToken, except);
                await Task.Delay(Settle, cancellationToken);
            }
        }

        return all;
    }

    private static async Task<(Samples Taken, TimeSpan Lasted, int NotSaved)> AnswersAsync(Side side, TimeSpan over, int rounds, Samples late, CancellationToken cancellationToken)
    {
        var all = new Samples();
        var lasted = TimeSpan.Zero;
        var notSaved = 0;
        for (var i = 0; i < rounds; i++)
        {
            var answers = await side.Crowd.AnswerAsync(over, side.Answer, null, cancellationToken);
            all.Add(answers.Taken);
            lasted += answers.Lasted;
            notSaved += side.Crowd.Count - answers.Saved;
            if (over > TimeSpan.Zero)
                late.Add(answers.Late);
            await Task.Delay(Settle, cancellationToken);
        }

        return (all, lasted, notSaved);
    }
}
