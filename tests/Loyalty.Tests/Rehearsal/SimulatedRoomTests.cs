using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Features.WorkshopsFeature;
using Loyalty.Web.Demo;
using Loyalty.Web.Live.Simulation;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Rehearsal;

public sealed class SimulatedRoomTests
{
    private const int People = 24;
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Room_takes_every_exercise_of_the_ninety_minutes_to_its_end()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var agenda = CurriculumLibrary.Load("en").Agendas.Single(a => a.Id == "ninety-minutes").Activities.Where(a => fixture.Rulebook.Knows(a.Type)).ToImmutableArray();
        var id = await fixture.CreateAsync(fixture.Miriam, DeskFixture.Plan(agenda: agenda));
        var time = new ShiftedTime(Nine);
        LiveWorkshop after;
        await using (var host = await HostAsync(fixture, id, time))
        {
            await new DemoRun(host, DeskFixture.Catalogue, People, time).RunAsync(Cancel);
            after = host.Current;
        }

        Assert.Equal(WorkshopStatus.Ended, after.Status);
        Assert.Equal(People, after.Participants.Count);
        Assert.All(after.Participants.Values, p => Assert.True(p.HasPhone));
        foreach (var activity in agenda.Where(a => fixture.Rulebook.Of(a).TakesAnswers))
        {
            // Most answer; a few are silent, skip one, or are not done in time.
            Assert.InRange(after.StateOf(activity).Respondents, People * 2 / 3, People);
            Assert.Equal(Phase.Revealed, after.PhaseOf(activity.Id));
        }

