namespace Loyalty.Web.Storage;

/// <summary>Log messages of the storage: ids 2100-2199.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2100, LogLevel.Error, "A commit failed with SQLite error {Code}; {Workshops} workshop(s) were told that nothing was saved.")]
    public static partial void CommitFailed(ILogger log, Exception exception, int code, int workshops);

    [LoggerMessage(2102, LogLevel.Information, "The backup {File} was made ({Bytes} bytes).")]
    public static partial void BackupMade(ILogger log, string file, long bytes);

    [LoggerMessage(2103, LogLevel.Error, "No backup could be made; it is tried again.")]
    public static partial void BackupFailed(ILogger log, Exception exception);

    [LoggerMessage(2104, LogLevel.Information, "The database is about to be changed by an upgrade; {File} holds it as it was.")]
    public static partial void BackupBeforeUpgrade(ILogger log, string file);

    [LoggerMessage(2105, LogLevel.Warning, "The log could not be moved into the database (SQLite error {Code}); it is tried again after the next commit.")]
    public static partial void TidyingFailed(ILogger log, Exception exception, int code);

    [LoggerMessage(2101, LogLevel.Error, "Measures and plans of workshop {Workshop} could not be brought up to date; it is tried again.")]
    public static partial void ProjectionFailed(ILogger log, Exception exception, Guid workshop);

    [LoggerMessage(2110, LogLevel.Warning, "The database file could not be written anew after something was erased; it is tried again within the hour.")]
    public static partial void ShredLater(ILogger log, Exception exception);

    [LoggerMessage(2111, LogLevel.Information, "The time of {Workshops} workshop(s) is over: names, plans and texts were erased.")]
    public static partial void RetentionOver(ILogger log, int workshops);

    [LoggerMessage(2112, LogLevel.Error, "Personal data whose time is over could not be erased; it is tried again within the hour.")]
    public static partial void RetentionFailed(ILogger log, Exception exception);
}
