namespace Loyalty.Web.Features.Rehearsal;

/// <summary>Takes running rehearsals up again once the server is up.</summary>
internal sealed class RehearsalsAtStart(Rehearsals rehearsals) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => rehearsals.ResumeAsync(stoppingToken);
}
