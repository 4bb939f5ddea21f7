using Loyalty.Engine;

namespace Loyalty.Web.Live;

/// <summary>What the phones' side of the server logs. Never a name, a token or an answer.</summary>
internal static partial class PhoneLog
{
    [LoggerMessage(3001, LogLevel.Error, "Workshop {Workshop}: the rules of activity {Activity} failed on an answer; it was refused.")]
    public static partial void RuleFailed(ILogger logger, Exception exception, WorkshopId workshop, ActivityId activity);

    [LoggerMessage(3002, LogLevel.Error, "Workshop {Workshop}: the phone view of activity {Activity} failed; phones were asked to look at the screen.")]
    public static partial void ViewFailed(ILogger logger, Exception exception, WorkshopId workshop, ActivityId? activity);

    [LoggerMessage(3003, LogLevel.Debug, "A phone without a valid token was turned away from {Code}.")]
    public static partial void TurnedAway(ILogger logger, string? code);
}
