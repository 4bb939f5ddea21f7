using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class AttendanceTests
{
    private static readonly ImmutableArray<Command.Join> People = [.. Enumerable.Range(1, 7).Select(i => Workshops.Join($"Person {i}"))];

    private static LiveWorkshop On(ActivityId activity, params ReadOnlySpan<Command> then) =>
        Workshops.Draft().After([new Command.Start(), .. People, new Command.GoTo(activity), new Command.SetPhase(Phase.Open), .. then]);

    private static Command[] AnonymousWords(int count) =>
        [.. People.Take(count).Select(p => Workshops.Word(p.Id, Workshops.Anonymous, "kind", Workshops.NewSlot()))];

    [Fact]
    public void Person_without_a_phone_is_here_and_one_with_a_phone_only_while_connected()
    {
        var noPhone = new Command.Join(ParticipantId.New(), "Paper", null, null);
        var workshop = Workshops.Draft().After(
            new Command.Start(), noPhone, People[0], People[1], new Command.Connect(People[0].Id, ImmutableDictionary<ActivityId, AuthorKey>.Empty));

        Assert.Equal(2, Attendance.Count(workshop).Here);
        Assert.Equal(["Paper", People[0].Name], workshop.Participants.Values.Where(p => Attendance.IsHere(workshop, p)).Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Expected_is_never_less_than_answered()
    {
        var workshop = On(Workshops.Named, Workshops.Word(People[0].Id, Workshops.Named, "kind"));

        Assert.Equal((0, 1, 1), Attendance.Count(workshop));
    }

    [Fact]
    public void Named_activity_says_who_is_missing_while_open()
    {
        var attendance = Attendance.Of(On(Workshops.Named, Workshops.Word(People[2].Id, Workshops.Named, "kind")));

        Assert.Equal(WhoIsMissing.Named, attendance.Reason);
        Assert.Equal(People.Where(p => p != People[2]).Select(p => p.Name), attendance.Missing.Select(p => p.Name));
    }

    [Fact]
    public void Missing_people_of_one_name_stand_in_one_order_whoever_looks()
    {
        var (first, second) = (new ParticipantId(new Guid(1, 0, 0, new byte[8])), new ParticipantId(new Guid(2, 0, 0, new byte[8])));
        foreach (var joining in (ParticipantId[][])[[first, second], [second, first]])
        {
            var workshop = Workshops.Draft().After(new Command.Start(), new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open));
            foreach (var id in joining)
                workshop = workshop.After(Workshops.Join("Kim") with { Id = id });

            Assert.Equal([first, second], Attendance.Of(workshop).Missing.Select(p => p.Id));
        }
    }

    [Fact]
    public void Anonymous_activity_names_nobody_while_open()
    {
        var attendance = Attendance.Of(On(Workshops.Anonymous, AnonymousWords(6)));

        Assert.Equal((WhoIsMissing.NotWhileOpen, 6), (attendance.Reason, attendance.Answered));
        Assert.Empty(attendance.Missing);
    }

    [Fact]
    public void Anonymous_activity_names_nobody_below_the_threshold()
    {
        var attendance = Attendance.Of(On(Workshops.Anonymous, [.. AnonymousWords(4), new Command.SetPhase(Phase.Closed)]));

        Assert.Equal(WhoIsMissing.TooFewAnswers, attendance.Reason);
        Assert.Empty(attendance.Missing);
    }

    [Fact]
    public void Anonymous_activity_names_the_missing_once_closed_from_the_threshold_on()
    {
        var attendance = Attendance.Of(On(Workshops.Anonymous, [.. AnonymousWords(5), new Command.SetPhase(Phase.Closed)]));

        Assert.Equal(WhoIsMissing.Named, attendance.Reason);
        Assert.Equal(["Person 6", "Person 7"], attendance.Missing.Select(p => p.Name));
    }

    [Fact]
    public void Anonymous_activity_names_nobody_wrongly_after_a_restart()
    {
        var workshop = On(Workshops.Anonymous, [.. AnonymousWords(6), new Command.SetPhase(Phase.Closed)]);
        var run = workshop.CurrentRun!;
        var restarted = workshop with { Runs = workshop.Runs.SetItem(run.Id, run with { AnsweredInMemory = [] }) };

        Assert.Equal(WhoIsMissing.NotKnownYet, Attendance.Of(restarted).Reason);
    }

    [Fact]
    public void Lobby_and_waiting_have_nothing_to_answer()
    {
        var lobby = Workshops.Draft().After(new Command.Start(), People[0]);

        Assert.Equal(WhoIsMissing.NothingToAnswer, Attendance.Of(lobby).Reason);
        Assert.Equal(WhoIsMissing.NothingToAnswer, Attendance.Of(lobby.After(new Command.GoTo(Workshops.Named))).Reason);
    }
}
