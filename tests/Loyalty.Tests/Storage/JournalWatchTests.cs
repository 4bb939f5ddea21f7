using System.Diagnostics;
using System.Threading.Channels;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Loyalty.Tests.Storage;

/// <summary>What somebody who watches over a server sees of the journal: its thread, its traces and its log messages.</summary>
public sealed class JournalWatchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static LiveEvent.ParticipantJoined Somebody(string name = "Anna") => new(new Participant(ParticipantId.New(), name, null, true, Workshops.Nine), null);

    [Fact]
    public async Task Journal_writes_on_a_thread_of_its_own_that_keeps_no_process_alive()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        Thread? writer = null;
        journal.Opened = _ => writer = Thread.CurrentThread;

        await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);

        Assert.Equal(("journal", true, false), (writer!.Name, writer.IsBackground, writer.IsThreadPoolThread));
    }

    [Fact]
    public async Task Commit_is_traced_with_how_many_workshops_shared_it_and_whether_it_failed()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        var (writer, commits) = (0, new List<(string, object?, ActivityStatusCode)>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Loyalty.Storage",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests' journals are heard as well, on their own threads.
                if (Environment.CurrentManagedThreadId == Volatile.Read(ref writer))
                    commits.Add((activity.OperationName, activity.GetTagItem("loyalty.workshops"), activity.Status));
            },
        };
        ActivitySource.AddActivityListener(listener);
        var atWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var queued = new ManualResetEventSlim();
        journal.Opened = _ =>
        {
            Volatile.Write(ref writer, Environment.CurrentManagedThreadId);
            atWork.TrySetResult();
            queued.Wait(Cancel);
        };

        var first = journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);
        await atWork.Task.WaitAsync(Cancel);
        Task[] together = [journal.AppendAsync(storage.Workshop, [Somebody()], Cancel), journal.AppendAsync(storage.Workshop, [Somebody()], Cancel)];
        queued.Set();
        await Task.WhenAll([first, .. together]);
        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(WorkshopId.New(), [Somebody()], Cancel));

        Assert.Equal([("commit", 1, ActivityStatusCode.Unset), ("commit", 2, ActivityStatusCode.Unset), ("commit", (object?)1, ActivityStatusCode.Error)], commits);
    }

    [Fact]
    public async Task Commit_that_failed_is_logged_with_sqlites_code_and_how_many_were_told()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var log = new Lines();
        await using var journal = storage.Journal(log);

        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(WorkshopId.New(), [Somebody()], Cancel));
        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(storage.Workshop, [Somebody(name: "")], Cancel));

        Assert.Equal("2100 A commit failed with SQLite error 19; 1 workshop(s) were told that nothing was saved.", await log.NextAsync());
        Assert.StartsWith("2100 A commit failed with SQLite error 21;", await log.NextAsync(), StringComparison.Ordinal); // a statement that was misused
    }

    [Fact]
    public async Task Log_that_cannot_be_moved_is_told_once_for_each_commit_and_answers_are_taken_all_the_same()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var log = new Lines();
        await using var journal = storage.Journal(log);
        var opened = 0;
        journal.Opened = connection =>
        {
            opened++;
            raw.sqlite3_set_authorizer(connection.Handle, Refuse, null);
        };

        for (var commits = 1; commits <= 2; commits++)
        {
            await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);
            Assert.StartsWith("2105 The log could not be moved into the database (SQLite error 23)", await log.NextAsync(), StringComparison.Ordinal);
        }

        await using var db = storage.CreateDbContext();
        Assert.Equal((1, 2), (opened, await db.Participants.CountAsync(Cancel)));

        static int Refuse(object data, int action, string subject, string value, string database, string trigger) =>
            action == raw.SQLITE_PRAGMA && subject == "wal_checkpoint" ? raw.SQLITE_DENY : raw.SQLITE_OK;
    }

    /// <summary>Log messages in their order, to be waited for.</summary>
    private sealed class Lines : ILogger<SqliteJournal>
    {
        private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

        public async Task<string> NextAsync()
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            return await lines.Reader.ReadAsync(patience.Token);
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Writer.TryWrite($"{eventId.Id} {formatter(state, exception)}");
    }
}
