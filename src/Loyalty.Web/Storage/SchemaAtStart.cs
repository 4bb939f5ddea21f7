using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>Brings the database up to date before anything asks for it.</summary>
internal sealed class SchemaAtStart(
    IDbContextFactory<LoyaltyDb> databases, DataDirectory data, Backups backups, ILogger<SchemaAtStart> log) : IHostedLifecycleService, IDisposable
{
    private DataDirectoryLock? alone;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        alone = DataDirectoryLock.Take(data);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            if (await IsUpgradeAsync(db, cancellationToken))
                StorageLog.BackupBeforeUpgrade(log, backups.WriteBeforeUpgrade().File);
            await db.Database.MigrateAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new StartupProblem($"The database {data.Database} cannot be used ({e.Message.TrimEnd('.')}). Close other programs that have it open, or put a backup in its place, and start again.", e);
        }
    }

    /// <summary>Whether there is a database that an earlier version has written to.</summary>
    private static async Task<bool> IsUpgradeAsync(LoyaltyDb db, CancellationToken cancellationToken) =>
        (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Any() && (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();

    public void Dispose() => alone?.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
