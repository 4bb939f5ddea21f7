using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class LiveWorkshopHostTests
{
    private static readonly Command.Join Anna = Workshops.Join("Anna");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static LiveWorkshopHost HostOf(FakeJournal journal, int capacity = LiveWorkshopHost.MailboxCapacity, IPublisher? publisher = null) =>
        new(Workshops.Draft().After(new Command.Start(), Anna, new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open)), journal, publisher ?? new Listener(), TimeProvider.System, capacity);

    [Fact]
    public async Task Answer_is_acknowledged_only_after_it_was_stored()
    {
        var journal = new FakeJournal { Held = true };
        await using var host = HostOf(journal);

        var sent = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "kind"), Cancel);
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
        var first = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "one"), Cancel);
        await journal.Asked.WaitAsync(Cancel);
        var second = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "two"), Cancel);

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
        var first = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "one"), Cancel);
        await journal.Asked.WaitAsync(Cancel);
        var others = Enumerable.Range(0, 100).Select(i => host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, $"w{i}"), Cancel)).ToArray();
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
        var posted = Enumerable.Range(0, 20).Select(i => host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, $"w{i}"), Cancel)).ToArray();

        await host.DisposeAsync();

        Assert.All(await Task.WhenAll(posted), outcome => Assert.IsType<Outcome.Saved>(outcome));
        Assert.IsType<Outcome.Unavailable>(await host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "late"), Cancel));
    }

    [Fact]
    public async Task Failed_commit_is_told_to_everybody_who_shared_it()
    {
        var journal = new FakeJournal { Held = true };
        await using var host = HostOf(journal);
        var first = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "one"), Cancel);
        await journal.Asked.WaitAsync(Cancel);
        var others = Enumerable.Range(0, 5).Select(i => host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, $"w{i}"), Cancel)).ToArray();
        journal.FailWith = "disk-full";
        journal.Release();

        Assert.All(await Task.WhenAll([first, .. others]), outcome => Assert.Equal(new Outcome.Unavailable("disk-full"), outcome));
    }

    [Fact]
    public async Task Commit_is_no_larger_than_the_largest_batch()
    {
        var journal = new FakeJournal { Held = true };
        await using var host = HostOf(journal);
        var first = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "one"), Cancel);
        await journal.Asked.WaitAsync(Cancel);
        var others = Enumerable.Range(0, LiveWorkshopHost.MaxBatch + 1).Select(i => host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, $"w{i}"), Cancel)).ToArray();
        Assert.Equal(LiveWorkshopHost.MaxBatch + 1, host.Waiting);
        journal.Release();

        await Task.WhenAll([first, .. others]);

        Assert.Equal(3, journal.Commits);
        Assert.Equal(0, host.Waiting);
    }

    [Fact]
    public async Task Command_that_breaks_the_rules_code_fails_alone()
    {
        var stray = Workshops.Step(new ActivityId("stray"), "no-such-type");
        var start = Workshops.Draft().After(new Command.Start(), Anna, new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open));
        var journal = new FakeJournal { Held = true };
        await using var host = new LiveWorkshopHost(start with { Agenda = start.Agenda.Add(stray) }, journal, new Listener(), TimeProvider.System);
        var first = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "one"), Cancel);
        await journal.Asked.WaitAsync(Cancel);
        var broken = host.SendAsync(new Command.GoTo(stray.Id), Cancel);
        var sound = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "two"), Cancel);
        journal.Release();

        await Assert.ThrowsAsync<KeyNotFoundException>(() => broken);
        Assert.IsType<Outcome.Saved>(await first);
        Assert.IsType<Outcome.Saved>(await sound);
        Assert.Equal(Workshops.Named, host.Current.OnStage);
    }

    [Fact]
    public async Task Publisher_is_told_of_what_changed_and_of_nothing_else()
    {
        var listener = new Listener();
        await using var host = HostOf(new FakeJournal(), publisher: listener);
        var before = host.Current;

        await host.SendAsync(Workshops.Word(ParticipantId.New(), Workshops.Named, "stranger"), Cancel);
        Assert.Empty(listener.Told);
        await host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "kind"), Cancel);

        var told = Assert.Single(listener.Told);
        Assert.Same(before, told.Before);
        Assert.Same(host.Current, told.After);
        Assert.IsType<LiveEvent.EntryAccepted>(Assert.Single(told.Events));
    }

    [Fact]
    public async Task What_is_not_to_be_stored_is_shown_without_a_commit()
    {
        var journal = new FakeJournal { FailWith = "disk-full" };
        await using var host = HostOf(journal);
        using var subscription = host.Subscribe();

        Assert.IsType<Outcome.Done>(await host.SendAsync(new Command.BlankRoom(true), Cancel));

        Assert.False(subscription.Snapshot.RoomIsBlank);
        Assert.True((await subscription.Changes.ReadAsync(Cancel)).RoomIsBlank);
    }

    [Fact]
    public async Task Sender_who_no_longer_waits_does_not_take_the_command_back()
    {
        var journal = new FakeJournal { Held = true };
        var host = HostOf(journal);
        using var impatient = new CancellationTokenSource();
        var sent = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "kind"), impatient.Token);
        await journal.Asked.WaitAsync(Cancel);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        journal.Release();
        await host.DisposeAsync();

        Assert.Single(journal.Stored.OfType<LiveEvent.EntryAccepted>());
    }

    [Fact]
    public async Task Host_that_stops_says_so_at_once_and_ends_every_subscription()
    {
        var journal = new FakeJournal { Held = true };
        var host = HostOf(journal);
        using var subscription = host.Subscribe();
        var first = host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "kind"), Cancel);
        await journal.Asked.WaitAsync(Cancel);

        var disposing = host.DisposeAsync().AsTask();
        Assert.Equal(new Outcome.Unavailable("stopping"), await host.SendAsync(Workshops.Word(Anna.Id, Workshops.Named, "late"), Cancel));
        Assert.False(host.Completion.IsCompleted);
        journal.Release();
        await disposing;

        Assert.IsType<Outcome.Saved>(await first);
        Assert.True(host.Completion.IsCompletedSuccessfully);
        Assert.Same(host.Current, await subscription.Changes.ReadAsync(Cancel));
        Assert.False(await subscription.Changes.WaitToReadAsync(Cancel));
    }
}
