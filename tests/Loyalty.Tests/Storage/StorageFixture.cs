using System.Diagnostics.Metrics;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loyalty.Tests.Storage;

/// <summary>A data directory of its own with a migrated database and one workshop in it.</summary>
internal sealed class StorageFixture : IDbContextFactory<LoyaltyDb>, IAsyncDisposable
{
    private readonly IMeterFactory meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    // Migrated once and copied for every test: the migrations take longer than most of the tests do.
    private static readonly Lazy<Task<byte[]>> Empty = new(EmptyAsync);

    private StorageFixture(DataDirectory data) => Data = data;

    public DataDirectory Data { get; }

    public WorkshopId Workshop { get; private set; }

    public static async Task<StorageFixture> CreateAsync(bool rehearsal = false)
    {
        var fixture = new StorageFixture(new DataDirectory(Directory.CreateTempSubdirectory("loyalty-test-").FullName));
        await File.WriteAllBytesAsync(fixture.Data.Database, await Empty.Value);
        await using var db = fixture.CreateDbContext();
        var owner = new AppUser { Id = Guid.NewGuid(), UserName = "f@example.org", Email = "f@example.org", DisplayName = "F" };
        db.Users.Add(owner);
        var row = Row(owner.Id, "ACD347", null);
        db.Workshops.Add(row);
        if (rehearsal)
            db.Workshops.Add(row = Row(owner.Id, "ACD349", row.Id));
        await db.SaveChangesAsync();
        fixture.Workshop = new WorkshopId(row.Id);
        return fixture;
    }

    /// <summary>Whether this fixture's journals count by this meter: tests run beside each other.</summary>
    public bool Owns(Meter meter) => ReferenceEquals(meter, meters.Create(meter.Name));

    public SqliteJournal Journal(ILogger<SqliteJournal>? log = null) => new(Data, new StorageMetrics(meters), log ?? NullLogger<SqliteJournal>.Instance);

    public LiveDirectory LiveOn(SqliteJournal journal, params IPublisher[] publishers) => new(journal, publishers, Workshops.Rulebook, TimeProvider.System);

    public LoyaltyDb CreateDbContext() => new(new DbContextOptionsBuilder<LoyaltyDb>().UseSqlite(Data.ConnectionString).Options);

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Data.Path, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<byte[]> EmptyAsync()
    {
        await using var fixture = new StorageFixture(new DataDirectory(Directory.CreateTempSubdirectory("loyalty-test-").FullName));
        await using (var db = fixture.CreateDbContext())
        {
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL");
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return await File.ReadAllBytesAsync(fixture.Data.Database);
    }

    private static WorkshopRow Row(Guid owner, string code, Guid? rehearsalOf) => new()
    {
        Id = Guid.CreateVersion7(),
        Code = code,
        Title = "Loyalty for Lindenhof",
        Organisation = "Hotel Lindenhof",
        Date = new DateOnly(2026, 3, 2),
        Departments = AgendaJson.WriteDepartments(["Reception", "Kitchen"]),
        Language = "en",
        Threshold = 5,
        OwnerId = owner,
        Agenda = AgendaJson.Write(Workshops.Agenda),
        CreatedAt = Workshops.Nine,
        RehearsalOf = rehearsalOf,
    };
}
