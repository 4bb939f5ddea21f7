using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;
using Loyalty.Web.Exercises.GroupWork;

namespace Loyalty.Tests.Exercises.GroupWork;

public sealed class GroupWorkFormingTests
{
    [Fact]
    public void Next_forms_the_groups_then_begins_each_round_then_leaves_the_agenda_to_go_on()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);

        run.Next();
        Assert.Equal((2, 0), (run.Seats.Length, run.State.Part));
        run.Next();
        run.Next();
        Assert.Equal(2, run.State.Part);
        Assert.Null(run.Rules.Step(run.Context, run.State, forward: true));
        Assert.NotNull(run.Rules.Step(run.Context, run.State, forward: false));
    }

    [Fact]
    public void Next_does_not_wait_for_people_where_there_are_none()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay, people: 0);

        Assert.Equal("nobody-here", RefusalOf(run.Lead(("do", "form"))));
        run.Next();

        Assert.Equal(1, run.State.Part);
    }

    [Fact]
    public void Each_step_is_another_part_for_the_phones_and_each_round_starts_its_own_countdown()
    {
        var run = new GroupWorkRun(GroupWorkRun.Pairs);
        var before = run.State;

        run.Next();
        Assert.True(run.Rules.PartOf(run.State) > run.Rules.PartOf(before));
        Assert.Null(run.Rules.TimerAfter(run.Context, before, run.State));

        before = run.State;
        run.Next();
        Assert.True(run.Rules.PartOf(run.State) > run.Rules.PartOf(before));
        Assert.Equal(TimeSpan.FromMinutes(4), run.Rules.TimerAfter(run.Context, before, run.State));

        before = run.State;
        run.Lead(("do", "move"), ("person", run.People[0].Id.ToString()), ("group", "new"));
        Assert.True(run.Rules.PartOf(run.State) > run.Rules.PartOf(before));
        Assert.Null(run.Rules.TimerAfter(run.Context, before, run.State));
    }

    [Fact]
    public void People_who_are_not_here_are_left_out_until_they_are_brought_back()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.NotHere.Add(run.People[2].Id);

        run.Next();
        Assert.Equal("none", run.GivenTo(2, "seat"));
        Assert.Equal(8, run.Seats.Sum(g => g.Members.Length));

        run.Lead(("do", "back"), ("person", run.People[2].Id.ToString()));
        Assert.Equal("taken", run.GivenTo(2, "seat"));
        run.Lead(("do", "away"), ("person", run.People[2].Id.ToString()));
        Assert.Equal("none", run.GivenTo(2, "seat"));
    }

    [Fact]
    public void With_no_phone_connected_everybody_counts_as_here()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.NotHere.UnionWith(run.People.Select(p => p.Id));

        run.Next();

        Assert.Equal(9, run.Seats.Sum(g => g.Members.Length));
    }

    [Fact]
    public void Moving_one_person_moves_nobody_else_not_even_late_joiners()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();
        run.People = Loyalty.Tests.Groups.Cast.Of(12, 3);
        var before = run.People.ToDictionary(p => p.Id, p => run.State.Current.Seat(run.People).Of(p.Id)!.Number);
        var person = run.Seats[0].Members[0];

        run.Lead(("do", "move"), ("person", person.Id.ToString()), ("group", "2"));

        Assert.Equal(2, run.State.Current.Seat(run.People).Of(person.Id)!.Number);
        Assert.All(run.People.Where(p => p.Id != person.Id), p => Assert.Equal(before[p.Id], run.State.Current.Seat(run.People).Of(p.Id)!.Number));
    }

    [Fact]
    public void Late_joiner_gets_a_group_at_once_and_keeps_it_in_the_next_round()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();
        run.Next();

        run.People = Loyalty.Tests.Groups.Cast.Of(10, 3);
        var group = run.GivenTo(9, "group");
        run.Next();

        Assert.NotNull(group);
        Assert.Equal(group, run.GivenTo(9, "group"));
        // Written down with the round: who has met whom does not depend on who joins afterwards.
        Assert.Contains(run.State.Current.Groups, g => g.Contains(run.People[9].Id));
    }

    [Fact]
    public void Somebody_can_be_moved_to_a_group_of_their_own()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();

        run.Lead(("do", "move"), ("person", run.People[0].Id.ToString()), ("group", "new"));

        Assert.Equal("3", run.GivenTo(0, "group"));
    }

    [Fact]
    public void Groups_of_another_activity_go_on_with_those_who_came_later_and_without_those_who_left()
    {
        var run = new GroupWorkRun(GroupWorkRun.Stories, people: 8);
        run.Earlier = new Grouping([[.. run.People[..4].Select(p => p.Id)], [.. run.People[4..7].Select(p => p.Id)]], []);
        run.NotHere.Add(run.People[0].Id);

        run.Next();

        Assert.Equal(["2", "3", "4"], run.Seats[0].Members.Take(3).Select(p => p.Name[7..]));
        Assert.Equal(7, run.Seats.Sum(g => g.Members.Length));
        Assert.Equal("none", run.GivenTo(0, "seat"));
        Assert.Equal("taken", run.GivenTo(7, "seat"));
    }

    [Fact]
    public void Groups_are_formed_anew_where_the_other_activity_has_none_or_new_ones_are_wanted()
    {
        var run = new GroupWorkRun(GroupWorkRun.Stories, people: 8);
        run.Next();
        Assert.Equal([4, 4], run.Seats.Select(g => g.Members.Length));

        run.Earlier = new Grouping([[.. run.People.Select(p => p.Id)]], []);
        run.Lead(("do", "form"), ("fresh", "on"), ("mode", "random"), ("size", "2"));
        Assert.All(run.Seats, g => Assert.InRange(g.Members.Length, 2, 3));
    }

    [Fact]
    public void Pairs_meet_nobody_whom_they_have_met_in_another_activity_and_it_says_so_when_they_must()
    {
        var run = new GroupWorkRun(GroupWorkRun.Pairs, people: 4);
        var ids = run.People.Select(p => p.Id).ToArray();
        run.MetElsewhere.Add(new Grouping([[ids[0], ids[1]], [ids[2], ids[3]]], []));
        run.MetElsewhere.Add(new Grouping([[ids[0], ids[2]], [ids[1], ids[3]]], []));

        run.Next();
        Assert.Equal(run.GivenTo(0, "group"), run.GivenTo(3, "group"));
        Assert.False(run.State.Repeats);

        run.Next(); // now these pairs have worked together
        run.Lead(("do", "form"), ("fresh", "on"));
        Assert.True(run.State.Repeats);
        Assert.Equal(2, run.State.Groupings.Length);
    }

    [Fact]
    public void Groups_in_which_nobody_has_worked_do_not_count_as_having_met()
    {
        var run = new GroupWorkRun(GroupWorkRun.Pairs, people: 2);
        run.Next();

        run.Lead(("do", "form"), ("fresh", "on"));

        Assert.False(run.State.Repeats);
        Assert.Single(run.State.Groupings);
    }

    [Fact]
    public void Same_key_forms_the_same_groups_and_replaying_needs_neither_chance_nor_people()
    {
        var (one, other) = (new GroupWorkRun(GroupWorkRun.RolePlay, people: 23), new GroupWorkRun(GroupWorkRun.RolePlay, people: 23));
        one.Next();
        other.Next();
        Assert.Equal(one.State.Current, other.State.Current);

        one.Lead(("do", "away"), ("person", one.People[3].Id.ToString()));
        one.Next();
        var alone = RulesContext.For(one.Activity);
        var again = one.Entries.Aggregate((ExerciseState)GroupWorkState.Empty, (state, e) => one.Rules.Replay(alone, state, e.Key, e.Author, e.Json, 1));
        Assert.Equal(one.State.Current, ((GroupWorkState)again).Current);
        Assert.Equal((one.State.Part, one.State.Changes), (((GroupWorkState)again).Part, ((GroupWorkState)again).Changes));
    }

    [Theory]
    [InlineData("move", "choice")]
    [InlineData("away", "choice")]
    [InlineData("dance", "not-allowed")]
    public void What_makes_no_sense_is_refused(string verb, string code)
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);
        run.Next();

        Assert.Equal(code, RefusalOf(run.Lead(("do", verb), ("person", "nobody"), ("group", "99"))));
    }

    [Fact]
    public void Nobody_can_be_moved_before_there_are_groups()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);

        Assert.Equal("not-formed", RefusalOf(run.Lead(("do", "move"), ("person", run.People[0].Id.ToString()), ("group", "new"))));
    }

    [Fact]
    public void Participants_cannot_lead()
    {
        var run = new GroupWorkRun(GroupWorkRun.RolePlay);

        foreach (var verb in new[] { "form", "move", "away", "back", "go", "hide" })
            Assert.Equal("not-allowed", RefusalOf(run.Give(AuthorKey.Of(run.People[0].Id), ("do", verb), ("part", "1"))));
    }

    private static string RefusalOf(Verdict verdict) => Assert.Single(Assert.IsType<Verdict.Refused>(verdict).Reasons).Code;
}
