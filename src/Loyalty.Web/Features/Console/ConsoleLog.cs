using Loyalty.Engine;

namespace Loyalty.Web.Features.Console;

internal static partial class ConsoleLog
{
    [LoggerMessage(5001, LogLevel.Error, "The command {Command} of workshop {Workshop} failed")]
    public static partial void CommandFailed(ILogger log, string command, WorkshopId workshop, Exception error);
}
