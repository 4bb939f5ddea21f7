namespace Loyalty.Web.Storage;

/// <summary>The one directory that holds everything the server keeps: setting <c>Loyalty:DataDirectory</c>.</summary>
internal sealed record DataDirectory(string Path)
{
    public static DataDirectory From(IConfiguration configuration, IHostEnvironment environment)
    {
        var path = configuration["Loyalty:DataDirectory"] is { Length: > 0 } configured ? configured : "data";
        path = System.IO.Path.GetFullPath(path, environment.ContentRootPath);
        Directory.CreateDirectory(path);
        return new DataDirectory(path);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);
}
