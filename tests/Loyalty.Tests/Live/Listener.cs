using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

/// <summary>Keeps what it was told of.</summary>
internal sealed class Listener : IPublisher
{
    public List<(LiveWorkshop Before, LiveWorkshop After, IReadOnlyList<LiveEvent> Events)> Told { get; } = [];

    public void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events) => Told.Add((before, after, events));
}
