using Loyalty.Engine.Live;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loyalty.Web.Storage;

/// <summary>
/// Sees to it that what was erased is not left lying in the database file. SQLite overwrites what it deletes
/// (<c>secure_delete</c>, see <see cref="ConnectionPragmas"/>), but copies of moved rows may lie in half-empty pages and in the
/// write-ahead log: the file is written anew, and the log is emptied.
/// </summary>
public sealed class Shredder(DataDirectory data, LiveDirectory directory, ILogger<Shredder> log) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Something was erased and the file was not written anew since. Kept as a file, so that it outlives the process.</summary>
    public bool IsPending => File.Exists(data.ShredPending);

    /// <summary>Writes the file anew at once, or, while a room is live and would have to wait for it, as soon as no room is.</summary>
    public async Task ShredAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(data.ShredPending, [], cancellationToken);
        await CatchUpAsync(cancellationToken);
    }

    /// <summary>Does what is pending, if now is the time. True if nothing is pending any more.</summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!IsPending)
            return true;

        await one.WaitAsync(cancellationToken);
        try
        {
            await using var connection = new SqliteConnection(data.ConnectionString + ";Pooling=False");
            await connection.OpenAsync(cancellationToken);
            ConnectionPragmas.Apply(connection);
            if (directory.Loaded.Any(h => h.Current is { Status: WorkshopStatus.Live, PhonesHere: > 0 }))
            {
                await DoAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
                return false;
            }

            await DoAsync(connection, "VACUUM", cancellationToken);
            // The first number it answers with is 1 if somebody was reading, so that it could not be emptied.
            if (await DoAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken) is not 0L)
                return false;
            File.Delete(data.ShredPending);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL)
        {
            StorageLog.ShredLater(log, e);
            return false;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private static async Task<object?> DoAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
