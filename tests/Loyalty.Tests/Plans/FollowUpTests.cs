using Loyalty.Engine.Plans;

namespace Loyalty.Tests.Plans;

public sealed class FollowUpTests
{
    private static readonly DateOnly Workshop = new(2026, 3, 2);

    private static CheckInStanding Day(int days, CheckInState? author = null, CheckInState? partner = null) => new(Workshop.AddDays(days), author, partner);

    private static FollowUpState On(int day, DateOnly? by, params CheckInStanding[] checkIns) => FollowUp.Of(by, checkIns, Workshop.AddDays(day));

    [Theory]
    [InlineData(29, FollowUpState.OnTrack)]
    [InlineData(30, FollowUpState.Due)]
    [InlineData(37, FollowUpState.Due)]
    [InlineData(38, FollowUpState.Overdue)]
    public void Check_in_that_nobody_told_about_is_due_and_after_a_week_overdue(int day, FollowUpState expected) => Assert.Equal(expected, On(day, null, Day(30), Day(60)));

    [Fact]
    public void What_was_told_later_answers_for_the_check_ins_before_it() =>
        Assert.Equal(FollowUpState.OnTrack, On(61, null, Day(30), Day(60, CheckInState.InProgress), Day(90)));

    [Fact]
    public void Commitment_that_was_stuck_and_went_on_is_on_track() =>
        Assert.Equal(FollowUpState.OnTrack, On(61, null, Day(30, CheckInState.Stuck), Day(60, CheckInState.InProgress), Day(90)));

    [Fact]
    public void Next_check_in_is_asked_for_again_after_progress() =>
        Assert.Equal(FollowUpState.Due, On(60, null, Day(30, CheckInState.InProgress), Day(60)));

    [Theory]
    [InlineData(CheckInState.Stuck, null)]
    [InlineData(CheckInState.InProgress, CheckInState.Stuck)]
    [InlineData(CheckInState.Done, CheckInState.Stuck)]
    [InlineData(null, CheckInState.Stuck)]
    public void Either_of_the_two_can_say_that_it_is_stuck(CheckInState? author, CheckInState? partner) => Assert.Equal(FollowUpState.Stuck, On(31, null, Day(30, author, partner)));

    [Fact]
    public void Longest_silence_counts_where_several_check_ins_were_missed() =>
        Assert.Equal(FollowUpState.Overdue, On(61, null, Day(30), Day(60)));

    [Fact]
    public void Done_stays_done_whatever_day_it_is() => Assert.Equal(FollowUpState.Done, On(200, Workshop.AddDays(10), Day(30, CheckInState.Done), Day(60), Day(90)));

    [Fact]
    public void Partner_alone_cannot_say_that_it_is_done() => Assert.Equal(FollowUpState.OnTrack, On(31, null, Day(30, null, CheckInState.Done)));

    [Fact]
    public void Promised_day_that_passed_in_silence_is_due_and_then_overdue()
    {
        var by = Workshop.AddDays(10);
        Assert.Equal(FollowUpState.OnTrack, On(10, by));
        Assert.Equal(FollowUpState.Due, On(11, by));
        Assert.Equal(FollowUpState.Overdue, On(18, by, Day(30)));
        Assert.Equal(FollowUpState.OnTrack, On(31, by, Day(30, CheckInState.InProgress)));
    }

    [Fact]
    public void Promised_day_is_answered_for_by_what_was_told_on_that_day_and_not_by_what_was_told_before()
    {
        Assert.Equal(FollowUpState.OnTrack, On(31, Workshop.AddDays(30), Day(30, CheckInState.InProgress)));
        Assert.Equal(FollowUpState.Due, On(32, Workshop.AddDays(31), Day(30, CheckInState.InProgress)));
    }

    [Fact]
    public void Order_in_which_check_ins_are_given_does_not_matter() =>
        Assert.Equal(FollowUpState.OnTrack, On(61, null, Day(90), Day(60, CheckInState.InProgress), Day(30)));
}
