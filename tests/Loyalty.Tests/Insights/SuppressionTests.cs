using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class SuppressionTests
{
    [Fact]
    public void Segments_at_the_threshold_are_shown()
    {
        var disclosure = Suppression.Of(Segments(("Sales", 5), ("Service", 9)), unassigned: 0, threshold: 5);

        Assert.Equal(["Sales", "Service"], disclosure.Shown.Order());
        Assert.Empty(disclosure.Hidden);
        Assert.True(disclosure.TotalShown);
    }

    [Fact]
    public void One_small_segment_takes_the_next_smallest_with_it()
    {
        // Otherwise the three of IT are the total minus the others.
        var disclosure = Suppression.Of(Segments(("Sales", 12), ("Service", 7), ("IT", 3)), unassigned: 0, threshold: 5);

        Assert.Equal(["Sales"], disclosure.Shown);
        Assert.Equal(["IT", "Service"], disclosure.Hidden);
        Assert.True(disclosure.TotalShown);
    }

    [Fact]
    public void Two_small_segments_that_are_small_together_take_the_next_smallest_with_them()
    {
        var disclosure = Suppression.Of(Segments(("Sales", 12), ("Service", 7), ("IT", 2), ("HR", 1)), unassigned: 0, threshold: 5);

        Assert.Equal(["Sales"], disclosure.Shown);
        Assert.Equal(["HR", "IT", "Service"], disclosure.Hidden);
    }

    [Fact]
    public void Small_segments_that_are_a_crowd_together_take_nobody_with_them() =>
        Assert.Equal(["Sales"], Suppression.Of(Segments(("Sales", 12), ("IT", 3), ("HR", 2)), unassigned: 0, threshold: 5).Shown);

    [Fact]
    public void People_without_a_segment_are_protected_like_a_segment() =>
        Assert.Equal(["Sales"], Suppression.Of(Segments(("Sales", 12), ("Service", 7)), unassigned: 2, threshold: 5).Shown);

    [Fact]
    public void Segments_of_equal_size_hide_by_name_so_that_every_screen_hides_the_same() =>
        Assert.Equal(["Service"], Suppression.Of(Segments(("Service", 7), ("Sales", 7), ("IT", 3)), unassigned: 0, threshold: 5).Shown);

    [Fact]
    public void Total_below_the_threshold_is_not_shown()
    {
        var disclosure = Suppression.Of(Segments(("Sales", 3), ("IT", 1)), unassigned: 0, threshold: 5);

        Assert.Empty(disclosure.Shown);
        Assert.False(disclosure.TotalShown);
    }

    [Fact]
    public void Segment_without_respondents_is_neither_shown_nor_hidden()
    {
        var disclosure = Suppression.Of(Segments(("Sales", 6), ("IT", 0)), unassigned: 0, threshold: 5);

        Assert.Equal(["Sales"], disclosure.Shown);
        Assert.Empty(disclosure.Hidden);
    }

    [Fact]
    public void Total_of_small_segments_is_shown_from_the_threshold_on()
    {
        var disclosure = Suppression.Of(Segments(("Sales", 3), ("IT", 1)), unassigned: 1, threshold: 5);

        Assert.Empty(disclosure.Shown);
        Assert.True(disclosure.TotalShown);
    }

    [Fact]
    public void Threshold_below_one_and_negative_numbers_of_people_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Suppression.Of([], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Suppression.Of([], -1, 5));
        Assert.False(Suppression.Of([], 0, 1).TotalShown);
    }

    [Fact]
    public void Nothing_shown_is_ever_small_and_nothing_hidden_can_be_worked_out() =>
        Prop.ForAll(Rooms, room =>
        {
            var disclosure = Suppression.Of(room.Segments, room.Unassigned, room.Threshold);
            var hidden = room.Segments.Where(s => !disclosure.Shown.Contains(s.Key)).Sum(s => s.Value) + room.Unassigned;
            var shownAreLarge = disclosure.Shown.All(s => room.Segments[s] >= room.Threshold);
            var restIsSafe = !disclosure.TotalShown || hidden == 0 || hidden >= room.Threshold;
            var nobodyAlone = disclosure.Hidden.Length != 1 || room.Unassigned > 0 || !disclosure.TotalShown || disclosure.Shown.IsEmpty;
            return shownAreLarge && restIsSafe && nobodyAlone;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_hidden_where_nobody_needs_it() =>
        Prop.ForAll(Rooms, room =>
        {
            if (room.Unassigned > 0 || room.Segments.Values.Any(n => n > 0 && n < room.Threshold))
                return true;
            return Suppression.Of(room.Segments, 0, room.Threshold).Hidden.IsEmpty;
        }).QuickCheckThrowOnFailure();

    private static Dictionary<string, int> Segments(params (string Name, int Count)[] segments) => segments.ToDictionary(s => s.Name, s => s.Count);

    private sealed record RoomOfSegments(Dictionary<string, int> Segments, int Unassigned, int Threshold);

    private static Arbitrary<RoomOfSegments> Rooms =>
        (from counts in Gen.Choose(0, 12).ListOf()
         from unassigned in Gen.Choose(0, 8)
         from threshold in Gen.Choose(1, 10)
         select new RoomOfSegments(counts.Select((c, i) => (c, i)).ToDictionary(p => $"d{p.i}", p => p.c), unassigned, threshold)).ToArbitrary();
}
