using System.Diagnostics.Metrics;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Storage;

/// <summary>How the journal commits: all or nothing, everything that was queued, and nothing that was refused.</summary>
public sealed class JournalCommitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static LiveEvent.ParticipantJoined Somebody(string name = "Anna") => new(new Participant(ParticipantId.New(), name, null, true, Workshops.Nine), null);

    private static async Task<int> PeopleAsync(StorageFixture storage)
    {
        await using var db = storage.CreateDbContext();
        return await db.Participants.CountAsync(Cancel);
    }

    [Fact]
    public async Task Events_that_belong_together_are_stored_together_or_not_at_all()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        var twice = Somebody();

        var failed = await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(storage.Workshop, [Somebody(), twice, twice], Cancel));

        Assert.Equal("not-stored", failed.Code);
        Assert.Contains("not-stored", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, await PeopleAsync(storage));
    }

    [Fact]
    public async Task Event_that_cannot_be_written_is_refused_and_the_journal_goes_on()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();

        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(storage.Workshop, [Somebody(), Somebody("")], Cancel));
        await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);

        Assert.Equal(1, await PeopleAsync(storage));
    }

    [Fact]
    public async Task Stopping_journal_stores_what_was_queued_and_takes_nothing_more()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var journal = storage.Journal();
        var queued = Enumerable.Range(0, 200).Select(_ => journal.AppendAsync(storage.Workshop, [Somebody()], Cancel)).ToArray();

        await journal.DisposeAsync();

        Assert.All(queued, q => Assert.True(q.IsCompletedSuccessfully));
        Assert.Equal(200, await PeopleAsync(storage));
        Assert.Equal("stopping", (await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(storage.Workshop, [Somebody()], Cancel))).Code);
    }

    [Fact]
    public async Task What_was_cancelled_before_it_was_queued_is_not_stored()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using (var journal = storage.Journal())
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.AppendAsync(storage.Workshop, [Somebody()], new CancellationToken(canceled: true)));

        Assert.Equal(0, await PeopleAsync(storage));
    }

    [Fact]
    public async Task Connection_puts_commits_on_the_disk_and_leaves_the_log_alone_meanwhile()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        var told = new Dictionary<string, long>();
        journal.Opened = connection =>
        {
            foreach (var pragma in (string[])["synchronous", "secure_delete", "busy_timeout", "foreign_keys", "wal_autocheckpoint", "cache_size"])
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"PRAGMA {pragma}";
                told[pragma] = (long)command.ExecuteScalar()!;
            }
        };

        await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);

        // 2 is FULL: a commit that has returned survives a power cut.
        Assert.Equal((2, 1, 10_000, 1), (told["synchronous"], told["secure_delete"], told["busy_timeout"], told["foreign_keys"]));
        Assert.Equal((16_384, -16_384), (told["wal_autocheckpoint"], told["cache_size"]));
    }

    [Fact]
    public async Task Log_is_moved_into_the_database_once_nobody_waits()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        var name = $"Anna-{Guid.NewGuid():N}";

        await journal.AppendAsync(storage.Workshop, [Somebody(name)], Cancel);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await HoldsAsync(storage.Data.Database, name, patience.Token))
            await Task.Delay(20, patience.Token);
        // And what comes after that is stored as before.
        await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);
        Assert.Equal(2, await PeopleAsync(storage));
    }

    [Fact]
    public async Task Commits_and_failures_are_counted()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        var (durations, events, failures) = (new List<double>(), new List<long>(), 0L);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (storage.Owns(instrument.Meter))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => durations.Add(value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument is Counter<long>)
                failures += value;
            else
                events.Add(value);
        });
        listener.Start();
        var atWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var queued = new ManualResetEventSlim();
        journal.Opened = _ =>
        {
            atWork.TrySetResult();
            queued.Wait(Cancel);
        };

        var first = journal.AppendAsync(storage.Workshop, [Somebody(), Somebody("Bo")], Cancel);
        await atWork.Task.WaitAsync(Cancel);
        Task[] together = [journal.AppendAsync(storage.Workshop, [Somebody(), Somebody("Bo")], Cancel), journal.AppendAsync(storage.Workshop, [Somebody()], Cancel)];
        queued.Set();
        await Task.WhenAll([first, .. together]);
        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(WorkshopId.New(), [Somebody()], Cancel));

        Assert.Equal(2, durations.Count);
        Assert.All(durations, seconds => Assert.InRange(seconds, 0, 60));
        Assert.Equal([2, 3], events); // the second commit is shared
        Assert.Equal(1, failures);
    }

    [Fact]
    public async Task Failure_closes_the_connection_and_the_next_commit_opens_another()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        var opened = new List<SqliteConnection>();
        journal.Opened = opened.Add;

        await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);
        await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);
        Assert.Single(opened);
        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(WorkshopId.New(), [Somebody()], Cancel));
        Assert.Equal(System.Data.ConnectionState.Closed, opened[0].State);
        await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);

        Assert.Equal(2, opened.Count);
    }

    private static async Task<bool> HoldsAsync(string file, string text, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
