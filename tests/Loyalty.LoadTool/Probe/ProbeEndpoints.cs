using System.Collections.Immutable;
using System.Diagnostics;
using Loyalty.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Loyalty.LoadTool.Probe;

/// <summary>What the probe answers to, in front of everything else of the server.</summary>
internal sealed class ProbeEndpoints(WorkshopProbe workshops, PlanProbe plans, WallProbe wall, MeterProbe meters, AllocationProbe allocations) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map(ProbePaths.Root, probe => probe.Run(AnswerAsync));
        next(app);
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var query = context.Request.Query;
        var started = Stopwatch.GetTimestamp();
        switch (context.Request.Path.Value!.Trim('/'))
        {
            case ProbePaths.Workshops:
                using (var reader = new StreamReader(context.Request.Body))
                    await context.Response.WriteAsJsonAsync(await workshops.StartAsync(await reader.ReadToEndAsync(cancellationToken), cancellationToken), cancellationToken);
                break;
            case ProbePaths.People:
                await context.Response.WriteAsJsonAsync(await workshops.JoinAsync(Workshop(), int.Parse(query["count"]!, provider: null), cancellationToken), cancellationToken);
                break;
            case ProbePaths.Commands:
                await workshops.DoAsync(Workshop(), query["goto"], query["phase"], query["minutes"], cancellationToken);
                await context.Response.WriteAsync($"{started}", cancellationToken);
                break;
            case ProbePaths.Costs:
                await context.Response.WriteAsJsonAsync(meters.AddTo(Costs.OfThisProcess(query["collect"] == bool.TrueString)), cancellationToken);
                break;
            case ProbePaths.Wall:
                await context.Response.WriteAsJsonAsync(wall.Take(Workshop()), cancellationToken);
                break;
            case ProbePaths.Lines:
                await context.Response.WriteAsync($"{workshops.Lines(Workshop())}", cancellationToken);
                break;
            case ProbePaths.Plans:
                await plans.WriteAsync(Workshop(), int.Parse(query["count"]!, provider: null), cancellationToken);
                break;
            case ProbePaths.Prints when HttpMethods.IsPost(context.Request.Method):
                await context.Response.WriteAsJsonAsync(await plans.PrintAsync(Workshop(), query["zip"] == bool.TrueString, cancellationToken), cancellationToken);
                break;
            case ProbePaths.Prints:
                await context.Response.WriteAsJsonAsync(plans.Of(Guid.Parse(query["print"]!)), cancellationToken);
                break;
            case ProbePaths.Allocations:
                await context.Response.WriteAsync(allocations.Top(), cancellationToken);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }

        WorkshopId Workshop() => new(Guid.Parse(query["workshop"]!));
    }
}
