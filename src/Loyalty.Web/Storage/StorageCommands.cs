namespace Loyalty.Web.Storage;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>: instead of a server, with the same settings.</summary>
internal static class StorageCommands
{
    private const string Backup = "backup";
    private const string Restore = "restore";

    /// <summary>Carries out the command if there is one.</summary>
    /// <returns>False if a server is to be started.</returns>
    /// <exception cref="StartupProblem">It could not be carried out; the sentence says why.</exception>
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [Backup or Restore, ..])
            return false;
        if (args is not [var command, var file, .. var settings] || file.StartsWith('-'))
            throw new StartupProblem($"Name a file: {args[0]} FILE");

        var builder = WebApplication.CreateBuilder(settings);
        var data = DataDirectory.From(builder.Configuration, builder.Environment);
        var backups = new Backups(data, BackupOptions.From(builder.Configuration, data), TimeProvider.System);
        if (command == Backup)
        {
            var made = backups.Write(file);
            await Console.Out.WriteLineAsync($"{made.File} holds the database and the keys of {data.Path}. Keep it as safe as the original.");
        }
        else
        {
            var aside = backups.Restore(file);
            await Console.Out.WriteLineAsync($"{data.Path} holds the backup now. {(aside is null ? "There was nothing before." : $"What was there before is in {aside}.")} Start the server.");
        }

        return true;
    }
}
