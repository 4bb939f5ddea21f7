namespace Loyalty.Web.Live.Simulation;

public sealed class SimulationOptions
{
    public const double MaxSpeed = 100;

    /// <summary>Setting <c>Loyalty:Simulation:Speed</c>: how much faster than people the simulated ones are, 1 to <see cref="MaxSpeed"/>.</summary>
    public double Speed { get; set; } = 1;
}
