using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Loyalty.Engine;
using Loyalty.Web.Storage;

namespace Loyalty.Web.Demo;

/// <summary>
/// What the demonstration remembers between two starts. Written last: if the file is there, everything that it names is there, and
/// if it is not, whatever an interrupted start has left is cleared away.
/// </summary>
internal sealed class DemoState
{
    /// <summary>Raised when the demonstration would look different, so that an older one is built anew.</summary>
    private const int CurrentVersion = 2;

    private const string FileName = "demo.json";

    // No look-alikes: somebody will read it off a terminal and type it into a phone.
    private const string PasswordLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    public int Version { get; init; } = CurrentVersion;

    /// <summary>Of all demonstration accounts. Kept in plain text, because it is printed at every start; it opens nothing but made-up data.</summary>
    public string Password { get; init; } = "";

    public WorkshopId Finished { get; set; }

    public WorkshopId Live { get; set; }

    /// <summary>Whether the accounts and workshops exist.</summary>
    [JsonIgnore]
    public bool IsBuilt { get; private set; }

    [JsonIgnore]
    public string Directory { get; private set; } = "";

    /// <exception cref="StartupProblem">The remains of an interrupted or older demonstration cannot be deleted.</exception>
    public static DemoState Open(string directory)
    {
        try
        {
            if (Read(Path.Combine(directory, FileName)) is { Version: CurrentVersion } state)
            {
                state.IsBuilt = true;
                state.Directory = directory;
                return state;
            }

            if (System.IO.Directory.Exists(directory))
                System.IO.Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupProblem($"The demonstration directory {directory} cannot be used ({e.Message.TrimEnd('.')}). Stop a demonstration that is still running, or delete the directory.", e);
        }

        return new DemoState { Password = NewPassword(), Directory = directory };
    }

    /// <summary>In one step, so that the file is never half written.</summary>
    public void Save()
    {
        var path = Path.Combine(Directory, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this));
        File.Move(path + ".new", path, overwrite: true);
        IsBuilt = true;
    }

    private static DemoState? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<DemoState>(File.ReadAllText(path));
        }
        catch (JsonException)
        {
            return null; // not ours any more: built anew
        }
    }

    private static string NewPassword() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(PasswordLetters, 4)));
}
