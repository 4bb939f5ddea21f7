namespace Loyalty.Web.Storage;

/// <summary>Makes a backup whenever the last one is old enough, also across restarts.</summary>
internal sealed class BackupSchedule(Backups backups, BackupOptions options, TimeProvider time, ILogger<BackupSchedule> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Every == TimeSpan.Zero)
            return;

        // Without a backup so far, the first is due one interval after the start: an empty database is worth nothing.
        var due = (backups.Latest()?.At ?? time.GetUtcNow()) + options.Every;
        while (true)
        {
            var wait = due - time.GetUtcNow();
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stoppingToken);
            try
            {
                // On a thread of its own: copying blocks, and must not cost the pool a thread.
                var made = await Task.Factory.StartNew(backups.WriteScheduled, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                StorageLog.BackupMade(log, made.File, made.Bytes);
                due = time.GetUtcNow() + options.Every;
            }
            catch (StartupProblem e)
            {
                StorageLog.BackupFailed(log, e);
                due = time.GetUtcNow() + (RetryAfter < options.Every ? RetryAfter : options.Every);
            }
        }
    }
}
