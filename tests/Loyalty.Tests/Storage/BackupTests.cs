using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Storage;

public sealed class BackupTests : IAsyncLifetime
{
    private readonly DirectoryInfo elsewhere = Directory.CreateTempSubdirectory("loyalty-backup-");
    private StorageFixture storage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => storage = await StorageFixture.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        elsewhere.Delete(recursive: true);
    }

    private string FileOf(string name) => Path.Combine(elsewhere.FullName, name);

    private Backups BackupsOf(DataDirectory data, int keep = 7) =>
        new(data, new BackupOptions(TimeSpan.FromDays(1), keep, FileOf("scheduled")), new Clock());

    /// <summary>The drill: a backup while answers are taken, the house burns down, and another machine goes on.</summary>
    [Fact]
    public async Task Backup_taken_while_answers_come_in_brings_every_row_back()
    {
        Directory.CreateDirectory(storage.Data.File("keys"));
        await File.WriteAllTextAsync(Path.Combine(storage.Data.File("keys"), "key-1.xml"), "<key/>", Cancel);
        await using var journal = storage.Journal();
        await using var live = storage.LiveOn(journal);
        var host = (await live.FindAsync(storage.Workshop, Cancel))!;
        var people = await OpenAsync(host);
        foreach (var person in people)
            await SavedAsync(host, person);
        var before = await RowsAsync(storage.Data);

        using var over = new CancellationTokenSource();
        var answering = AnswerUntilAsync(host, people, over.Token);
        var made = BackupsOf(storage.Data).Write(FileOf("now.zip"));
        await over.CancelAsync();
        var during = await answering;
        var after = await RowsAsync(storage.Data);

        var burnt = new DataDirectory(Directory.CreateDirectory(FileOf("new-machine")).FullName);
        Assert.Null(BackupsOf(burnt).Restore(made.File));
        var restored = await RowsAsync(burnt);

        Assert.Equal(before.Keys, restored.Keys);
        Assert.All(before.Keys, table => Assert.InRange(restored[table], before[table], after[table]));
        Assert.Equal(after["Participants"], restored["Participants"]);
        Assert.Equal(before["Responses"] + during, after["Responses"]);
        Assert.Equal("<key/>", await File.ReadAllTextAsync(Path.Combine(burnt.File("keys"), "key-1.xml"), Cancel));
    }

    [Fact]
    public async Task Restored_workshop_goes_on_where_it_was()
    {
        await using (var journal = storage.Journal())
        await using (var live = storage.LiveOn(journal))
        {
            var host = (await live.FindAsync(storage.Workshop, Cancel))!;
            await SavedAsync(host, (await OpenAsync(host))[0]);
        }

        BackupsOf(storage.Data).Write(FileOf("now.zip"));
        await using (var db = storage.CreateDbContext())
            await db.Responses.ExecuteDeleteAsync(Cancel);
        SqliteConnection.ClearAllPools();

        var aside = BackupsOf(storage.Data).Restore(FileOf("now.zip"));

        Assert.True(File.Exists(Path.Combine(aside!, "loyalty.db")));
        await using var journalAfter = storage.Journal();
        await using var liveAfter = storage.LiveOn(journalAfter);
        var again = (await liveAfter.FindAsync(storage.Workshop, Cancel))!;
        Assert.Single(again.Current.Keys);
        await SavedAsync(again, again.Current.Participants.Keys.First());
    }

    [Fact]
    public void Restore_is_refused_while_a_server_runs_on_the_directory()
    {
        BackupsOf(storage.Data).Write(FileOf("now.zip"));
        using var server = DataDirectoryLock.Take(storage.Data);

        var problem = Assert.Throws<StartupProblem>(() => BackupsOf(storage.Data).Restore(FileOf("now.zip")));

        Assert.Contains("Stop it first", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.0)]
    public async Task Damaged_backup_is_refused_and_nothing_is_changed(double share)
    {
        BackupsOf(storage.Data).Write(FileOf("now.zip"));
        var bytes = await File.ReadAllBytesAsync(FileOf("now.zip"), Cancel);
        await File.WriteAllBytesAsync(FileOf("now.zip"), bytes[..(int)(bytes.Length * share)], Cancel);
        SqliteConnection.ClearAllPools();
        var before = await RowsAsync(storage.Data);

        Assert.Throws<StartupProblem>(() => BackupsOf(storage.Data).Restore(FileOf("now.zip")));

        Assert.Equal(before, await RowsAsync(storage.Data));
        Assert.Empty(Directory.EnumerateDirectories(storage.Data.Path, "before-restore-*"));
    }

    [Fact]
    public void Only_the_latest_are_kept_and_those_before_an_upgrade_stay()
    {
        var backups = BackupsOf(storage.Data, keep: 2);
        var upgrade = backups.WriteBeforeUpgrade();

        var made = Enumerable.Range(0, 4).Select(_ => backups.WriteScheduled()).ToList();

        Assert.Equal(
            new[] { upgrade.File, made[2].File, made[3].File }.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(FileOf("scheduled")).Order(StringComparer.Ordinal));
        Assert.Equal(made[3].File, backups.Latest()!.File);
    }

    [Fact]
    public void Existing_file_is_not_written_over()
    {
        File.WriteAllText(FileOf("mine.txt"), "mine");

        Assert.Throws<StartupProblem>(() => BackupsOf(storage.Data).Write(FileOf("mine.txt")));

        Assert.Equal("mine", File.ReadAllText(FileOf("mine.txt")));
    }

    private static async Task<List<ParticipantId>> OpenAsync(LiveWorkshopHost host)
    {
        var people = Enumerable.Range(0, 5).Select(i => Workshops.Join($"Person {i}", "Kitchen")).ToList();
        Command[] commands = [new Command.Start(), .. people, new Command.GoTo(Workshops.Named), new Command.SetPhase(Loyalty.Engine.Exercises.Phase.Open)];
        foreach (var command in commands)
            Assert.False(await host.SendAsync(command, Cancel) is Outcome.Refused or Outcome.Unavailable);
        return [.. people.Select(p => p.Id)];
    }

    private static async Task SavedAsync(LiveWorkshopHost host, ParticipantId who) =>
        Assert.IsType<Outcome.Saved>(await host.SendAsync(Workshops.Word(who, Workshops.Named, "kind"), Cancel));

    private static async Task<int> AnswerUntilAsync(LiveWorkshopHost host, List<ParticipantId> people, CancellationToken over)
    {
        var count = 0;
        for (; !over.IsCancellationRequested; count++)
            await SavedAsync(host, people[count % people.Count]);
        return count;
    }

    /// <summary>How many rows each table holds.</summary>
    private static async Task<SortedDictionary<string, long>> RowsAsync(DataDirectory data)
    {
        await using var connection = new SqliteConnection(data.ConnectionString + ";Pooling=False");
        await connection.OpenAsync(Cancel);
        var tables = new List<string>();
        await using (var names = connection.CreateCommand())
        {
            names.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
            await using var reader = await names.ExecuteReaderAsync(Cancel);
            while (await reader.ReadAsync(Cancel))
                tables.Add(reader.GetString(0));
        }

        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await using var count = connection.CreateCommand();
            count.CommandText = $"SELECT count(*) FROM \"{table}\"";
            rows[table] = Convert.ToInt64(await count.ExecuteScalarAsync(Cancel), CultureInfo.InvariantCulture);
        }

        return rows;
    }

    /// <summary>A second later whenever it is asked, so that no two backups have the same name.</summary>
    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset now = Workshops.Nine;

        public override DateTimeOffset GetUtcNow() => now += TimeSpan.FromSeconds(1);
    }
}
