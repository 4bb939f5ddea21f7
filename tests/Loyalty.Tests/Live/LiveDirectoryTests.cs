using Loyalty.Engine;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class LiveDirectoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static LiveDirectory DirectoryOf(IJournal journal, params IPublisher[] publishers) => new(journal, publishers, Workshops.Rulebook, TimeProvider.System);

    [Fact]
    public async Task Workshop_is_loaded_once_whoever_asks()
    {
        var stored = Workshops.Stored();
        var journal = new FakeJournal(stored) { LoadsHeld = true };
        await using var directory = DirectoryOf(journal);
        var asked = Enumerable.Range(0, 10).Select(_ => directory.FindAsync(stored.Id, Cancel)).ToArray();
        Assert.Empty(directory.Loaded);
        journal.Release();

        var hosts = await Task.WhenAll(asked);

        Assert.Equal(stored.Id, hosts[0]!.Id);
        Assert.All(hosts, host => Assert.Same(hosts[0], host));
        Assert.Equal([hosts[0]!], directory.Loaded);
        Assert.Equal(1, journal.Loads);
    }

    [Fact]
    public async Task Whoever_does_not_wait_any_longer_does_not_stop_the_loading_for_others()
    {
        var stored = Workshops.Stored();
        var journal = new FakeJournal(stored) { LoadsHeld = true };
        await using var directory = DirectoryOf(journal);
        using var impatient = new CancellationTokenSource();
        var first = directory.FindAsync(stored.Id, impatient.Token);
        var second = directory.FindAsync(stored.Id, Cancel);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        journal.Release();

        Assert.NotNull(await second);
        Assert.Equal(1, journal.Loads);
    }

    [Fact]
    public async Task Workshop_that_there_is_not_is_looked_for_again_by_the_next_one_to_ask()
    {
        var journal = new FakeJournal();
        await using var directory = DirectoryOf(journal);
        var id = WorkshopId.New();

        Assert.Null(await directory.FindAsync(id, Cancel));
        Assert.Null(await directory.FindAsync(id, Cancel));

        Assert.Equal(2, journal.Loads);
        Assert.Empty(directory.Loaded);
    }

    [Fact]
    public async Task Failed_load_is_not_remembered()
    {
        var stored = Workshops.Stored();
        var journal = new FakeJournal(stored) { LoadsFail = true };
        await using var directory = DirectoryOf(journal);
        await Assert.ThrowsAsync<IOException>(() => directory.FindAsync(stored.Id, Cancel));

        journal.LoadsFail = false;

        Assert.NotNull(await directory.FindAsync(stored.Id, Cancel));
    }

    [Fact]
    public async Task Unloaded_host_has_stopped_and_another_one_is_loaded()
    {
        var stored = Workshops.Stored();
        await using var directory = DirectoryOf(new FakeJournal(stored));
        var before = (await directory.FindAsync(stored.Id, Cancel))!;

        await directory.UnloadAsync(stored.Id);
        await directory.UnloadAsync(WorkshopId.New());

        Assert.True(before.Completion.IsCompletedSuccessfully);
        Assert.NotSame(before, await directory.FindAsync(stored.Id, Cancel));
    }

    [Fact]
    public async Task Disposed_directory_stops_every_host()
    {
        var stored = Workshops.Stored();
        var directory = DirectoryOf(new FakeJournal(stored));
        var host = (await directory.FindAsync(stored.Id, Cancel))!;

        await directory.DisposeAsync();

        Assert.True(host.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Rewriting_begins_when_the_host_has_stopped_and_whoever_asks_gets_what_was_rewritten()
    {
        var stored = Workshops.Stored();
        var journal = new FakeJournal(stored);
        await using var directory = DirectoryOf(journal);
        var before = (await directory.FindAsync(stored.Id, Cancel))!;
        var go = new TaskCompletionSource();
        Task<LiveWorkshopHost?>? asked = null;
        var rewrite = directory.RewriteAsync(stored.Id, async () =>
        {
            Assert.True(before.Completion.IsCompletedSuccessfully);
            asked = directory.FindAsync(stored.Id, Cancel);
            await go.Task;
        });
        while (asked is null)
            await Task.Yield();

        Assert.False(asked.IsCompleted);
        Assert.Equal(1, journal.Loads);
        go.SetResult();
        await rewrite;

        Assert.NotSame(before, Assert.IsType<LiveWorkshopHost>(await asked));
        Assert.Equal(2, journal.Loads);
    }

    [Fact]
    public async Task Workshop_that_is_not_loaded_can_be_rewritten()
    {
        var stored = Workshops.Stored();
        await using var directory = DirectoryOf(new FakeJournal(stored));
        var rewritten = false;

        await directory.RewriteAsync(stored.Id, () =>
        {
            rewritten = true;
            return Task.CompletedTask;
        });

        Assert.True(rewritten);
        Assert.NotNull(await directory.FindAsync(stored.Id, Cancel));
    }

    [Fact]
    public async Task Rewriting_that_fails_is_told_and_leaves_the_workshop_usable()
    {
        var stored = Workshops.Stored();
        await using var directory = DirectoryOf(new FakeJournal(stored));
        await directory.FindAsync(stored.Id, Cancel);

        await Assert.ThrowsAsync<IOException>(() => directory.RewriteAsync(stored.Id, () => throw new IOException("The disk does not answer.")));

        Assert.NotNull(await directory.FindAsync(stored.Id, Cancel));
    }

    [Fact]
    public async Task Every_publisher_is_told_of_a_commit()
    {
        var stored = Workshops.Stored();
        var (one, other) = (new Listener(), new Listener());
        await using var directory = DirectoryOf(new FakeJournal(stored), one, other);
        var host = (await directory.FindAsync(stored.Id, Cancel))!;

        await host.SendAsync(new Command.Start(), Cancel);

        Assert.Equal(host.Current, Assert.Single(one.Told).After);
        Assert.Equal(host.Current, Assert.Single(other.Told).After);
    }
}
