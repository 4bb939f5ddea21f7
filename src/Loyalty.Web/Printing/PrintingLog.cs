namespace Loyalty.Web.Printing;

internal static partial class PrintingLog
{
    [LoggerMessage(4001, LogLevel.Information, "Printing with {Browser}")]
    public static partial void BrowserStarted(this ILogger logger, string browser);

    [LoggerMessage(4002, LogLevel.Warning, "{Browser} does not start in its own sandbox; starting it without. Pages are printed with scripts and network off")]
    public static partial void SandboxRefused(this ILogger logger, string browser);

    [LoggerMessage(4003, LogLevel.Warning, "{Browser} does not start")]
    public static partial void BrowserRefused(this ILogger logger, Exception exception, string browser);

    [LoggerMessage(4004, LogLevel.Warning, "No Chrome, Edge or Chromium found; people print from their own browsers until Loyalty:Chromium:Path names one")]
    public static partial void NoBrowser(this ILogger logger);

    [LoggerMessage(4006, LogLevel.Warning, "The browser ended during a print; starting another")]
    public static partial void BrowserLost(this ILogger logger, Exception exception);

    [LoggerMessage(4007, LogLevel.Error, "A print failed")]
    public static partial void PrintFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4008, LogLevel.Error, "A print took longer than {Limit}")]
    public static partial void PrintTooSlow(this ILogger logger, TimeSpan limit);

    [LoggerMessage(4009, LogLevel.Information, "Unpacking the bundled Chromium into {Directory}")]
    public static partial void Unpacking(this ILogger logger, string directory);

    [LoggerMessage(4010, LogLevel.Error, "The bundled Chromium cannot be unpacked into {Directory}")]
    public static partial void UnpackingFailed(this ILogger logger, Exception exception, string directory);

    [LoggerMessage(4011, LogLevel.Error, "The program that drives the browser does not start")]
    public static partial void DriverRefused(this ILogger logger, Exception exception);

    [LoggerMessage(4012, LogLevel.Debug, "The browser was already gone when it was to be closed")]
    public static partial void AlreadyGone(this ILogger logger, Exception exception);
}
