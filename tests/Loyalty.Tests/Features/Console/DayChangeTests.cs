using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Features.Console;

namespace Loyalty.Tests.Features.Console;

public sealed class DayChangeTests
{
    /// <summary>Three steps; the first is on stage.</summary>
    private static LiveWorkshop Day => Workshops.Draft().After(new Command.Start(), new Command.GoTo(Workshops.Named));

    private static IEnumerable<string> Order(IEnumerable<Activity> agenda) => agenda.Select(a => a.Id.Value);

    private static LiveWorkshop Apply(LiveWorkshop day, System.Collections.Immutable.ImmutableArray<Activity> agenda) => day.After(new Command.ReplaceAgenda(agenda));

    [Fact]
    public void Skipped_step_takes_no_time_and_next_passes_it_over()
    {
        var day = Apply(Day, DayChange.Skip(Day, Workshops.Anonymous));

        var forecast = AgendaClock.At(day, Workshops.Nine);
        Assert.Equal(StepMark.Skipped, forecast.Steps[1].Mark);
        Assert.Equal(Workshops.Nine.AddMinutes(20), forecast.ExpectedEnd);
        day = day.After(new Command.SetPhase(Loyalty.Engine.Exercises.Phase.Revealed));
        Assert.Equal(Workshops.Lasting, Moves.Next(day)!.To!.Id);
        day = day.After(new Command.GoTo(Workshops.Lasting));
        Assert.Equal(Workshops.Named, Moves.Back(day)!.To!.Id);
    }

    [Fact]
    public void Skipped_step_that_is_taken_up_stands_at_its_place_again()
    {
        var day = Apply(Day, DayChange.Skip(Day, Workshops.Anonymous));

        day = Apply(day, DayChange.TakeUp(day, Workshops.Anonymous));

        Assert.Equal(Order(Day.Agenda), Order(day.Agenda));
        Assert.Equal(StepMark.Ahead, AgendaClock.At(day, Workshops.Nine).Steps[1].Mark);
    }

    [Fact]
    public void Step_that_the_day_has_passed_comes_next_when_it_is_taken_up()
    {
        var day = Day.After(new Command.GoTo(Workshops.Lasting));

        day = Apply(day, DayChange.TakeUp(day, Workshops.Anonymous));

        Assert.Equal(["named-word", "lasting-word", "anonymous-word"], Order(day.Agenda));
    }

    [Fact]
    public void Step_changes_places_only_with_what_has_not_been_on_stage()
    {
        Assert.False(DayChange.CanMove(Day, Workshops.Anonymous, -1));
        Assert.False(DayChange.CanMove(Day, Workshops.Lasting, 1));
        Assert.Equal(["named-word", "lasting-word", "anonymous-word"], Order(DayChange.Move(Day, Workshops.Lasting, -1)));
        Assert.Equal(Order(Day.Agenda), Order(DayChange.Move(Day, Workshops.Anonymous, -1)));
    }

    [Fact]
    public void Inserted_step_comes_next_under_an_id_of_its_own()
    {
        var day = Apply(Day, DayChange.Insert(Day, Day.Agenda[2]));
        Assert.Equal(["named-word", "lasting-word-2", "anonymous-word", "lasting-word"], Order(day.Agenda));

        var lobby = Workshops.Draft().After(new Command.Start());
        Assert.Equal("lasting-word-2", DayChange.Insert(lobby, Day.Agenda[2])[0].Id.Value);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0, 1)]
    [InlineData(9999, 480)]
    public void Minutes_stay_within_their_range(int minutes, int kept) => Assert.Equal(kept, DayChange.SetMinutes(Day, Workshops.Lasting, minutes)[2].Minutes);

    [Fact]
    public void What_is_on_stage_is_not_changed()
    {
        Assert.Equal(Day.Agenda[0], DayChange.SetMinutes(Day, Workshops.Named, 3)[0]);
        Assert.Equal(Day.Agenda[0], DayChange.Skip(Day, Workshops.Named)[0]);
    }
}
