namespace Loyalty.Web.Features.Rehearsal;

/// <summary>Log messages of rehearsals: ids 3200-3299.</summary>
internal static partial class RehearsalLog
{
    [LoggerMessage(3200, LogLevel.Error, "The rehearsal {Workshop} was running when the server stopped, and cannot be taken up again.")]
    public static partial void NotResumed(ILogger log, Exception exception, Guid workshop);
}
