namespace Loyalty.Web.Features.ActionPlans.Bulk;

/// <summary>Log messages of large prints: ids 2620-2639.</summary>
internal static partial class BulkLog
{
    [LoggerMessage(2620, LogLevel.Information, "{Plans} plan(s) were printed into one file in {Time}.")]
    public static partial void Done(ILogger log, int plans, TimeSpan time);

    [LoggerMessage(2621, LogLevel.Error, "The file of print {Print} could not be made.")]
    public static partial void Failed(ILogger log, Exception exception, Guid print);
}
