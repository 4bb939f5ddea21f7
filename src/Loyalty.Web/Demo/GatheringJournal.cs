using Loyalty.Engine;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Demo;

/// <summary>
/// Gathers what happens in a workshop and hands it to the real journal in one go: the finished workshop is there as a whole or not
/// at all, and costs one commit instead of hundreds.
/// </summary>
internal sealed class GatheringJournal : IJournal
{
    private readonly List<LiveEvent> gathered = [];

    public IReadOnlyList<LiveEvent> Gathered => gathered;

    public Task<StoredWorkshop?> LoadAsync(WorkshopId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A workshop that is being made up is not on disk yet.");

    public Task AppendAsync(WorkshopId id, IReadOnlyList<LiveEvent> events, CancellationToken cancellationToken)
    {
        gathered.AddRange(events);
        return Task.CompletedTask;
    }
}

/// <summary>Nobody watches a workshop that is being made up.</summary>
internal sealed class NoPublisher : IPublisher
{
    public void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events)
    {
    }
}