        await using var db = fixture.Storage.CreateDbContext();
        var responses = await db.Responses.Where(r => r.WorkshopId == id.Value).ToListAsync(Cancel);
        Assert.Equal(after.Keys.Count, responses.Count);
        var anonymous = agenda.Where(a => a.Anonymity == Anonymity.Anonymous).Select(a => a.Id.Value).ToHashSet();
        Assert.All(responses.Where(r => anonymous.Contains(r.ActivityId)), r => Assert.Equal(AuthorKind.Slot, r.AuthorKind));
        Assert.All(responses.Where(r => !anonymous.Contains(r.ActivityId)), r => Assert.Equal(AuthorKind.Participant, r.AuthorKind));
    }

    [Fact]
    public async Task People_come_in_one_after_the_other_and_are_all_there_after_a_few_minutes()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var (room, host, time) = await LiveRoomAsync(fixture);
        await using var _ = host;

        await GoOnAsync(room, time, TimeSpan.FromSeconds(8));
        Assert.InRange(host.Current.Participants.Count, 1, People - 1);

        await GoOnAsync(room, time, TimeSpan.FromMinutes(5));
        Assert.Equal(People, host.Current.Participants.Count);
        Assert.Equal(People, host.Current.PhonesHere);
        Assert.Equal(host.Current.Info.Departments.Order(), host.Current.Participants.Values.Select(p => p.Department!).Distinct().Order());
    }

    [Fact]
    public async Task Answers_come_in_over_time_and_none_after_the_close()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var (room, host, time) = await LiveRoomAsync(fixture);
        await using var _ = host;
        await GoOnAsync(room, time, TimeSpan.FromMinutes(5));
        await host.SendAsync(new Command.GoTo(DeskFixture.Question.Id), Cancel);
        await GoOnAsync(room, time, TimeSpan.FromMinutes(1));
        Assert.Empty(host.Current.Keys);

        await host.SendAsync(new Command.SetPhase(Phase.Open), Cancel);
        await GoOnAsync(room, time, TimeSpan.FromSeconds(6));
        Assert.InRange(host.Current.Keys.Count, 0, People / 2);
        await GoOnAsync(room, time, TimeSpan.FromSeconds(60));
        var atClose = host.Current.Keys.Count;
        Assert.InRange(atClose, People / 2, People * 2);

        await host.SendAsync(new Command.SetPhase(Phase.Closed), Cancel);
        await GoOnAsync(room, time, TimeSpan.FromMinutes(3));
        Assert.Equal(atClose, host.Current.Keys.Count);
    }

    [Fact]
    public async Task The_same_people_come_back_after_a_restart_and_nobody_answers_an_anonymous_question_twice()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var question = DeskFixture.Question with { Anonymity = Anonymity.Anonymous };
        var id = await fixture.CreateAsync(fixture.Miriam, DeskFixture.Plan(agenda: [question]));
        var time = new ShiftedTime(Nine);
        int answered;
        ImmutableHashSet<ParticipantId> people;
        await using (var host = await HostAsync(fixture, id, time))
        {
            await host.SendAsync(new Command.Start(), Cancel);
            var room = new SimulatedRoom(host, DeskFixture.Catalogue, People);
            await GoOnAsync(room, time, TimeSpan.FromMinutes(5));
            await host.SendAsync(new Command.GoTo(question.Id), Cancel);
            await host.SendAsync(new Command.SetPhase(Phase.Open), Cancel);
            await GoOnAsync(room, time, TimeSpan.FromMinutes(3));
            people = [.. host.Current.Participants.Keys];
            answered = host.Current.StateOf(question).Respondents;
        }

        await using var again = await HostAsync(fixture, id, time);
        var roomAgain = new SimulatedRoom(again, DeskFixture.Catalogue, People);
        await GoOnAsync(roomAgain, time, TimeSpan.FromMinutes(3));

        Assert.True(people.SetEquals(again.Current.Participants.Keys));
        Assert.Equal(People, again.Current.PhonesHere);
        Assert.InRange(again.Current.StateOf(question).Respondents, answered, People);
        Assert.All(again.Current.Keys.GroupBy(k => k), group => Assert.Single(group));
    }

    [Fact]
    public async Task Room_is_over_when_its_host_is_gone()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var (room, host, _) = await LiveRoomAsync(fixture);
        Assert.False(room.IsOver);

        await host.DisposeAsync();

        Assert.True(room.IsOver);
        await room.RunAsync(TimeProvider.System, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public void Five_hundred_people_have_five_hundred_names()
    {
        var cast = SimulatedCast.Of(WorkshopId.New(), SimulatedRoom.MaxParticipants, ["A", "B", "C"]);

        Assert.Equal(SimulatedRoom.MaxParticipants, cast.Select(p => p.Name).Distinct().Count());
        Assert.Equal(SimulatedRoom.MaxParticipants, cast.Select(p => p.Id).Distinct().Count());
        Assert.All(cast, p => Assert.InRange(p.Name.Length, 3, Participant.MaxNameLength));
    }

    private static async Task<(SimulatedRoom Room, LiveWorkshopHost Host, ShiftedTime Time)> LiveRoomAsync(DeskFixture fixture)
    {
        var time = new ShiftedTime(Nine);
        var host = await HostAsync(fixture, await fixture.CreateAsync(fixture.Miriam), time);
        await host.SendAsync(new Command.Start(), Cancel);
        return (new SimulatedRoom(host, DeskFixture.Catalogue, People), host, time);
    }

    private static async Task<LiveWorkshopHost> HostAsync(DeskFixture fixture, WorkshopId id, ShiftedTime time) =>
        new(Restore.From((await fixture.Journal.LoadAsync(id, Cancel))!, fixture.Rulebook, time.GetUtcNow()), fixture.Journal, new NoPublisher(), time);

    private static async Task GoOnAsync(SimulatedRoom room, ShiftedTime time, TimeSpan duration)
    {
        var step = TimeSpan.FromSeconds(2);
        for (var left = duration; left > TimeSpan.Zero; left -= step)
        {
            time.Advance(step);
            await room.StepAsync(time.GetUtcNow(), Cancel);
        }
    }
}
