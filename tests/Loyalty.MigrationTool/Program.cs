using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Sqlite.Design.Internal;
using Microsoft.Extensions.DependencyInjection;

// dotnet run --project tests/Loyalty.MigrationTool -- NameOfTheMigration
if (args is not [var name] || !name.All(char.IsAsciiLetterOrDigit))
{
    Console.Error.WriteLine("Give the migration a name of letters and digits, such as AddCheckIns.");
    return 1;
}

var storage = FindStorage();
using var db = new LoyaltyDb(new DbContextOptionsBuilder<LoyaltyDb>().UseSqlite("Data Source=:memory:").Options);
var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
#pragma warning disable EF1001 // The provider's design-time services have no public door.
new SqliteDesignTimeServices().ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
await using var provider = services.BuildServiceProvider();

var scaffolder = provider.GetRequiredService<IMigrationsScaffolder>();
var migration = scaffolder.ScaffoldMigration(name, "Loyalty.Web", "Storage.Migrations");
var files = scaffolder.Save(Path.GetFullPath("..", storage), migration, Path.Combine(storage, "Migrations"), dryRun: false);
Console.WriteLine($"Wrote {files.MigrationFile}");
return 0;

static string FindStorage()
{
    for (var directory = new DirectoryInfo(Environment.CurrentDirectory); directory is not null; directory = directory.Parent)
    {
        var storage = Path.Combine(directory.FullName, "src", "Loyalty.Web", "Storage");
        if (Directory.Exists(storage))
            return storage;
    }

    throw new DirectoryNotFoundException("Run this inside the repository.");
}
