using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Storage;

/// <summary>Every fact that a live workshop states is read back as it was stated, and touches nothing else.</summary>
public sealed class JournalEventsTests
{
    private static readonly DateTimeOffset Nine = Workshops.Nine;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Participant Anna { get; } = new(ParticipantId.New(), "Anna", "Kitchen", true, Nine.AddMinutes(3));

    private static Entry Word(ActivityId activity, AuthorKey author, string? department = null, DateTimeOffset? at = null) =>
        new(EntryKey.New(), activity, author, department, "word", 3, """{"word":"süß"}""", at);

    private static async Task<StoredWorkshop> AfterAsync(StorageFixture storage, params LiveEvent[] events)
    {
        await using (var journal = storage.Journal())
        {
            foreach (var e in events)
                await journal.AppendAsync(storage.Workshop, [e], Cancel);
        }

        await using var again = storage.Journal();
        return (await again.LoadAsync(storage.Workshop, Cancel))!;
    }

    [Fact]
    public async Task Participants_come_back_with_and_without_phone_and_department()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var (token, paper) = (Guid.NewGuid(), new Participant(ParticipantId.New(), new string('ü', 60), null, false, Nine));

        var stored = await AfterAsync(storage, new LiveEvent.ParticipantJoined(Anna, token), new LiveEvent.ParticipantJoined(paper, null));

        Assert.Equal([(Anna, token), (paper, (Guid?)null)], stored.Participants.OrderBy(p => p.Participant.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Corrected_participant_comes_back_corrected_and_the_others_as_they_were()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var bo = Anna with { Id = ParticipantId.New(), Name = "Bo" };

        var stored = await AfterAsync(
            storage, new LiveEvent.ParticipantJoined(Anna, null), new LiveEvent.ParticipantJoined(bo, null),
            new LiveEvent.ParticipantChanged(Anna with { Name = "Anne", Department = null }));

        Assert.Equal([("Anne", null), ("Bo", "Kitchen")], stored.Participants.Select(p => (p.Participant.Name, p.Participant.Department)).Order());
    }

    [Fact]
    public async Task Entries_of_an_activity_come_back_in_their_order_with_everything_that_was_known()
    {
        await using var storage = await StorageFixture.CreateAsync();
        Entry[] entries =
        [
            Word(Workshops.Named, AuthorKey.Of(Anna.Id), at: Nine),
            Word(Workshops.Anonymous, Workshops.NewSlot(), "Kitchen"),
            Word(Workshops.Named, AuthorKey.Facilitator, at: Nine.AddMilliseconds(7)),
            Word(Workshops.Anonymous, Workshops.NewSlot()),
            Word(Workshops.Named, AuthorKey.Of(Anna.Id), at: Nine) with { Json = $$"""{"word":"{{new string('ß', 5_000)}}"}""" },
            Word(Workshops.Anonymous, Workshops.NewSlot(), "Reception"),
        ];

        var stored = await AfterAsync(storage, [.. entries.Select(e => new LiveEvent.EntryAccepted(e))]);

        Assert.Equal(entries.Where(e => e.Activity == Workshops.Named), stored.Entries.Where(e => e.Activity == Workshops.Named));
        Assert.Equal(entries.Where(e => e.Activity == Workshops.Anonymous), stored.Entries.Where(e => e.Activity == Workshops.Anonymous));
        Assert.Equal(entries.Length, stored.Entries.Count());
    }

    [Fact]
    public async Task Run_comes_back_as_it_was_left_last()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var run = Workshops.Draft().After(new Command.Start(), new Command.GoTo(Workshops.Named)).CurrentRun!;
        var running = run with { Phase = Phase.Open, Spent = TimeSpan.FromMilliseconds(1_234), Countdown = new Countdown(Nine.AddMinutes(5), TimeSpan.FromMinutes(5)), ShownWhileOpen = true };
        var left = running with { Phase = Phase.Closed, OnStageSince = null, Spent = TimeSpan.FromMinutes(6), Countdown = new Countdown(null, TimeSpan.FromSeconds(30)), ShownWhileOpen = false };

        var first = await AfterAsync(storage, new LiveEvent.RunChanged(running));
        var second = await AfterAsync(storage, new LiveEvent.RunChanged(left), new LiveEvent.RunChanged(run with { Id = Workshops.Lasting }));

        Assert.Equal([KeptOf(running)], first.Runs);
        Assert.Equal([KeptOf(run with { Id = Workshops.Lasting }), KeptOf(left)], second.Runs.OrderBy(r => r.Id.Value, StringComparer.Ordinal));

        static StoredRun KeptOf(ActivityRun run) => new(run.Id, run.Phase, run.OnStageSince, run.Spent, run.Countdown, run.ShownWhileOpen);
    }

