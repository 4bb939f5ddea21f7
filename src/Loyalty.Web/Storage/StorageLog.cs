namespace Loyalty.Web.Storage;

/// <summary>Log messages of the storage: ids 2100-2199.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2100, LogLevel.Error, "A commit failed with SQLite error {Code}; {Workshops} workshop(s) were told that nothing was saved.")]
    public static partial void CommitFailed(ILogger log, Exception exception, int code, int workshops);

    [LoggerMessage(2101, LogLevel.Error, "Measures and plans of workshop {Workshop} could not be brought up to date; it is tried again.")]
    public static partial void ProjectionFailed(ILogger log, Exception exception, Guid workshop);
}
