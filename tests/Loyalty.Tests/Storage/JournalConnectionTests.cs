using System.Data;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Storage;

/// <summary>How the journal's connection begins, goes on after a failure, and ends.</summary>
public sealed class JournalConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static LiveEvent.ParticipantJoined Somebody() => new(new Participant(ParticipantId.New(), "Anna", null, true, Workshops.Nine), null);

    [Fact]
    public async Task Connection_that_refused_an_event_wrote_nothing_and_takes_the_next_ones()
    {
        await using var storage = await StorageFixture.CreateAsync();
        using var connection = JournalConnection.Open(storage.Data, told: null);
        var twice = Somebody();

        Assert.Throws<SqliteException>(() => connection.Write([(storage.Workshop, [Somebody(), twice, twice])]));
        connection.Write([(storage.Workshop, [Somebody()])]);

        await using var db = storage.CreateDbContext();
        Assert.Equal(1, await db.Participants.CountAsync(Cancel));
    }

    [Fact]
    public async Task Connection_that_could_not_be_set_up_is_closed()
    {
        await using var storage = await StorageFixture.CreateAsync();
        SqliteConnection? opened = null;

        Assert.Throws<NotSupportedException>(() => JournalConnection.Open(storage.Data, connection =>
        {
            opened = connection;
            throw new NotSupportedException();
        }));

        Assert.Equal(ConnectionState.Closed, opened!.State);
    }

    /// <summary>SQLite removes its log when the last connection is really closed; one statement that is still held keeps it open.</summary>
    [Fact]
    public async Task Journal_that_stopped_holds_nothing_open()
    {
        await using var storage = await StorageFixture.CreateAsync();
        SqliteConnection.ClearAllPools();
        await using (var journal = storage.Journal())
        {
            await journal.AppendAsync(storage.Workshop, [Somebody()], Cancel);
            Assert.True(File.Exists(storage.Data.Database + "-wal"));
        }

        Assert.False(File.Exists(storage.Data.Database + "-wal"));
    }
}
