using System.Collections.Concurrent;
using System.Threading.Channels;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class LiveWorkshopHostTests
{
    private static readonly Command.Join Anna = Workshops.Join("Anna");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static LiveWorkshopHost HostOf(FakeJournal journal, int capacity = LiveWorkshopHost.MailboxCapacity) =>
        new(Workshops.Draft().After(new Command.Start(), Anna, new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open)), journal, new Silence(), TimeProvider.System, capacity);

    [Fact]
    public async Task Answer_is_acknowledged_only_after_it_was_stored()
    {
        var journal = new FakeJournal { Held = true };
        await using var host = HostOf(journal);

        var sent = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "kind"), Cancel).AsTask();
        await journal.Asked.WaitAsync(Cancel);

        Assert.False(sent.IsCompleted);
        Assert.Equal(0, host.Current.CurrentRun!.State.Respondents);
        journal.Release();
        Assert.IsType<Outcome.Saved>(await sent);
        Assert.Equal(1, host.Current.CurrentRun!.State.Respondents);
    }

    [Fact]
    public async Task Failed_commit_changes_nothing_and_tells_everybody()
    {
        var journal = new FakeJournal { FailWith = "disk-full" };
        await using var host = HostOf(journal);
        var before = host.Current;

        var outcome = await host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "kind"), Cancel);

        Assert.Equal(new Outcome.Unavailable("disk-full"), outcome);
        Assert.Same(before, host.Current);
    }

    [Fact]
    public async Task Answer_refused_by_a_full_disk_is_taken_when_sent_again()
    {
        var journal = new FakeJournal { FailWith = "disk-full" };
        await using var host = HostOf(journal);
        var answer = Workshops.Word(Anna.Id, Workshops.Named, "kind");
        await host.SendAsync(answer, Cancel);
        journal.FailWith = null;

        Assert.Equal(new Outcome.Saved(answer.Key), await host.SendAsync(answer, Cancel));
        Assert.Single(journal.Stored.OfType<LiveEvent.EntryAccepted>());
    }

    [Fact]
    public async Task Full_mailbox_says_busy()
    {
        var journal = new FakeJournal { Held = true };
        await using var host = HostOf(journal, capacity: 1);
        var first = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "one"), Cancel).AsTask();
        await journal.Asked.WaitAsync(Cancel);
        var second = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "two"), Cancel).AsTask();

        Assert.Equal(new Outcome.Unavailable("busy"), await host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "three"), Cancel));
        journal.Release();
        Assert.IsType<Outcome.Saved>(await first);
        Assert.IsType<Outcome.Saved>(await second);
    }

    [Fact]
    public async Task Answers_that_wait_share_one_commit()
    {
        var journal = new FakeJournal { Held = true };
        await using var host = HostOf(journal);
        var first = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "one"), Cancel).AsTask();
        await journal.Asked.WaitAsync(Cancel);
        var others = Enumerable.Range(0, 100).Select(i => host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, $"w{i}"), Cancel).AsTask()).ToArray();
        journal.Release();

        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, journal.Commits);
        Assert.Equal("w99", ((AnswerState<WordAnswer>)host.Current.CurrentRun!.State).Answers.Values.Single().Answer.Word);
    }

    [Fact]
    public async Task Subscriber_sees_the_latest_state_whatever_it_missed()
    {
        await using var host = HostOf(new FakeJournal());
        using var subscription = host.Subscribe();
        for (var i = 0; i < 50; i++)
            await host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, $"w{i}"), Cancel);

        var seen = await subscription.Changes.ReadAsync(Cancel);

        Assert.Same(host.Current, seen);
        Assert.False(subscription.Changes.TryRead(out _));
    }

    [Fact]
    public async Task Subscription_disposed_twice_ends_once_and_gets_nothing_more()
    {
        await using var host = HostOf(new FakeJournal());
        var subscription = host.Subscribe();
        subscription.Dispose();
        subscription.Dispose();

        await host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "kind"), Cancel);

        Assert.False(await subscription.Changes.WaitToReadAsync(Cancel));
    }

    [Fact]
    public async Task Disposed_host_finishes_what_was_posted_and_refuses_the_rest()
    {
        var journal = new FakeJournal();
        var host = HostOf(journal);
        var posted = Enumerable.Range(0, 20).Select(i => host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, $"w{i}"), Cancel).AsTask()).ToArray();

        await host.DisposeAsync();

        Assert.All(await Task.WhenAll(posted), outcome => Assert.IsType<Outcome.Saved>(outcome));
        Assert.IsType<Outcome.Unavailable>(await host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "late"), Cancel));
    }

    private sealed class Silence : IPublisher
    {
        public void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events)
        {
        }
    }

    /// <summary>A journal in memory that can be held up or made to fail.</summary>
    private sealed class FakeJournal : IJournal
    {
        private readonly Channel<WorkshopId> asked = Channel.CreateUnbounded<WorkshopId>();
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<LiveEvent> Stored { get; } = new();

        public int Commits { get; private set; }

        public bool Held { get; init; }

        public string? FailWith { get; set; }

        public Task Asked => asked.Reader.ReadAsync().AsTask();

        public void Release() => released.TrySetResult();

        public Task<StoredWorkshop?> LoadAsync(WorkshopId id, CancellationToken cancellationToken) => Task.FromResult<StoredWorkshop?>(null);

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
}
