using System.Threading.Channels;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Live;

namespace Loyalty.Tests.Live;

public sealed class SnapshotFeedTests
{
    private readonly Channel<LiveWorkshop?> seen = Channel.CreateUnbounded<LiveWorkshop?>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<SnapshotFeed?> OpenAsync(LiveDirectory directory, WorkshopId id) =>
        SnapshotFeed.OpenAsync(directory, id, TimeProvider.System, next => seen.Writer.WriteAsync(next, Cancel).AsTask(), e => Task.FromException(e), Cancel);

    private async Task<LiveWorkshop?> UntilAsync(Func<LiveWorkshop?, bool> condition)
    {
        while (true)
        {
            var next = await seen.Reader.ReadAsync(Cancel);
            if (condition(next))
                return next;
        }
    }

    [Fact]
    public async Task Unknown_workshop_has_no_feed()
    {
        await using var directory = new LiveDirectory(new Kept(null), [], Workshops.Rulebook, TimeProvider.System);

        Assert.Null(await OpenAsync(directory, WorkshopId.New()));
    }

    [Fact]
    public async Task Change_reaches_the_page()
    {
        var stored = Workshops.Stored();
        await using var directory = new LiveDirectory(new Kept(stored), [], Workshops.Rulebook, TimeProvider.System);
        await using var feed = await OpenAsync(directory, stored.Id);
        Assert.Equal(WorkshopStatus.Draft, feed!.Snapshot.Status);

        await feed.SendAsync(new Command.Start(), Cancel);

        await UntilAsync(w => w?.Status == WorkshopStatus.Live);
        Assert.Equal(WorkshopStatus.Live, feed.Current.Status);
    }

    [Fact]
    public async Task Many_changes_are_few_pictures_and_the_last_is_among_them()
    {
        var stored = Workshops.Stored();
        await using var directory = new LiveDirectory(new Kept(stored), [], Workshops.Rulebook, TimeProvider.System);
        await using var feed = await OpenAsync(directory, stored.Id);
        await feed!.SendAsync(new Command.Start(), Cancel);

        for (var i = 0; i < 500; i++)
            await feed.SendAsync(Workshops.Join($"Person {i}"), Cancel);

        var pictures = 0;
        await UntilAsync(w => ++pictures > 0 && w!.Participants.Count == 500);
        Assert.True(pictures < 500, $"{pictures} pictures of 500 changes.");
    }

    [Fact]
    public async Task Feed_follows_the_workshop_to_its_next_host()
    {
        var stored = Workshops.Stored();
        await using var directory = new LiveDirectory(new Kept(stored), [], Workshops.Rulebook, TimeProvider.System);
        await using var feed = await OpenAsync(directory, stored.Id);

        await directory.UnloadAsync(stored.Id);
        await UntilAsync(w => w?.Status == WorkshopStatus.Draft);
        await feed!.SendAsync(new Command.Start(), Cancel);

        await UntilAsync(w => w?.Status == WorkshopStatus.Live);
    }

    [Fact]
    public async Task Erased_workshop_is_told_as_gone()
    {
        var stored = Workshops.Stored();
        var kept = new Kept(stored);
        await using var directory = new LiveDirectory(kept, [], Workshops.Rulebook, TimeProvider.System);
        await using var feed = await OpenAsync(directory, stored.Id);

        kept.Workshop = null;
        await directory.UnloadAsync(stored.Id);

        await UntilAsync(w => w is null);
    }

    [Fact]
    public async Task Disposed_feed_is_silent()
    {
        var stored = Workshops.Stored();
        await using var directory = new LiveDirectory(new Kept(stored), [], Workshops.Rulebook, TimeProvider.System);
        var feed = await OpenAsync(directory, stored.Id);

        await feed!.DisposeAsync();
        await feed.DisposeAsync();
        await (await directory.FindAsync(stored.Id, Cancel))!.SendAsync(new Command.Start(), Cancel);

        // The pump has ended before DisposeAsync returned, so that nothing can come any more.
        Assert.False(seen.Reader.TryRead(out _));
    }

    /// <summary>A journal that gives back one workshop and keeps nothing.</summary>
    private sealed class Kept(StoredWorkshop? workshop) : IJournal
    {
        public StoredWorkshop? Workshop { get; set; } = workshop;

        public Task<StoredWorkshop?> LoadAsync(WorkshopId id, CancellationToken cancellationToken) =>
            Task.FromResult(Workshop?.Id == id ? Workshop : null);

        public Task AppendAsync(WorkshopId id, IReadOnlyList<LiveEvent> events, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
