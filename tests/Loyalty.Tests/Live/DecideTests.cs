using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class DecideTests
{
    private static readonly Command.Join Anna = Workshops.Join("Anna");

    private static LiveWorkshop Lobby => Workshops.Draft().After(new Command.Start(), Anna);

    private static LiveWorkshop Open(ActivityId activity) => Lobby.After(new Command.GoTo(activity), new Command.SetPhase(Phase.Open));

    private static string RefusalOf(LiveWorkshop workshop, Command command) =>
        Assert.Single(Assert.IsType<Outcome.Refused>(Decide.On(workshop, command, Workshops.Nine).Outcome).Reasons).Code;

    [Fact]
    public void Joining_a_draft_is_refused() => Assert.Equal("workshop-not-live", RefusalOf(Workshops.Draft(), Anna));

    [Fact]
    public void Joining_twice_with_the_same_id_gives_the_same_participant()
    {
        var again = Decide.On(Lobby, Anna with { Name = "Somebody else" }, Workshops.Nine);

        Assert.Equal("Anna", Assert.IsType<Outcome.Joined>(again.Outcome).Participant.Name);
        Assert.Empty(again.Events);
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData("   ", "required")]
    [InlineData("A name that goes on and on until it is longer than sixty characters", "too-long")]
    public void Joining_with_a_bad_name_is_refused_at_the_field(string name, string code)
    {
        var refused = Assert.IsType<Outcome.Refused>(Decide.On(Lobby, Workshops.Join(name), Workshops.Nine).Outcome);

        var reason = Assert.Single(refused.Reasons);
        Assert.Equal((code, "name"), (reason.Code, reason.Field));
    }

    [Fact]
    public void Joining_needs_one_of_the_departments_where_there_are_some()
    {
        var live = Workshops.Draft("Reception", "Kitchen").After(new Command.Start());

        Assert.Equal("required", RefusalOf(live, Workshops.Join("Bo")));
        Assert.Equal("choice", RefusalOf(live, Workshops.Join("Bo", "Cellar")));
        Assert.IsType<Outcome.Joined>(Decide.On(live, Workshops.Join("Bo", "Kitchen"), Workshops.Nine).Outcome);
    }

    [Theory]
    [InlineData(Phase.Waiting)]
    [InlineData(Phase.Closed)]
    [InlineData(Phase.Revealed)]
    public void Answer_is_refused_unless_the_activity_is_open(Phase phase)
    {
        var workshop = Lobby.After(new Command.GoTo(Workshops.Named), new Command.SetPhase(phase));

        Assert.Equal("not-open", RefusalOf(workshop, Workshops.Word(Anna.Id, Workshops.Named, "kind")));
    }

    [Fact]
    public void Answer_to_an_open_activity_is_stored_and_the_later_one_counts()
    {
        var workshop = Open(Workshops.Named).After(Workshops.Word(Anna.Id, Workshops.Named, "kind"), Workshops.Word(Anna.Id, Workshops.Named, "quick"));

        Assert.Equal("quick", TallyOf(workshop, Workshops.Named).Words);
        Assert.True(workshop.HasAnswered(workshop.Find(Workshops.Named)!, Anna.Id));
    }

    [Fact]
    public void Answer_sent_again_is_saved_once_even_after_closing()
    {
        var answer = Workshops.Word(Anna.Id, Workshops.Named, "kind");
        var closed = Open(Workshops.Named).After(answer, new Command.SetPhase(Phase.Closed));

        var again = Decide.On(closed, answer, Workshops.Nine);

        Assert.Equal(new Outcome.Saved(answer.Key), again.Outcome);
        Assert.Empty(again.Events);
        Assert.Same(closed, again.Next);
    }

    [Fact]
    public void Answer_of_a_stranger_is_refused() =>
        Assert.Equal("not-a-participant", RefusalOf(Open(Workshops.Named), Workshops.Word(ParticipantId.New(), Workshops.Named, "kind")));

    [Fact]
    public void Answer_while_paused_is_refused()
    {
        var paused = Open(Workshops.Named).After(new Command.Pause());

        Assert.Equal("workshop-paused", RefusalOf(paused, Workshops.Word(Anna.Id, Workshops.Named, "kind")));
    }

    [Fact]
    public void Anonymous_answer_stores_neither_the_participant_nor_the_time()
    {
        var decision = Decide.On(Open(Workshops.Anonymous), Workshops.Word(Anna.Id, Workshops.Anonymous, "kind", Workshops.NewSlot()), Workshops.Nine);

        var entry = Assert.IsType<LiveEvent.EntryAccepted>(Assert.Single(decision.Events)).Entry;
        Assert.Equal(AuthorKind.Slot, entry.Author.Kind);
        Assert.Null(entry.At);
        Assert.DoesNotContain(Anna.Id.ToString(), entry.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Anna.Id.Value.ToString(), entry.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Anonymous_answer_without_a_slot_is_refused() =>
        Assert.Equal("no-slot", RefusalOf(Open(Workshops.Anonymous), Workshops.Word(Anna.Id, Workshops.Anonymous, "kind")));

    [Fact]
    public void Anonymous_participant_cannot_answer_again_from_a_second_slot()
    {
        var answered = Open(Workshops.Anonymous).After(Workshops.Word(Anna.Id, Workshops.Anonymous, "kind", Workshops.NewSlot()));

        Assert.Equal("answered-elsewhere", RefusalOf(answered, Workshops.Word(Anna.Id, Workshops.Anonymous, "quick", Workshops.NewSlot())));
    }

    [Fact]
    public void Segments_below_the_threshold_are_forgotten_when_an_anonymous_activity_closes()
    {
        var live = Workshops.Draft("Reception", "Kitchen").After(new Command.Start(), new Command.GoTo(Workshops.Anonymous), new Command.SetPhase(Phase.Open));
        foreach (var (department, people) in new[] { ("Reception", 5), ("Kitchen", 4) })
        {
            for (var i = 0; i < people; i++)
            {
                var join = Workshops.Join($"{department} {i}", department);
                live = live.After(join, Workshops.Word(join.Id, Workshops.Anonymous, "kind", Workshops.NewSlot()));
            }
        }

        var decision = Decide.On(live, new Command.SetPhase(Phase.Closed), Workshops.Nine);

        Assert.Equal(["Kitchen"], Assert.Single(decision.Events.OfType<LiveEvent.SlotDepartmentsForgotten>()).Departments);
        Assert.All(decision.Next.Runs[Workshops.Anonymous].SlotDepartments.Values, d => Assert.Equal("Reception", d));
    }

    [Fact]
    public void Activity_left_open_is_closed_behind_the_facilitator()
    {
        var moved = Open(Workshops.Named).After(new Command.GoTo(Workshops.Anonymous));

        Assert.Equal(Phase.Closed, moved.PhaseOf(Workshops.Named));
        Assert.Null(moved.Runs[Workshops.Named].OnStageSince);
    }

    [Fact]
    public void Answer_that_stays_editable_is_taken_after_the_end_and_others_are_not()
    {
        var ended = Open(Workshops.Lasting).After(new Command.End());

        Assert.IsType<Outcome.Saved>(Decide.On(ended, Workshops.Word(Anna.Id, Workshops.Lasting, "later"), Workshops.Nine).Outcome);
        Assert.Equal("workshop-ended", RefusalOf(ended.After(), new Command.GoTo(Workshops.Named)));
    }

    [Fact]
    public void Countdown_begins_with_the_stage_where_the_rules_say_so_and_goes_on_where_it_was_left()
    {
        var pause = Workshops.Agenda[0] with { Id = new ActivityId("pause"), Type = "pause" };
        var onStage = Restore.From(Workshops.Stored() with { Agenda = [pause] }, new ExerciseRulebook([new WordRules("pause", startsTimer: true)]), Workshops.Nine)
            .After(new Command.Start(), new Command.GoTo(pause.Id));
        Assert.Equal(new Countdown(Workshops.Nine.AddMinutes(10), TimeSpan.FromMinutes(10)), onStage.CurrentRun!.Countdown);

        var left = Decide.On(onStage, new Command.GoTo(null), Workshops.Nine.AddMinutes(4)).Next;
        Assert.Equal(new Countdown(null, TimeSpan.FromMinutes(6)), left.Runs[pause.Id].Countdown);

        var back = Decide.On(left, new Command.GoTo(pause.Id), Workshops.Nine.AddMinutes(30)).Next;
        Assert.Equal(new Countdown(Workshops.Nine.AddMinutes(36), TimeSpan.FromMinutes(6)), back.CurrentRun!.Countdown);
        Assert.Null(Lobby.After(new Command.GoTo(Workshops.Named)).CurrentRun!.Countdown);
    }

    [Fact]
    public void Dark_room_changes_what_is_shown_and_stores_nothing()
    {
        var open = Open(Workshops.Named);

        var dark = Decide.On(open, new Command.BlankRoom(true), Workshops.Nine);

        Assert.Empty(dark.Events);
        Assert.True(dark.Next.RoomIsBlank);
        Assert.Equal(open.StageRevision, dark.Next.StageRevision);
        Assert.False(dark.Next.After(new Command.BlankRoom(false)).RoomIsBlank);
    }

    public static TheoryData<Command> GoingOn => [new Command.SetPhase(Phase.Closed), new Command.GoTo(Workshops.Lasting), new Command.GoTo(null), new Command.Pause(), new Command.End()];

    [Theory]
    [MemberData(nameof(GoingOn))]
    public void Dark_room_is_back_when_the_facilitator_goes_on(Command command) =>
        Assert.False(Open(Workshops.Named).After(new Command.BlankRoom(true), command).RoomIsBlank);

    [Fact]
    public void Dark_room_stays_dark_while_answers_come_and_timers_run()
    {
        var dark = Open(Workshops.Named).After(new Command.BlankRoom(true), Workshops.Word(Anna.Id, Workshops.Named, "kind"), new Command.StartTimer());

        Assert.True(dark.RoomIsBlank);
    }

    [Fact]
    public void Countdown_starts_with_the_planned_minutes_and_takes_more()
    {
        var started = Open(Workshops.Named).After(new Command.StartTimer(), new Command.AddTime(TimeSpan.FromMinutes(1)));

        Assert.Equal(TimeSpan.FromMinutes(11), started.CurrentRun!.Countdown!.LeftAt(Workshops.Nine));
        Assert.Equal(TimeSpan.Zero, started.CurrentRun.Countdown.LeftAt(Workshops.Nine.AddHours(1)));
    }

    [Fact]
    public void Clock_of_an_activity_stands_still_while_paused()
    {
        var paused = Decide.On(Open(Workshops.Named), new Command.Pause(), Workshops.Nine.AddMinutes(4)).Next;

        var resumed = Decide.On(paused, new Command.Resume(), Workshops.Nine.AddMinutes(30)).Next;

        Assert.Equal(TimeSpan.FromMinutes(5), resumed.CurrentRun!.SpentAt(Workshops.Nine.AddMinutes(31)));
    }

    [Fact]
    public void Phone_that_holds_a_slot_counts_as_having_answered_again_after_a_restart()
    {
        var slot = Workshops.NewSlot();
        var answered = Open(Workshops.Anonymous).After(Workshops.Word(Anna.Id, Workshops.Anonymous, "kind", slot));
        var run = answered.Runs[Workshops.Anonymous];
        var restarted = answered with { Runs = answered.Runs.SetItem(run.Id, run with { AnsweredInMemory = [] }) };

        var back = restarted.After(new Command.Connect(Anna.Id, ImmutableDictionary<ActivityId, AuthorKey>.Empty.Add(run.Id, slot)));

        Assert.True(back.HasAnswered(back.Find(run.Id)!, Anna.Id));
        Assert.Equal("answered-elsewhere", RefusalOf(back, Workshops.Word(Anna.Id, run.Id, "quick", Workshops.NewSlot())));
    }

    [Fact]
    public void Agenda_cannot_lose_what_has_been_on_stage()
    {
        var workshop = Open(Workshops.Named);

        Assert.Equal("agenda-run-changed", RefusalOf(workshop, new Command.ReplaceAgenda([.. workshop.Agenda.Where(a => a.Id != Workshops.Named)])));
        Assert.Single(workshop.After(new Command.ReplaceAgenda([workshop.Find(Workshops.Named)!])).Agenda);
    }

    [Fact]
    public void Phone_that_joins_again_under_another_id_is_the_same_participant()
    {
        var again = Lobby.Unchanged(Anna with { Id = ParticipantId.New() });

        Assert.Equal(Anna.Id, Assert.IsType<Outcome.Joined>(again).Participant.Id);
    }

    [Fact]
    public void Participant_is_kept_with_a_clean_name_and_without_an_empty_department()
    {
        var join = Workshops.Join("  Bo ", "");

        var decision = Decide.On(Lobby, join, Workshops.Nine.AddMinutes(5));

        var bo = Assert.IsType<Outcome.Joined>(decision.Outcome).Participant;
        Assert.Equal(new Participant(join.Id, "Bo", null, true, Workshops.Nine.AddMinutes(5)), bo);
        Assert.Equal([new LiveEvent.ParticipantJoined(bo, join.TokenHash)], decision.Events);
        Assert.Equal(bo, decision.Next.WithToken(join.TokenHash!.Value));
        Assert.Equal(Lobby.Revision + 1, decision.Next.Revision);
        Assert.Equal(Lobby.StageRevision, decision.Next.StageRevision);
    }

    [Fact]
    public void Person_without_a_phone_has_no_token()
    {
        var decision = Decide.On(Lobby, new Command.Join(ParticipantId.New(), "Paper", null, null), Workshops.Nine);

        Assert.False(Assert.IsType<Outcome.Joined>(decision.Outcome).Participant.HasPhone);
        Assert.Equal(Lobby.Tokens, decision.Next.Tokens);
    }

    [Theory]
    [InlineData(Decide.MaxParticipants - 1, false)]
    [InlineData(Decide.MaxParticipants, true)]
    public void Workshop_takes_as_many_as_there_can_be_and_no_more(int people, bool full)
    {
        var crowd = Enumerable.Range(0, people).Select(_ => new Participant(ParticipantId.New(), "Somebody", null, true, Workshops.Nine)).ToImmutableDictionary(p => p.Id);
        var hall = Lobby with { Participants = crowd };

        var outcome = Decide.On(hall, Workshops.Join("One more"), Workshops.Nine).Outcome;

        if (full)
            Assert.Equal("workshop-full", Assert.Single(Assert.IsType<Outcome.Refused>(outcome).Reasons).Code);
        else
            Assert.IsType<Outcome.Joined>(outcome);
    }

    [Fact]
    public void Corrected_name_and_department_are_kept()
    {
        var join = Workshops.Join("Bo", "Kitchen");
        var live = Workshops.Draft("Reception", "Kitchen").After(new Command.Start(), join);

        var decision = Decide.On(live, new Command.Rename(join.Id, " Beau ", "Reception"), Workshops.Nine);

        var beau = decision.Next.Participants[join.Id];
        Assert.Equal(("Beau", "Reception", Workshops.Nine), (beau.Name, beau.Department, beau.JoinedAt));
        Assert.Equal([new LiveEvent.ParticipantChanged(beau)], decision.Events);
        Assert.Equal(live.Revision + 1, decision.Next.Revision);
        Assert.Equal("choice", live.RefusalOf(new Command.Rename(join.Id, "Beau", "Cellar")));
        Assert.Equal("not-a-participant", live.RefusalOf(new Command.Rename(ParticipantId.New(), "Beau", "Reception")));
    }

    [Fact]
    public void Named_answer_is_stored_with_its_author_and_time_and_without_a_segment()
    {
        var join = Workshops.Join("Bo", "Kitchen");
        var open = Workshops.Draft("Kitchen").After(new Command.Start(), join, new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open));
        var answer = Workshops.Word(join.Id, Workshops.Named, "kind");

        var decision = Decide.On(open, answer, Workshops.Nine.AddMinutes(2));

        var entry = Assert.IsType<LiveEvent.EntryAccepted>(Assert.Single(decision.Events)).Entry;
        Assert.Equal(new Entry(answer.Key, Workshops.Named, AuthorKey.Of(join.Id), null, "word", 1, """{"word":"kind"}""", Workshops.Nine.AddMinutes(2)), entry);
        Assert.Empty(decision.Next.CurrentRun!.SlotDepartments);
        Assert.Empty(decision.Next.CurrentRun.AnsweredInMemory);
        Assert.Equal((open.Revision + 1, open.StageRevision), (decision.Next.Revision, decision.Next.StageRevision));
    }

    [Fact]
    public void Anonymous_answer_carries_the_segment_and_not_the_person()
    {
        var join = Workshops.Join("Bo", "Kitchen");
        var open = Workshops.Draft("Kitchen").After(new Command.Start(), join, new Command.GoTo(Workshops.Anonymous), new Command.SetPhase(Phase.Open));
        var slot = Workshops.NewSlot();

        var decision = Decide.On(open, Workshops.Word(join.Id, Workshops.Anonymous, "kind", slot), Workshops.Nine);

        Assert.Equal("Kitchen", Assert.IsType<LiveEvent.EntryAccepted>(Assert.Single(decision.Events)).Entry.SlotDepartment);
        Assert.Equal("Kitchen", decision.Next.DepartmentOf(Workshops.Anonymous, slot));
    }

    [Fact]
    public void Anonymous_participant_may_change_the_answer_in_their_slot()
    {
        var slot = Workshops.NewSlot();
        var changed = Open(Workshops.Anonymous).After(Workshops.Word(Anna.Id, Workshops.Anonymous, "kind", slot), Workshops.Word(Anna.Id, Workshops.Anonymous, "quick", slot));

        Assert.Equal(new WordTally(1, "quick"), TallyOf(changed, Workshops.Anonymous));
    }

    [Fact]
    public void Participant_cannot_pass_for_a_slot() =>
        Assert.Equal("no-slot", RefusalOf(Open(Workshops.Anonymous), Workshops.Word(Anna.Id, Workshops.Anonymous, "kind", AuthorKey.Of(Anna.Id))));

    [Fact]
    public void Answer_to_what_was_never_on_stage_is_refused()
    {
        Assert.Equal("not-on-stage", RefusalOf(Lobby, Workshops.Word(Anna.Id, Workshops.Named, "kind")));
        Assert.Equal("not-on-stage", RefusalOf(Lobby, Workshops.Word(Anna.Id, new ActivityId("elsewhere"), "kind")));
    }

    [Fact]
    public void Answer_after_the_end_is_refused() =>
        Assert.Equal("workshop-ended", RefusalOf(Open(Workshops.Named).After(new Command.End()), Workshops.Word(Anna.Id, Workshops.Named, "kind")));

    [Fact]
    public void Answer_that_stays_editable_waits_for_the_facilitator_too() =>
        Assert.Equal("not-open", RefusalOf(Lobby.After(new Command.GoTo(Workshops.Lasting)), Workshops.Word(Anna.Id, Workshops.Lasting, "kind")));

    [Fact]
    public void Answer_that_the_rules_refuse_changes_nothing()
    {
        var refused = Assert.IsType<Outcome.Refused>(Open(Workshops.Named).Unchanged(Workshops.Word(Anna.Id, Workshops.Named, "much too long a word")));

        Assert.Equal(("too-long", "word"), (Assert.Single(refused.Reasons).Code, refused.Reasons[0].Field));
    }

    private static WordTally TallyOf(LiveWorkshop workshop, ActivityId id)
    {
        var activity = workshop.Find(id)!;
        return (WordTally)workshop.Rulebook.Of(activity).Tally(workshop.ContextOf(activity), workshop.StateOf(activity));
    }
}
