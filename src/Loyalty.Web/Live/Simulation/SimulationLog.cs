using Loyalty.Engine;

namespace Loyalty.Web.Live.Simulation;

/// <summary>Log messages of the simulation: ids 3100-3199.</summary>
internal static partial class SimulationLog
{
    [LoggerMessage(3100, LogLevel.Information, "Workshop {Workshop}: {Participants} simulated participants are coming in.")]
    public static partial void Started(ILogger log, WorkshopId workshop, int participants);

    [LoggerMessage(3101, LogLevel.Information, "Workshop {Workshop}: the simulated participants have left.")]
    public static partial void Ended(ILogger log, WorkshopId workshop);

    [LoggerMessage(3102, LogLevel.Error, "Workshop {Workshop}: the simulated participants failed and have left.")]
    public static partial void Failed(ILogger log, Exception exception, WorkshopId workshop);
}