    [Fact]
    public async Task Stage_comes_back_and_so_does_the_lobby()
    {
        await using var storage = await StorageFixture.CreateAsync();

        Assert.Equal(Workshops.Named, (await AfterAsync(storage, new LiveEvent.StageChanged(Workshops.Named))).OnStage);
        Assert.Null((await AfterAsync(storage, new LiveEvent.StageChanged(null))).OnStage);
    }

    [Fact]
    public async Task Agenda_comes_back_as_it_was_replaced()
    {
        await using var storage = await StorageFixture.CreateAsync();

        var stored = await AfterAsync(storage, new LiveEvent.AgendaReplaced([Workshops.Step(Workshops.Named) with { Title = "Another title", SetAside = true }]));

        var step = Assert.Single(stored.Agenda);
        Assert.Equal((Workshops.Named, "Another title", true), (step.Id, step.Title, step.SetAside));
    }

    [Fact]
    public async Task Workshop_starts_once_and_ends_when_it_ended()
    {
        await using var storage = await StorageFixture.CreateAsync();

        var stored = await AfterAsync(
            storage, new LiveEvent.StatusChanged(WorkshopStatus.Live, Nine), new LiveEvent.StatusChanged(WorkshopStatus.Paused, Nine.AddHours(1)),
            new LiveEvent.StatusChanged(WorkshopStatus.Live, Nine.AddHours(2)));
        Assert.Equal((WorkshopStatus.Live, Nine), (stored.Status, stored.StartedAt));
        Assert.Null(await EndAsync());

        var ended = await AfterAsync(storage, new LiveEvent.StatusChanged(WorkshopStatus.Ended, Nine.AddHours(3)));
        Assert.Equal((WorkshopStatus.Ended, Nine), (ended.Status, ended.StartedAt));
        Assert.Equal(Nine.AddHours(3), await EndAsync());

        async Task<DateTimeOffset?> EndAsync()
        {
            await using var db = storage.CreateDbContext();
            return (await db.Workshops.SingleAsync(Cancel)).EndedAt;
        }
    }

    [Fact]
    public async Task Segments_are_forgotten_where_they_are_to_be_and_nowhere_else()
    {
        await using var storage = await StorageFixture.CreateAsync();
        Entry[] entries =
        [
            Word(Workshops.Anonymous, Workshops.NewSlot(), "Kitchen"), Word(Workshops.Anonymous, Workshops.NewSlot(), "Cellar"),
            Word(Workshops.Anonymous, Workshops.NewSlot(), "Reception"), Word(Workshops.Lasting, Workshops.NewSlot(), "Kitchen"),
        ];

        var stored = await AfterAsync(
            storage, [.. entries.Select(e => new LiveEvent.EntryAccepted(e)), new LiveEvent.SlotDepartmentsForgotten(Workshops.Anonymous, ["Kitchen", "Cellar"])]);

        Assert.Equal([null, null, "Reception", "Kitchen"], stored.Entries.Select(e => e.SlotDepartment));
    }

    [Fact]
    public async Task Event_of_one_workshop_touches_no_other()
    {
        await using var storage = await StorageFixture.CreateAsync(rehearsal: true);
        await using (var db = storage.CreateDbContext())
            Assert.Equal(2, await db.Workshops.CountAsync(Cancel));

        await AfterAsync(storage, new LiveEvent.StatusChanged(WorkshopStatus.Live, Nine), new LiveEvent.StageChanged(Workshops.Named), new LiveEvent.AgendaReplaced([]));

        await using var after = storage.CreateDbContext();
        var other = await after.Workshops.SingleAsync(w => w.Id != storage.Workshop.Value, Cancel);
        Assert.Equal((WorkshopStatus.Draft, null, null), (other.Status, other.OnStage, other.StartedAt));
        Assert.NotEmpty(AgendaJson.Read(other.Agenda));
    }
}
