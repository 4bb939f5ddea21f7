using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class AgendaRisksTests
{
    private static readonly ActivityId Priorities = new("priorities");
    private static readonly ActivityId Grades = new("grades");
    private static readonly ActivityId Gap = new("gap");

    /// <summary>Two exercises of ten minutes and the insight that builds on both, in half an hour.</summary>
    private static LiveWorkshop Day
    {
        get
        {
            var gap = Step("gap") with { Settings = JsonSerializer.SerializeToElement(new { listFrom = "priorities", compareWith = "grades" }) };
            var stored = Workshops.Stored() with { Agenda = [Step("priorities"), Step("grades"), gap], Info = Workshops.Info() with { SlotMinutes = 30 } };
            return Restore.From(stored, Workshops.Rulebook, Workshops.Nine).After(new Command.Start());
        }
    }

    private static Activity Step(string id) => Workshops.Step(new ActivityId(id));

    private static IEnumerable<AgendaRisk> Risks(LiveWorkshop day, int minute) => AgendaRisks.Of(day, AgendaClock.At(day, Workshops.Nine.AddMinutes(minute)));

    [Fact]
    public void Day_in_time_has_no_risks() => Assert.Empty(Risks(Day, 0));

    [Fact]
    public void Step_that_ends_after_the_promised_time_will_not_fit()
    {
        Assert.Equal((Gap, 4), Assert.IsType<AgendaRisk.WillNotFit>(Assert.Single(Risks(Day, 4))) is var one ? (one.Activity.Id, one.Minutes) : default);
        Assert.Equal([(Grades, 5), (Gap, 10)], Risks(Day, 15).Cast<AgendaRisk.WillNotFit>().Select(r => (r.Activity.Id, r.Minutes)));
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void Half_a_minute_too_late_is_no_news(int seconds, bool isNews) =>
        Assert.Equal(isNews, !AgendaRisks.Of(Day, AgendaClock.At(Day, Workshops.Nine.AddSeconds(seconds))).IsEmpty);

    [Fact]
    public void Ended_workshop_has_no_risks()
    {
        var missing = Day.After(new Command.ReplaceAgenda(Day.Agenda[1..]));

        Assert.NotEmpty(Risks(missing, 0));
        Assert.Empty(Risks(missing.After(new Command.End()), 0));
    }

    [Fact]
    public void Inserted_step_does_not_move_the_end_that_was_promised()
    {
        var day = Day.After(new Command.ReplaceAgenda(Day.Agenda.Add(Step("extra"))));

        Assert.Equal("extra", Assert.IsType<AgendaRisk.WillNotFit>(Assert.Single(Risks(day, 0))).Activity.Id.Value);
    }

    [Fact]
    public void Delay_is_counted_from_what_was_promised()
    {
        var day = Day.After(new Command.ReplaceAgenda(Day.Agenda.Add(Step("extra"))));

        Assert.Equal(TimeSpan.FromMinutes(10), AgendaClock.At(day, Workshops.Nine).Delay);
    }

    [Fact]
    public void Insight_whose_input_was_skipped_is_at_risk()
    {
        var passed = Day.After(new Command.GoTo(Grades));
        var aside = Day.After(new Command.ReplaceAgenda([Day.Agenda[0] with { SetAside = true }, .. Day.Agenda[1..]]));

        foreach (var day in (LiveWorkshop[])[passed, aside])
        {
            var missing = Assert.IsType<AgendaRisk.InputMissing>(Assert.Single(Risks(day, 0)));
            Assert.Equal((Gap, Priorities), (missing.Activity.Id, missing.Input!.Id));
        }
    }

    [Fact]
    public void Insight_whose_input_is_gone_or_later_is_at_risk()
    {
        var gone = Day.After(new Command.ReplaceAgenda(Day.Agenda[1..]));
        var later = Day.After(new Command.ReplaceAgenda([Day.Agenda[0], Day.Agenda[2], Day.Agenda[1]]));

        Assert.Null(Assert.IsType<AgendaRisk.InputMissing>(Assert.Single(Risks(gone, 0))).Input);
        Assert.Equal(Grades, Assert.IsType<AgendaRisk.InputLater>(Assert.Single(Risks(later, 0))).Input.Id);
    }

    [Fact]
    public void Steps_that_would_be_poorer_are_named_before_something_is_skipped()
    {
        var forecast = AgendaClock.At(Day, Workshops.Nine);

        Assert.Equal(Gap, Assert.Single(AgendaRisks.DependingOn(Day, forecast, Day.Agenda[0])).Id);
        Assert.Empty(AgendaRisks.DependingOn(Day, forecast, Day.Agenda[2]));
    }
}
