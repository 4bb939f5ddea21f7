using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Tests.Curriculum;

public sealed class AgendaPlanTests
{
    private static AgendaPlan Plan(int slot, params Activity[] steps) => AgendaPlan.Of([.. steps], new TimeOnly(9, 30), slot, Programmes.Rulebook);

    private static Activity Pause => Activity.Break(new ActivityId("break"), "Break", 15);

    [Fact]
    public void Steps_follow_each_other_from_the_start()
    {
        var plan = Plan(60, Programmes.Step("a", minutes: 20), Pause, Programmes.Step("b", minutes: 10));

        Assert.Equal(["09:30-09:50", "09:50-10:05", "10:05-10:15"], plan.Steps.Select(s => $"{s.Begins:HH:mm}-{s.Ends:HH:mm}"));
        Assert.Equal((45, 15), (plan.Minutes, plan.Left));
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void Agenda_that_is_longer_than_the_slot_says_by_how_much() =>
        Assert.Equal(new AgendaWarning.OverSlot(5), Assert.Single(Plan(25, Programmes.Step("a", minutes: 30)).Warnings));

    [Theory]
    [InlineData(120, false)]
    [InlineData(121, true)]
    public void Two_hours_without_a_break_are_the_most(int minutes, bool warns)
    {
        var plan = Plan(500, Programmes.Step("first", minutes: minutes - 20), Programmes.Step("last", minutes: 20), Pause, Programmes.Step("after", minutes: 100));

        if (!warns)
            Assert.Empty(plan.Warnings);
        else
            Assert.Equal(("first", "last", minutes), Assert.IsType<AgendaWarning.NoBreak>(Assert.Single(plan.Warnings)) is var w ? (w.First.Title, w.Last.Title, w.Minutes) : default);
    }

    [Fact]
    public void Step_without_its_inputs_names_them()
    {
        var insight = Insight("priorities", "grades");

        var missing = Plan(500, insight).Warnings;
        var late = Plan(500, Programmes.Step("priorities", "ranking"), insight, Programmes.Step("grades", "grades")).Warnings;
        var good = Plan(500, Programmes.Step("priorities", "ranking"), Programmes.Step("grades", "grades"), insight).Warnings;

        Assert.Equal(["priorities", "grades"], missing.Cast<AgendaWarning.MissingInput>().Select(w => w.Input.Value));
        Assert.Equal("grades", Assert.IsType<AgendaWarning.LateInput>(Assert.Single(late)).Input.Id.Value);
        Assert.Empty(good);
    }

    [Fact]
    public void Day_that_goes_past_midnight_goes_on_counting() =>
        Assert.Equal(new TimeOnly(1, 0), AgendaPlan.Of([Programmes.Step("night", minutes: 120)], new TimeOnly(23, 0), 120, Programmes.Rulebook).Steps[0].Ends);

    [Fact]
    public void Ready_made_agendas_have_nothing_to_warn_of() => Assert.All(
        Programmes.Library.Agendas.Where(a => a.Activities.All(s => Programmes.Rulebook.Knows(s.Type))),
        agenda => Assert.Empty(AgendaPlan.Of(agenda.Activities, Programme.UsualStart, agenda.SlotMinutes, Programmes.Rulebook).Warnings));

    private static Activity Insight(string priorities, string grades) =>
        Programmes.Step("gap", "ladder-gap") with { Settings = JsonSerializer.SerializeToElement(new { priorities, grades }) };
}
