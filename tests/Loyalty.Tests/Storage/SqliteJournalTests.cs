using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Storage;

public sealed class SqliteJournalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_has_no_changes_without_a_migration()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var db = storage.CreateDbContext();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Workshop_is_the_same_after_a_restart()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var anna = Workshops.Join("Anna", "Kitchen");
        var slot = Workshops.NewSlot();
        LiveWorkshop before;
        await using (var journal = storage.Journal())
        await using (var live = storage.LiveOn(journal))
        {
            var host = (await live.FindAsync(storage.Workshop, Cancel))!;
            await RunAsync(host, new Command.Start(), anna, new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open),
                Workshops.Word(anna.Id, Workshops.Named, "kind"), new Command.SetPhase(Phase.Revealed),
                new Command.GoTo(Workshops.Anonymous), new Command.SetPhase(Phase.Open), new Command.StartTimer(), new Command.ShowWhileOpen(true),
                Workshops.Word(anna.Id, Workshops.Anonymous, "quick", slot));
            before = host.Current;
        }

        await using var journalAfter = storage.Journal();
        await using var liveAfter = storage.LiveOn(journalAfter);
        var after = (await liveAfter.FindAsync(storage.Workshop, Cancel))!.Current;

        Assert.Equal(before.Status, after.Status);
        Assert.Equal(before.OnStage, after.OnStage);
        Assert.Equal(before.Keys.Order(Comparer<Loyalty.Engine.EntryKey>.Create((a, b) => a.Value.CompareTo(b.Value))), after.Keys.Order(Comparer<Loyalty.Engine.EntryKey>.Create((a, b) => a.Value.CompareTo(b.Value))));
        Assert.Equal("Anna", after.WithToken(anna.TokenHash!.Value)!.Name);
        foreach (var run in before.Runs.Values)
        {
            var again = after.Runs[run.Id];
            Assert.Equal((run.Phase, run.ShownWhileOpen), (again.Phase, again.ShownWhileOpen));
            Assert.Equal(run.Countdown is null, again.Countdown is null);
            Assert.Equal(run.SlotDepartments, again.SlotDepartments);
            Assert.Equal(((AnswerState<WordAnswer>)run.State).Answers, ((AnswerState<WordAnswer>)again.State).Answers);
        }

        Assert.True(after.Revision > 0 && after.StageRevision > 0);
    }

    [Fact]
    public async Task Anonymous_answer_leaves_no_participant_and_no_time_in_its_row()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        await using var live = storage.LiveOn(journal);
        var host = (await live.FindAsync(storage.Workshop, Cancel))!;
        var anna = Workshops.Join("Anna", "Kitchen");
        await RunAsync(host, new Command.Start(), anna, new Command.GoTo(Workshops.Anonymous), new Command.SetPhase(Phase.Open),
            Workshops.Word(anna.Id, Workshops.Anonymous, "quick", Workshops.NewSlot()), new Command.SetPhase(Phase.Closed));

        await using var db = storage.CreateDbContext();
        var row = await db.Responses.SingleAsync(Cancel);
        Assert.Equal(AuthorKind.Slot, row.AuthorKind);
        Assert.NotEqual(anna.Id.Value, row.AuthorId);
        Assert.Null(row.At);
        // One person in the kitchen is below the threshold, so the department went when the activity closed.
        Assert.Null(row.SlotDepartment);
    }

    [Fact]
    public async Task Locked_database_is_waited_for_and_nothing_is_lost()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        await using var live = storage.LiveOn(journal);
        var host = (await live.FindAsync(storage.Workshop, Cancel))!;
        await using var other = new SqliteConnection(storage.Data.ConnectionString);
        await other.OpenAsync(Cancel);
        var locked = other.BeginTransaction(System.Data.IsolationLevel.Serializable);

        var starting = host.SendAsync(new Command.Start(), Cancel);
        Assert.False(starting.IsCompleted);
        await locked.RollbackAsync(Cancel);

        Assert.IsType<Outcome.Done>(await starting);
        await using var db = storage.CreateDbContext();
        Assert.Equal(WorkshopStatus.Live, (await db.Workshops.SingleAsync(Cancel)).Status);
    }

    [Fact]
    public async Task Event_that_the_database_refuses_does_not_take_another_workshops_answers_with_it()
    {
        await using var storage = await StorageFixture.CreateAsync();
        await using var journal = storage.Journal();
        var participant = new Participant(Loyalty.Engine.ParticipantId.New(), "Anna", null, true, Workshops.Nine);
        var strangers = Loyalty.Engine.WorkshopId.New();

        // Together in one group: the first belongs to a workshop that does not exist, which a foreign key refuses.
        var bad = journal.AppendAsync(strangers, [new LiveEvent.ParticipantJoined(participant, null)], Cancel);
        var good = journal.AppendAsync(storage.Workshop, [new LiveEvent.ParticipantJoined(participant with { Id = Loyalty.Engine.ParticipantId.New() }, null)], Cancel);

        await Assert.ThrowsAsync<JournalException>(() => bad);
        await good;
        await using var db = storage.CreateDbContext();
        Assert.Equal(1, await db.Participants.CountAsync(Cancel));
    }

    private static async Task RunAsync(LiveWorkshopHost host, params Command[] commands)
    {
        foreach (var command in commands)
        {
            var outcome = await host.SendAsync(command, Cancel);
            Assert.False(outcome is Outcome.Refused or Outcome.Unavailable, $"{command} was answered with {outcome}.");
        }
    }
}
