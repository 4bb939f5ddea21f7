using Loyalty.Engine;
using Loyalty.Engine.Live;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>Erases the personal data of workshops whose time is over, and does what <see cref="Shredder"/> had to put off.</summary>
public sealed class RetentionInTime(
    Erasure erasure, Shredder shredder, IDbContextFactory<LoyaltyDb> databases, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<RetentionInTime> log) : WorkAfterStart(lifetime)
{
    private static readonly TimeSpan Round = TimeSpan.FromHours(1);

    /// <summary>Erases what is due; how many workshops. Whatever an earlier round did is not done again.</summary>
    public async Task<int> EraseDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var months = await db.Organisations.ToDictionaryAsync(o => o.Key, o => o.RetentionMonths, cancellationToken);
        var kept = await db.Workshops
            .Where(w => w.RehearsalOf == null && w.PersonalDataErasedAt == null && w.Status != WorkshopStatus.Draft && w.Status != WorkshopStatus.Live)
            .Select(w => new { w.Id, w.Organisation, w.Date })
            .ToListAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var erased = 0;
        foreach (var workshop in kept.Where(w => w.Date.AddMonths(months.GetValueOrDefault(Organisations.KeyOf(w.Organisation), OrganisationRow.UsualRetentionMonths)) <= today))
        {
            if (await erasure.EverybodyAsync(new WorkshopId(workshop.Id), cancellationToken))
                erased++;
        }

        return erased;
    }

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        do
        {
            try
            {
                if (await EraseDueAsync(stoppingToken) is > 0 and var erased)
                    StorageLog.RetentionOver(log, erased);
                await shredder.CatchUpAsync(stoppingToken);
            }
            catch (Exception e) when (e is DbUpdateException or Microsoft.Data.Sqlite.SqliteException or IOException)
            {
                StorageLog.RetentionFailed(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
