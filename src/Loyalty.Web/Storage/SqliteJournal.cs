using System.Diagnostics;
using System.Threading.Channels;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loyalty.Web.Storage;

/// <summary>
/// The journal on SQLite: one writer for all live workshops. Whatever waits when it gets to work goes into one transaction,
/// so that a hall answering at once costs one fsync and not five thousand (group commit).
/// </summary>
public sealed class SqliteJournal : IJournal, IAsyncDisposable
{
    private readonly Channel<Request> requests = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DataDirectory data;
    private readonly StorageMetrics metrics;
    private readonly ILogger<SqliteJournal> log;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalConnection? connection;

    public SqliteJournal(DataDirectory data, StorageMetrics metrics, ILogger<SqliteJournal> log)
    {
        this.data = data;
        this.metrics = metrics;
        this.log = log;

        // A thread of its own: SQLite blocks while the disk syncs, and that must not cost the pool a thread.
        new Thread(Run) { IsBackground = true, Name = "journal" }.Start();
    }

    /// <inheritdoc/>
    public Task<StoredWorkshop?> LoadAsync(WorkshopId id, CancellationToken cancellationToken) => WorkshopLoader.LoadAsync(data, id, cancellationToken);

    /// <inheritdoc/>
    public Task AppendAsync(WorkshopId id, IReadOnlyList<LiveEvent> events, CancellationToken cancellationToken)
    {
        // Not cancelled once it is queued: it might be committed already, and "not stored" would be a lie.
        cancellationToken.ThrowIfCancellationRequested();
        var request = new Request(id, events);
        return requests.Writer.TryWrite(request) ? request.Done.Task : Task.FromException(new JournalException("stopping"));
    }

    private void Run()
    {
        var waiting = new List<Request>();
        while (requests.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            waiting.Clear();
            while (requests.Reader.TryRead(out var request))
                waiting.Add(request);
            Commit(waiting);
        }

        connection?.Dispose();
        stopped.SetResult();
    }

    private void Commit(List<Request> group)
    {
        var failure = TryCommit(group);
        if (failure is null)
        {
            foreach (var request in group)
                request.Done.SetResult();
            return;
        }

        // One workshop's bad event must not take the others' answers with it: each gets a transaction of its own.
        foreach (var request in group)
        {
            var own = group.Count == 1 ? failure : TryCommit([request]);
            if (own is null)
                request.Done.SetResult();
            else
                request.Done.SetException(own);
        }
    }

    private JournalException? TryCommit(List<Request> group)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            connection ??= JournalConnection.Open(data);
            connection.Write(group.Select(r => (r.Workshop, r.Events)));
            metrics.Committed(Stopwatch.GetElapsedTime(started), group.Sum(r => r.Events.Count));
            return null;
        }
        catch (SqliteException e)
        {
            metrics.Failed();
            StorageLog.CommitFailed(log, e, e.SqliteErrorCode, group.Count);

            // After an I/O error the connection may be in any state; a new one rolls back and looks at the file afresh.
            connection?.Dispose();
            connection = null;
            return new JournalException(e.SqliteErrorCode == raw.SQLITE_FULL ? "disk-full" : "not-stored", e);
        }
    }

    /// <summary>Commits what is queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        requests.Writer.TryComplete();
        await stopped.Task;
    }

    private sealed record Request(WorkshopId Workshop, IReadOnlyList<LiveEvent> Events)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
