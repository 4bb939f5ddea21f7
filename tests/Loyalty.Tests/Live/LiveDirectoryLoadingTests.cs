using Loyalty.Engine;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class LiveDirectoryLoadingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Journal_that_blocks_while_it_reads_holds_up_nobody_who_asks()
    {
        using var journal = new BlockingJournal(Workshops.Stored());
        await using var directory = new LiveDirectory(journal, [], Workshops.Rulebook, TimeProvider.System);

        // On this thread: were one of them to wait in its call, the journal would never be let go.
        var asking = Enumerable.Range(0, 100).Select(_ => directory.FindAsync(journal.Workshop.Id, Cancel)).ToArray();
        Assert.DoesNotContain(asking, task => task.IsCompleted);
        journal.LetGo();

        var hosts = await Task.WhenAll(asking);
        Assert.Single(hosts.Distinct());
        Assert.Equal(1, journal.Reads);
    }

    private sealed class BlockingJournal(StoredWorkshop workshop) : IJournal, IDisposable
    {
        private readonly ManualResetEventSlim open = new();

        public StoredWorkshop Workshop => workshop;

        public int Reads { get; private set; }

        public void LetGo() => open.Set();

        public Task<StoredWorkshop?> LoadAsync(WorkshopId id, CancellationToken cancellationToken)
        {
            Reads++;
            open.Wait(cancellationToken);
            return Task.FromResult<StoredWorkshop?>(workshop);
        }

        public Task AppendAsync(WorkshopId id, IReadOnlyList<LiveEvent> events, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => open.Dispose();
    }
}
