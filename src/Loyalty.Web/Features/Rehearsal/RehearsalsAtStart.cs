using Loyalty.Web.Storage;

namespace Loyalty.Web.Features.Rehearsal;

/// <summary>Takes running rehearsals up again once the server is up.</summary>
internal sealed class RehearsalsAtStart(Rehearsals rehearsals, IHostApplicationLifetime lifetime) : WorkAfterStart(lifetime)
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => rehearsals.ResumeAsync(stoppingToken);
}
