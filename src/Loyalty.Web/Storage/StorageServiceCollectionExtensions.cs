using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

internal static class StorageServiceCollectionExtensions
{
    public static IServiceCollection AddLoyaltyStorage(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var data = DataDirectory.From(configuration, environment);
        services.AddSingleton(data);
        services.AddDbContext<LoyaltyDb>(options => options.UseSqlite($"Data Source={data.File("loyalty.db")}"));
        services.AddDataProtection()
            .SetApplicationName("Loyalty")
            .PersistKeysToFileSystem(new DirectoryInfo(data.File("keys")));
        services.AddHostedService<SchemaAtStart>();
        return services;
    }
}
