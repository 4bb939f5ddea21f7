using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Live;

/// <summary>
/// Loads the workshops that are running before the server listens. After a restart in the middle of one, its whole hall knocks at once,
/// again and again: while nobody listens that costs nothing, and whoever comes first is served at once. Afterwards it would take the
/// processor from the very loading that everybody waits for.
/// </summary>
internal sealed class LiveAtStart(IDbContextFactory<LoyaltyDb> databases, LiveDirectory directory, TimeProvider time, ILogger<LiveAtStart> log) : IHostedService
{
    /// <summary>One that was started longer ago is loaded when somebody asks for it.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var since = time.GetUtcNow() - Recent;
        var running = await db.Workshops
            .Where(w => w.Status == WorkshopStatus.Live && w.StartedAt >= since)
            .Select(w => w.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in running)
        {
            try
            {
                await directory.FindAsync(new WorkshopId(id), cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that cannot be loaded must not keep all others from being served; who asks for it gets to hear of it again.
                LiveLog.NotLoadedAtStart(log, e, new WorkshopId(id));
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
