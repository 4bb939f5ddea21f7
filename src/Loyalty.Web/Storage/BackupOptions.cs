using System.Globalization;

namespace Loyalty.Web.Storage;

/// <summary>When backups are made by the server itself: settings <c>Loyalty:Backup:*</c>.</summary>
/// <param name="Every">Time between two; zero for none.</param>
/// <param name="Keep">How many of them are kept; at least one.</param>
/// <param name="Directory">Where they are put.</param>
public sealed record BackupOptions(TimeSpan Every, int Keep, string Directory)
{
    public const string Section = "Loyalty:Backup";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <exception cref="StartupProblem">A setting means nothing.</exception>
    public static BackupOptions From(IConfiguration configuration, DataDirectory data)
    {
        var section = configuration.GetSection(Section);
        var every = TimeSpan.FromDays(1);
        if (section["Every"] is { Length: > 0 } time && (!TimeSpan.TryParse(time, CultureInfo.InvariantCulture, out every) || (every != TimeSpan.Zero && every < Shortest)))
            throw new StartupProblem($"{Section}:Every is “{time}”, which is no time between two backups. Give a minute or more, such as 1.00:00:00 for a day, or 0 for none.");
        var keep = 7;
        if (section["Keep"] is { Length: > 0 } number && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out keep) || keep < 1))
            throw new StartupProblem($"{Section}:Keep is “{number}”. Give the number of backups to keep, 1 or more.");
        return new BackupOptions(every, keep, Path.GetFullPath(section["Directory"] is { Length: > 0 } directory ? directory : "backups", data.Path));
    }
}
