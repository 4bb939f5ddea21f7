namespace Loyalty.Web.Features.ActionPlans.CheckIns;

/// <summary>Log messages of reminders: ids 2600-2619. Never a name or an address.</summary>
internal static partial class CheckInsLog
{
    [LoggerMessage(2600, LogLevel.Information, "{Count} reminder(s) were sent.")]
    public static partial void Sent(ILogger log, int count);

    [LoggerMessage(2601, LogLevel.Warning, "The reminder of check-in {CheckIn} was not taken by the mail server; it is tried again.")]
    public static partial void NotSent(ILogger log, Exception exception, Guid checkIn);

    [LoggerMessage(2602, LogLevel.Error, "Reminders could not be looked up; it is tried again.")]
    public static partial void RoundFailed(ILogger log, Exception exception);

    [LoggerMessage(2603, LogLevel.Warning, "A private link of workshop {Workshop} was not taken by the mail server.")]
    public static partial void LinkNotSent(ILogger log, Exception exception, Guid workshop);
}
