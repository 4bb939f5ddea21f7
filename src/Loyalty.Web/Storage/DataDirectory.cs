namespace Loyalty.Web.Storage;

/// <summary>The one directory that holds everything the server keeps: setting <c>Loyalty:DataDirectory</c>.</summary>
public sealed record DataDirectory(string Path)
{
    public const string Setting = "Loyalty:DataDirectory";

    /// <summary>Reads the setting (default <c>data</c> beside the program), and makes sure that the directory can be written to.</summary>
    /// <exception cref="StartupProblem">It cannot.</exception>
    public static DataDirectory From(IConfiguration configuration, IHostEnvironment environment)
    {
        var setting = configuration[Setting] is { Length: > 0 } configured ? configured : "data";
        var path = System.IO.Path.GetFullPath(setting, environment.ContentRootPath);
        try
        {
            Directory.CreateDirectory(path);
            var probe = System.IO.Path.Combine(path, $".write-test-{Environment.ProcessId}");
            System.IO.File.WriteAllText(probe, "");
            System.IO.File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupProblem($"The data directory {path} cannot be written to ({e.Message.TrimEnd('.')}). Give this user write access to it, or set {Setting} to another directory.", e);
        }

        return new DataDirectory(path);
    }

    /// <summary>A file or subdirectory in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Files that were made for somebody to fetch. Nothing in it is kept.</summary>
    public string Exports => File("exports");

    /// <summary>Is there while the database file is to be written anew, see <see cref="Shredder"/>.</summary>
    public string ShredPending => File("erased-not-shredded");

    /// <summary>The database file.</summary>
    public string Database => File("loyalty.db");

    /// <summary>What the database takes up on the disk, with what has not yet been moved from its log into it.</summary>
    public long DatabaseBytes => new[] { Database, Database + "-wal" }.Select(f => new FileInfo(f)).Where(f => f.Exists).Sum(f => f.Length);

    /// <summary>How every connection opens the database.</summary>
    public string ConnectionString => $"Data Source={Database};Foreign Keys=True;Default Timeout=10";
}
