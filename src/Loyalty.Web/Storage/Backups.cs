using System.Globalization;
using System.IO.Compression;
using Microsoft.Data.Sqlite;

namespace Loyalty.Web.Storage;

/// <summary>A backup that was made.</summary>
public sealed record Backup(string File, DateTimeOffset At, long Bytes);

/// <summary>
/// Makes backups while the server runs, and brings one back while it does not. A backup is one file: a consistent copy of the
/// database, checked, and the keys, without which nobody's private link opens.
/// </summary>
public sealed class Backups(DataDirectory data, BackupOptions options, TimeProvider time)
{
    private const string DatabaseEntry = "loyalty.db";
    private const string KeysEntry = "keys/";
    private const string Scheduled = "loyalty-";
    private const string BeforeUpgrade = "before-upgrade-";

    private static readonly string[] DatabaseFiles = ["loyalty.db", "loyalty.db-wal", "loyalty.db-shm"];

    /// <summary>The latest that the server made by itself; null if there is none.</summary>
    public Backup? Latest() => All().FirstOrDefault();

    /// <summary>Makes one, and deletes those that are more than are kept.</summary>
    /// <exception cref="StartupProblem">It could not be made; the sentence says why.</exception>
    public Backup WriteScheduled()
    {
        var made = Write(Path.Combine(options.Directory, NameOf(Scheduled)));
        foreach (var old in All().Skip(options.Keep))
            File.Delete(old.File);
        return made;
    }

    /// <summary>Makes one that is kept until somebody deletes it, because an upgrade is about to change the database.</summary>
    /// <exception cref="StartupProblem">It could not be made; the sentence says why.</exception>
    public Backup WriteBeforeUpgrade() => Write(Path.Combine(options.Directory, NameOf(BeforeUpgrade)));

    /// <summary>Makes one in this file. Answers go on being taken meanwhile: a reader and a writer do not wait for each other in a write-ahead log.</summary>
    /// <exception cref="StartupProblem">It could not be made; the sentence says why.</exception>
    public Backup Write(string file)
    {
        var target = Path.GetFullPath(file);
        if (!File.Exists(data.Database))
            throw new StartupProblem($"There is no database in {data.Path}, so there is nothing to back up. Set {DataDirectory.Setting} to the server's data directory.");
        if (File.Exists(target))
            throw new StartupProblem($"{target} exists already. Give a file that does not.");

        var copy = target + ".db";
        var partial = target + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            CopyDatabase(copy);
            Check(copy);
            Pack(copy, partial);
            File.Move(partial, target);
            return new Backup(target, time.GetUtcNow(), new FileInfo(target).Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StartupProblem($"The backup {target} could not be made ({e.Message.TrimEnd('.')}). The database itself is untouched.", e);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(partial);
        }
    }

    /// <summary>Puts a backup in the place of what is there, which is kept beside it. The server must not be running.</summary>
    /// <returns>Where what was there before is now; null if there was nothing.</returns>
    /// <exception cref="StartupProblem">It could not be done, and nothing was changed; the sentence says why.</exception>
    public string? Restore(string file)
    {
        var source = Path.GetFullPath(file);
        using var alone = DataDirectoryLock.Take(data);
        var unpacked = data.File($".restoring-{Environment.ProcessId}");
        try
        {
            // All that can fail is done beside the database; what is left is renaming.
            Unpack(source, unpacked);
            Check(Path.Combine(unpacked, DatabaseEntry));
            var aside = PutAside();
            File.Move(Path.Combine(unpacked, DatabaseEntry), data.Database);
            if (Directory.Exists(Path.Combine(unpacked, KeysEntry)))
                Directory.Move(Path.Combine(unpacked, KeysEntry), data.File("keys"));
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or InvalidDataException)
        {
            throw new StartupProblem($"The backup {source} could not be restored ({e.Message.TrimEnd('.')}).", e);
        }
        finally
        {
            if (Directory.Exists(unpacked))
                Directory.Delete(unpacked, recursive: true);
        }
    }

    private IEnumerable<Backup> All() =>
        Directory.Exists(options.Directory)
            ? new DirectoryInfo(options.Directory).EnumerateFiles(Scheduled + "*.zip").OrderByDescending(f => f.Name, StringComparer.Ordinal).Select(f => new Backup(f.FullName, new DateTimeOffset(f.LastWriteTimeUtc), f.Length))
            : [];

    private string NameOf(string kind) => kind + time.GetUtcNow().ToString("yyyy-MM-dd-HHmmss", CultureInfo.InvariantCulture) + ".zip";

    private void CopyDatabase(string copy)
    {
        using var from = Open(data.Database, SqliteOpenMode.ReadOnly);
        using var to = Open(copy, SqliteOpenMode.ReadWriteCreate);
        from.BackupDatabase(to);

        // One file and not three: the copy needs no log of its own.
        Execute(to, "PRAGMA journal_mode=DELETE");
    }

    private static void Check(string database)
    {
        using var connection = Open(database, SqliteOpenMode.ReadOnly);
        if (Execute(connection, "PRAGMA integrity_check") is not "ok")
            throw new InvalidDataException("its database is damaged");
        Execute(connection, "SELECT count(*) FROM Responses");
    }

    private void Pack(string copy, string file)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.ReadWrite);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntryFromFile(copy, DatabaseEntry, CompressionLevel.Fastest);
            if (Directory.Exists(data.File("keys")))
            {
                foreach (var key in Directory.EnumerateFiles(data.File("keys")))
                    zip.CreateEntryFromFile(key, KeysEntry + Path.GetFileName(key));
            }
        }

        stream.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void Unpack(string file, string directory)
    {
        Directory.CreateDirectory(directory);
        ZipFile.ExtractToDirectory(file, directory, overwriteFiles: true);
        if (!File.Exists(Path.Combine(directory, DatabaseEntry)))
            throw new InvalidDataException("it holds no database");
    }

    private string? PutAside()
    {
        var aside = data.File("before-restore-" + time.GetUtcNow().ToString("yyyy-MM-dd-HHmmss", CultureInfo.InvariantCulture));
        var there = DatabaseFiles.Where(name => File.Exists(data.File(name))).ToList();
        if (there.Count == 0 && !Directory.Exists(data.File("keys")))
            return null;

        // The log first: a database without it is only older, a log beside another database would damage that.
        Directory.CreateDirectory(aside);
        foreach (var name in there.OrderByDescending(name => name.Length))
            File.Move(data.File(name), Path.Combine(aside, name));
        if (Directory.Exists(data.File("keys")))
            Directory.Move(data.File("keys"), Path.Combine(aside, "keys"));
        return aside;
    }

    // Not pooled: the file is moved away.
    private static SqliteConnection Open(string database, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
