using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Storage;

/// <summary>What a disk can do to a workshop, and that it goes on without anybody's hand once the disk does.</summary>
public sealed class DiskFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>SQL that makes every connection of the journal fail in one way, and the code that phones have a sentence for.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        // The database may not grow by a single page: what a full disk looks like to SQLite.
        { "PRAGMA max_page_count = 1", "disk-full" },
        { "PRAGMA query_only = 1", "not-stored" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Answer_on_a_failing_disk_is_not_acknowledged_and_taken_once_the_disk_is_well(string fault, string code)
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        await using var live = storage.LiveOn(journal);
        var (host, anna) = await OpenAsync(storage, live);
        var failing = true;
        journal.Opened = connection => Execute(connection, failing ? fault : "PRAGMA query_only = 0");
        journal.Reopen();
        var answer = Workshops.Word(anna, Workshops.Named, new string('x', 10));

        // A page may still have room; a full disk is full after some more.
        Outcome outcome;
        var taken = 0;
        do
            outcome = await host.SendAsync(answer = Workshops.Word(anna, Workshops.Named, $"w{taken++}"), Cancel);
        while (outcome is Outcome.Saved && taken < 2_000);
        Assert.Equal(new Outcome.Unavailable(code), outcome);
        Assert.DoesNotContain(answer.Key, host.Current.Keys);

        failing = false;
        Assert.Equal(new Outcome.Saved(answer.Key), await host.SendAsync(answer, Cancel));
        await using var db = storage.CreateDbContext();
        Assert.Equal(taken, await db.Responses.CountAsync(Cancel));
    }

    [Fact]
    public async Task Database_that_stays_locked_is_told_and_answers_are_taken_when_it_is_free()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        await using var live = storage.LiveOn(journal);
        var (host, anna) = await OpenAsync(storage, live);
        journal.Opened = connection =>
        {
            // Not ten seconds: the provider goes on trying for as long as its commands may take, whatever SQLite is told.
            connection.DefaultTimeout = 1;
            Execute(connection, "PRAGMA busy_timeout = 1");
        };
        journal.Reopen();
        await using var other = new SqliteConnection(storage.Data.ConnectionString);
        await other.OpenAsync(Cancel);
        var locked = other.BeginTransaction(System.Data.IsolationLevel.Serializable);
        var answer = Workshops.Word(anna, Workshops.Named, "kind");

        Assert.Equal(new Outcome.Unavailable("not-stored"), await host.SendAsync(answer, Cancel));
        await locked.RollbackAsync(Cancel);

        Assert.Equal(new Outcome.Saved(answer.Key), await host.SendAsync(answer, Cancel));
    }

    /// <summary>Power fails while SQLite writes its log: what had been acknowledged is there, what was being written is not, and nobody has to repair anything.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(600)]
    [InlineData(4_000)]
    public async Task Torn_log_keeps_what_was_acknowledged(int tornBytes)
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        await using var live = storage.LiveOn(journal);
        var (host, anna) = await OpenAsync(storage, live);
        var acknowledged = new List<Loyalty.Engine.EntryKey>();
        for (var i = 0; i < 20; i++)
            acknowledged.Add(Assert.IsType<Outcome.Saved>(await host.SendAsync(Workshops.Word(anna, Workshops.Named, $"w{i}"), Cancel)).Key);

        // The files as they are on the disk at this moment, with the beginning of one more frame at the end of the log.
        var after = new DataDirectory(Directory.CreateTempSubdirectory("loyalty-torn-").FullName);
        CopyShared(storage.Data.Database, after.Database);
        CopyShared(storage.Data.Database + "-wal", after.Database + "-wal");
        await using (var log = new FileStream(after.Database + "-wal", FileMode.Append))
        {
            var torn = new byte[tornBytes];
            new Random(tornBytes).NextBytes(torn);
            await log.WriteAsync(torn, Cancel);
        }

        var stored = (await WorkshopLoader.LoadAsync(after, storage.Workshop, Cancel))!.Entries.Select(e => e.Key).ToList();

        Assert.Equal(acknowledged, stored);
        SqliteConnection.ClearAllPools();
        Directory.Delete(after.Path, recursive: true);
    }

    private static async Task<(LiveWorkshopHost Host, Loyalty.Engine.ParticipantId Anna)> OpenAsync(StorageFixture storage, LiveDirectory live)
    {
        var host = (await live.FindAsync(storage.Workshop, Cancel))!;
        var anna = Workshops.Join("Anna", "Kitchen");
        foreach (var command in (Command[])[new Command.Start(), anna, new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open)])
            Assert.False(await host.SendAsync(command, Cancel) is Outcome.Refused or Outcome.Unavailable);
        return (host, anna.Id);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void CopyShared(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = File.Create(to);
        source.CopyTo(target);
    }
}
