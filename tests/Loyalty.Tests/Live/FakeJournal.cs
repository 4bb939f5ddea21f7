using System.Collections.Concurrent;
using System.Threading.Channels;
using Loyalty.Engine;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

/// <summary>A journal in memory that can be held up or made to fail.</summary>
internal sealed class FakeJournal(StoredWorkshop? known = null) : IJournal
{
    private readonly Channel<WorkshopId> asked = Channel.CreateUnbounded<WorkshopId>();
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int loads;

    public ConcurrentQueue<LiveEvent> Stored { get; } = new();

    public int Commits { get; private set; }

    /// <summary>How often a workshop was asked for.</summary>
    public int Loads => loads;

    /// <summary>Commits wait for <see cref="Release"/>.</summary>
    public bool Held { get; init; }

    /// <summary>Loading waits for <see cref="Release"/>.</summary>
    public bool LoadsHeld { get; init; }

    public string? FailWith { get; set; }

    public bool LoadsFail { get; set; }

    public Task Asked => asked.Reader.ReadAsync().AsTask();

    public void Release() => released.TrySetResult();

    public async Task<StoredWorkshop?> LoadAsync(WorkshopId id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref loads);
        if (LoadsHeld)
            await released.Task.WaitAsync(cancellationToken);
        if (LoadsFail)
            throw new IOException("The disk does not answer.");
        return known?.Id == id ? known : null;
    }

    public async Task AppendAsync(WorkshopId id, IReadOnlyList<LiveEvent> events, CancellationToken cancellationToken)
    {
        asked.Writer.TryWrite(id);
        if (Held)
            await released.Task.WaitAsync(cancellationToken);
        if (FailWith is { } code)
            throw new JournalException(code);
        Commits++;
        foreach (var e in events)
            Stored.Enqueue(e);
    }
}
