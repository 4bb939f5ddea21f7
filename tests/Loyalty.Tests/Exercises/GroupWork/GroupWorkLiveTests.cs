using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.GroupWork;
using Loyalty.Web.Live;

namespace Loyalty.Tests.Exercises.GroupWork;

/// <summary>Group work in a live workshop: what carries it, and what the phones and the room get.</summary>
public sealed class GroupWorkLiveTests : IAsyncDisposable
{
    private static readonly ActivityId Id = new("work");

    private readonly ViewRenderer renderer = new();

    public ValueTask DisposeAsync() => renderer.DisposeAsync();

    [Fact]
    public void Each_part_is_a_new_stage_for_the_phones_and_a_round_starts_the_countdown()
    {
        var open = Open(out _);

        var formed = Next(open);
        var round = Next(formed);

        Assert.True(formed.StageRevision > open.StageRevision);
        Assert.Null(formed.CurrentRun!.Countdown);
        Assert.True(round.StageRevision > formed.StageRevision);
        Assert.Equal(Workshops.Nine + TimeSpan.FromMinutes(5), round.CurrentRun!.Countdown!.EndsAt);
    }

    [Fact]
    public void Closed_before_the_last_round_the_agenda_goes_on()
    {
        var closed = Next(Next(Open(out _))).After(new Command.SetPhase(Phase.Closed));

        Assert.Null(closed.Rulebook.Of(Work).Step(closed.ContextOf(Work), closed.StateOf(Work), forward: true));
        Assert.Null(closed.Rulebook.Of(Work).Step(closed.ContextOf(Work), closed.StateOf(Work), forward: false));
    }

    [Fact]
    public void What_a_participant_sends_is_no_new_stage_and_leaves_the_countdown()
    {
        var round = Next(Next(Open(out var people)));

        var after = round.After(new Command.Submit(EntryKey.New(), Id, people[0], null, Fields.Of(("do", "answer"), ("as-it-happened.felt", "4"))));

        Assert.Equal(round.StageRevision, after.StageRevision);
        Assert.Equal(round.CurrentRun!.Countdown, after.CurrentRun!.Countdown);
    }

    [Fact]
    public void Own_message_holds_group_and_role_beside_what_was_given()
    {
        var round = Next(Next(Open(out var people)))
            .After(new Command.Submit(EntryKey.New(), Id, people[0], null, Fields.Of(("do", "answer"), ("as-it-happened.felt", "4"))));

        var own = StageMessages.Own(round, Id.Value, people[0], slot: null)!;
        var other = StageMessages.Own(round, Id.Value, people[1], slot: null)!;

        Assert.True(own.Answered);
        Assert.Equal(["4"], own.Fields["as-it-happened.felt"]);
        Assert.NotEmpty(own.Fields["_group"]);
        Assert.False(other.Answered);
        Assert.NotEmpty(other.Fields["_role"]);
        Assert.NotEmpty(other.Items);
    }

    [Fact]
    public async Task Phone_fragment_holds_the_briefs_of_all_roles_and_nobodys_name()
    {
        var html = await renderer.Html(ExerciseShow.Of(Next(Next(Open(out _))), Work, ViewPlace.Phone));

        Assert.All(["Employee", "Customer", "Observer", "Treat the customer just as", "Watch the employee"], words => Assert.Contains(words, html, StringComparison.Ordinal));
        Assert.All(["data-when=\"role=observer\"", "name=\"as-it-happened.behaviour.greeting\"", "data-given=\"group\""], attribute => Assert.Contains(attribute, html, StringComparison.Ordinal));
        Assert.DoesNotContain("Guest", html, StringComparison.Ordinal);
        Assert.DoesNotContain("with-enthusiasm.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_shows_everybody_in_their_group_then_the_round_with_its_roles()
    {
        var formed = Next(Open(out _));
        var groups = await renderer.Html(ExerciseShow.Of(formed, Work, ViewPlace.Room));
        var round = await renderer.Html(ExerciseShow.Of(Next(formed), Work, ViewPlace.Room));

        Assert.Equal(9, Regex.Count(groups, "Guest \\d"));
        Assert.Contains("Round 1: as it happened", round, StringComparison.Ordinal);
        Assert.Contains("Observer", round, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(16, 4)]
    [InlineData(20, 4)]
    public void All_groups_of_a_usual_room_fit_on_the_display(int groups, int size) =>
        Assert.Equal(groups, GroupsFit.Of("A question?", [.. Enumerable.Repeat(size, groups)], longestName: 20).Shown);

    [Fact]
    public void One_trio_among_many_pairs_takes_no_room_from_the_other_rows() =>
        Assert.Equal(28, GroupsFit.Of("A question?", [3, .. Enumerable.Repeat(2, 27)], longestName: 14).Shown);

    [Fact]
    public void More_groups_than_fit_are_left_out_whole()
    {
        var fit = GroupsFit.Of("A question?", [.. Enumerable.Repeat(4, 200)], longestName: 20);

        Assert.InRange(fit.Shown, 12, 40);
        Assert.Equal(1, fit.Scale);
    }

    private static Activity Work { get; } = new(
        Id, "group-work", "Work", "Tests", 10, Anonymity.Named, "What?", "", "", JsonDocument.Parse(GroupWorkRun.RolePlay).RootElement, SpeakerNotes.None);

    private static LiveWorkshop Open(out ParticipantId[] people)
    {
        var joins = Enumerable.Range(1, 9).Select(i => Workshops.Join($"Guest {i}")).ToArray();
        people = [.. joins.Select(j => j.Id)];
        var stored = Workshops.Stored() with { Agenda = [Work] };
        return Restore.From(stored, new ExerciseRulebook([new GroupWorkRules()]), Workshops.Nine)
            .After([new Command.Start(), .. joins, new Command.GoTo(Id), new Command.SetPhase(Phase.Open)]);
    }

    private static LiveWorkshop Next(LiveWorkshop workshop) =>
        workshop.After(new Command.Moderate(EntryKey.New(), Id, workshop.Rulebook.Of(Work).Step(workshop.ContextOf(Work), workshop.StateOf(Work), forward: true)!));
}
