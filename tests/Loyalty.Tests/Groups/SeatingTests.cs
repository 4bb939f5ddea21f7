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
}
