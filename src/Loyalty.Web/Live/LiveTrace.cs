using System.Diagnostics;
using Loyalty.Engine;

namespace Loyalty.Web.Live;

/// <summary>The live path as traces: source <c>Loyalty.Live</c>. Costs nothing while nobody listens. Says where, never who or what.</summary>
internal static class LiveTrace
{
    private static readonly ActivitySource Source = new("Loyalty.Live");

    /// <summary>From reading an answer until its reply is ready.</summary>
    public static Activity? Answer(WorkshopId workshop) => Source.StartActivity("answer")?.SetTag("loyalty.workshop", workshop.ToString());

    /// <summary>One state to all phones of a room.</summary>
    public static Activity? FanOut(WorkshopId workshop) => Source.StartActivity("fan-out")?.SetTag("loyalty.workshop", workshop.ToString());
}
