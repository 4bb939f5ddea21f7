using System.Diagnostics;
using System.Globalization;
using Loyalty.LoadTool.Probe;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loyalty.LoadTool.BareHub;

/// <summary>A hub with nothing behind it: what this machine and this framework can do at best, and so the measure of the rest.</summary>
internal static class BareHubProgram
{
    public const string Path = "/hub";

    public static async Task RunAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<BareHub>(Path);
        app.MapGet("/health/ready", () => "");

        var probe = app.MapGroup(ProbePaths.Root);
        probe.MapGet(ProbePaths.Costs, (bool collect) => Costs.OfThisProcess(collect));
        long revision = 0;
        probe.MapPost(ProbePaths.Push, async (int bytes, IHubContext<BareHub> hub) =>
        {
            var started = Stopwatch.GetTimestamp();
            await hub.Clients.All.SendAsync("Stage", new BareStage(++revision, new string('x', bytes)));
            return Results.Text(started.ToString(CultureInfo.InvariantCulture));
        });
        await app.RunAsync();
    }

    private sealed record BareStage(long Revision, string Html);
}

internal sealed class BareHub : Hub
{
    /// <summary>The plain reply: the same arguments as an answer has, and a reply of the same shape, with nothing in between.</summary>
    public BareReply Submit(BareRequest request) => new("saved", request.Key ?? "", [], null);
}

internal sealed record BareRequest(string? Key, string? Activity, string? Slot, Dictionary<string, string[]?>? Fields);

internal sealed record BareReply(string State, string Sentence, string[] Errors, object? Own);
