using System.Net;
using Loyalty.LoadTool.BareHub;
using Loyalty.LoadTool.Phones;
using Loyalty.LoadTool.Report;
using Loyalty.LoadTool.Servers;

namespace Loyalty.LoadTool.Scenarios;

/// <summary>What the bare hub can do, with messages as long as the product's.</summary>
internal sealed record BareResult(BasicFigures Basics, Distribution Connect, double ResidentPerPhone, double HeapPerPhone);

internal static class BareRun
{
    /// <summary>As long as an answer to the score is.</summary>
    private const string Fields = """{"score-recommend":["9"],"why":["They ring us first, because they know that we ring back."],"do":["answer"]}""";

    public static async Task<BareResult> RunAsync(int count, int rounds, int stageBytes, CancellationToken cancellationToken)
    {
        await using var server = await ChildProcess.StartAsync(Starts.BareHub, cancellationToken);
        using var desk = new Desk(server.Address);
        var address = new PhoneAddress(new IPEndPoint(IPAddress.Loopback, server.Address.Port), BareHubProgram.Path);

        // The product has served a small room before its memory is looked at; so has this.
        await using (var small = CrowdOf(Math.Min(count, 250)))
        {
            await small.ConnectAsync(hello: false, cancellationToken);
            await Basics.RunAsync(SideOf(small), 2, cancellationToken);
        }

        await Task.Delay(Basics.Leaving, cancellationToken);
        var before = await desk.CostsAsync(collect: true, cancellationToken);
        await using var crowd = CrowdOf(count);
        var connect = await crowd.ConnectAsync(hello: false, cancellationToken);
        var held = await desk.CostsAsync(collect: true, cancellationToken) - before;
        return new BareResult(await Basics.RunAsync(SideOf(crowd), rounds, cancellationToken), connect.Distribution(), held.Resident / (double)count, held.Heap / (double)count);

        Crowd CrowdOf(int phones) => new([.. Enumerable.Range(0, phones).Select(i => new Phone(i, address, null, new Random(i)))]);

        Side SideOf(Crowd phones) => new(
            phones,
            () => desk.PushAsync(stageBytes, cancellationToken),
            null,
            phone => phone.CallAsync("Submit", $$"""{"key":"{{Guid.NewGuid():N}}","activity":"score","slot":null,"fields":""" + Fields + "}", cancellationToken),
            collect => desk.CostsAsync(collect, cancellationToken));
    }
}
