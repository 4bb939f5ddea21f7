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
    /// <summary>So long nobody has sent anything when the log is tidied.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private static readonly ActivitySource Trace = new("Loyalty.Storage");

    private readonly Channel<Request> requests = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DataDirectory data;
    private readonly StorageMetrics metrics;
    private readonly ILogger<SqliteJournal> log;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalConnection? connection;
    private bool logHasGrown;

    public SqliteJournal(DataDirectory data, StorageMetrics metrics, ILogger<SqliteJournal> log)
    {
        this.data = data;
        this.metrics = metrics;
        this.log = log;

        // A thread of its own: SQLite blocks while the disk syncs, and that must not cost the pool a thread.
        new Thread(Run) { IsBackground = true, Name = "journal" }.Start();
    }

    /// <summary>Told of every connection that the journal opens. For tests, which make the disk full or slow through it.</summary>
    internal Action<SqliteConnection>? Opened { get; set; }

    /// <summary>Opens another connection for the next commit. For tests; nothing may be on its way.</summary>
    internal void Reopen()
    {
        connection?.Dispose();
        connection = null;
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
        while (WaitForMore())
        {
            waiting.Clear();
            while (requests.Reader.TryRead(out var request))
                waiting.Add(request);
            Commit(waiting);
        }

        connection?.Dispose();
        stopped.SetResult();
    }

    private bool WaitForMore()
    {
        var more = requests.Reader.WaitToReadAsync().AsTask();
        if (logHasGrown && !more.Wait(Quiet))
            Tidy();
        return more.GetAwaiter().GetResult();
    }

    /// <summary>Nobody waits now: the log is moved into the database, which a commit would otherwise have to do.</summary>
    private void Tidy()
    {
        logHasGrown = false;
        try
        {
            connection?.Checkpoint();
        }
        catch (SqliteException e)
        {
            // Nothing is lost by it; the log goes on growing until it works.
            StorageLog.TidyingFailed(log, e, e.SqliteErrorCode);
        }
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
        using var trace = Trace.StartActivity("commit");
        trace?.SetTag("loyalty.workshops", group.Count);
        try
        {
            var started = Stopwatch.GetTimestamp();
            connection ??= JournalConnection.Open(data, Opened);
            connection.Write(group.Select(r => (r.Workshop, r.Events)));
            logHasGrown = true;
            metrics.Committed(Stopwatch.GetElapsedTime(started), group.Sum(r => r.Events.Count));
            return null;
        }
        catch (Exception e) when (e is SqliteException or ArgumentException)
        {
            // An argument is what a statement does not take: a bug, but one workshop's, and no reason to stop writing for all.
            var code = (e as SqliteException)?.SqliteErrorCode ?? raw.SQLITE_MISUSE;
            metrics.Failed();
            trace?.SetStatus(ActivityStatusCode.Error);
            StorageLog.CommitFailed(log, e, code, group.Count);

            // After an I/O error the connection may be in any state; a new one rolls back and looks at the file afresh.
            connection?.Dispose();
            connection = null;
            return new JournalException(code == raw.SQLITE_FULL ? "disk-full" : "not-stored", e);
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
