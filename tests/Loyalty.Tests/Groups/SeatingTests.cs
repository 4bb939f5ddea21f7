using System.Collections.Immutable;
using Loyalty.Engine.Groups;

namespace Loyalty.Tests.Groups;

public sealed class SeatingTests
{
    [Fact]
    public void Late_joiners_go_to_the_smallest_group_and_nobody_else_moves()
    {
        var people = Cast.Of(9);
        var formed = new Grouping([[.. people[..3].Select(p => p.Id)], [.. people[3..5].Select(p => p.Id)]], []);

        var before = formed.Seat(people[..5]);
        var after = formed.Seat(people);

        Assert.Equal([3, 2], before.Groups.Select(g => g.Members.Length));
        Assert.Equal([5, 4], after.Groups.Select(g => g.Members.Length));
        Assert.Equal(2, after.Of(people[5].Id)!.Number);
        Assert.All(before.Groups, group => Assert.Equal(group.Members, after.Groups[group.Number - 1].Members[..group.Members.Length]));
    }

    [Fact]
    public void Whoever_is_away_has_no_seat_and_takes_none()
    {
        var people = Cast.Of(5);
        var formed = new Grouping([[.. people[..2].Select(p => p.Id)], [.. people[2..4].Select(p => p.Id)]], [people[1].Id, people[4].Id]);

        var seating = formed.Seat(people);

        Assert.Null(seating.Of(people[1].Id));
        Assert.Null(seating.Of(people[4].Id));
        Assert.Equal([1, 2], seating.Groups.Select(g => g.Members.Length));
    }

    [Fact]
    public void Seats_are_counted_from_nought()
    {
        var people = Cast.Of(3);
        var group = new Grouping([[people[1].Id, people[0].Id]], []).Seat(people[..2]).Groups[0];

        Assert.Equal((0, 1, -1), (group.SeatOf(people[1].Id), group.SeatOf(people[0].Id), group.SeatOf(people[2].Id)));
        Assert.Equal(1, group.Number);
    }

    [Fact]
    public void Whoever_left_the_workshop_leaves_an_empty_seat_and_the_group_stays()
    {
        var people = Cast.Of(2);

        var seating = new Grouping([[people[0].Id], [Cast.Id(9)]], []).Seat(people);

        Assert.Equal([[people[0]], [people[1]]], seating.Groups.Select(g => g.Members));
    }

    [Fact]
    public void Same_people_get_the_same_seating_and_others_another()
    {
        var people = Cast.Of(3);
        var formed = new Grouping([[people[0].Id]], []);

        var seating = formed.Seat(people);

        Assert.Same(seating, formed.Seat(people));
        Assert.NotSame(seating, formed.Seat(people[..2]));
    }

    [Fact]
    public void Late_joiner_has_no_seat_where_no_groups_were_formed() => Assert.Empty(Grouping.None.Seat(Cast.Of(2)).Groups);

    [Fact]
    public void Groupings_are_equal_if_the_same_people_sit_in_the_same_order()
    {
        var ids = Cast.Of(3).Select(p => p.Id).ToArray();
        var one = new Grouping([[ids[0], ids[1]]], [ids[2]]);

        Assert.Equal(one, new Grouping([[ids[0], ids[1]]], [ids[2]]));
        Assert.Equal(one.GetHashCode(), new Grouping([[ids[0], ids[1]]], [ids[2]]).GetHashCode());
        Assert.NotEqual(one, new Grouping([[ids[1], ids[0]]], [ids[2]]));
        Assert.NotEqual(one, new Grouping([[ids[0], ids[1]]], []));
        Assert.NotEqual(one, new Grouping([[ids[0], ids[1]], []], [ids[2]]));
        Assert.NotEqual(new Grouping([[ids[0]], [ids[1]]], []), new Grouping([[ids[0]], [ids[2]]], []));
        Assert.False(one.Equals(null));
        Assert.False(one.IsEmpty);
    }
}
