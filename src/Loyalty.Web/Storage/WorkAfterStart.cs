namespace Loyalty.Web.Storage;

/// <summary>
/// Work in the background that begins once the server listens. A start that has to catch up first would keep a hall full of phones
/// waiting at the door.
/// </summary>
public abstract class WorkAfterStart(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
            await started.Task.WaitAsync(stoppingToken);
        await WorkAsync(stoppingToken);
    }

    /// <summary>The work, until it is cancelled. Runs on the pool, never on the thread that starts the server.</summary>
    protected abstract Task WorkAsync(CancellationToken stoppingToken);
}
