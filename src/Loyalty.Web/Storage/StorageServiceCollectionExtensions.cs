using Loyalty.Engine.Live;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

internal static class StorageServiceCollectionExtensions
{
    /// <summary>The database, the journal and what is drawn from it.</summary>
    /// <exception cref="StartupProblem">The data directory cannot be used.</exception>
    public static IServiceCollection AddLoyaltyStorage(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var data = DataDirectory.From(configuration, environment);
        services.AddSingleton(data);
        services.AddDbContextFactory<LoyaltyDb>(options => Configure(options, data));
        _ = Task.Run(() => PrepareModel(data));
        services.AddDataProtection()
            .SetApplicationName("Loyalty")
            .PersistKeysToFileSystem(new DirectoryInfo(data.File("keys")));
        services.AddSingleton(BackupOptions.From(configuration, data));
        services.AddSingleton<Backups>();
        services.AddHostedService<SchemaAtStart>();
        services.AddHostedService<BackupSchedule>();

        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<SqliteJournal>();
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<SqliteJournal>());
        services.AddSingleton<WorkshopCodes>();
        services.AddSingleton<WorkshopAccess>();
        services.AddSingleton<Organisations>();
        services.AddSingleton<Shredder>();
        services.AddSingleton<Erasure>();
        services.AddSingleton<RetentionInTime>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionInTime>());
        services.AddSingleton<ExportRecords>();
        services.AddSingleton<ProgrammeShelf>();
        services.AddSingleton<Projector>();
        services.AddSingleton<IPublisher>(provider => provider.GetRequiredService<Projector>());
        services.AddHostedService(provider => provider.GetRequiredService<Projector>());
        return services;
    }

    private static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, DataDirectory data) =>
        options.UseSqlite(data.ConnectionString).AddInterceptors(new ConnectionPragmas());

    /// <summary>
    /// Working out the model takes Entity Framework half a second, once per process. It does so while the rest of the server is put
    /// together on another core; whoever asks for the model earlier waits for this.
    /// </summary>
    private static void PrepareModel(DataDirectory data)
    {
        using var db = new LoyaltyDb((DbContextOptions<LoyaltyDb>)Configure(new DbContextOptionsBuilder<LoyaltyDb>(), data).Options);
        _ = db.Model;
    }
}
