using Loyalty.Engine;

namespace Loyalty.Web.Live;

/// <summary>Log messages of the live path: ids 3000-3099.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(3000, LogLevel.Error, "A change of workshop {Workshop} could not be sent to its phones; the next one is.")]
    public static partial void FanOutFailed(ILogger log, Exception exception, WorkshopId workshop);

    [LoggerMessage(3004, LogLevel.Error, "Workshop {Workshop} was running and could not be loaded at the start; it is tried again when somebody asks for it.")]
    public static partial void NotLoadedAtStart(ILogger log, Exception exception, WorkshopId workshop);
}
