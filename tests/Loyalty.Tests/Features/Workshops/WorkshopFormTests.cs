using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.Workshops;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace Loyalty.Tests.Features.WorkshopsFeature;

public sealed class WorkshopFormTests
{
    private static readonly IStringLocalizer Text = DeskFixture.Texts.Create(typeof(WorkshopText));

    private static readonly AgendaChoices Choices = new(new CurriculumLibraries(), DeskFixture.Catalogue, DeskFixture.Texts);

    [Fact]
    public void Form_that_is_filled_in_gives_a_plan()
    {
        var plan = Read(Filled());

        Assert.NotNull(plan);
        Assert.Equal(("Loyalty at Lindenhof", "Hotel Lindenhof"), (plan.Title, plan.Organisation));
        Assert.Equal(new DateOnly(2026, 12, 1), plan.Date);
        Assert.Equal((30, 6), (plan.PlannedParticipants, plan.Threshold));
        Assert.Null(plan.Agenda);
    }

    [Fact]
    public void Departments_are_one_per_line_cleaned_and_never_twice()
    {
        var form = Filled();
        form.Departments = "  Reception \r\n\r\nKitchen\nreception\n Sales\u202e ";

        Assert.Equal(ImmutableArray.Create("Reception", "Kitchen", "Sales"), Read(form)!.Departments);
    }

    [Theory]
    [InlineData(nameof(WorkshopForm.Title), "  ")]
    [InlineData(nameof(WorkshopForm.Title), "long")]
    [InlineData(nameof(WorkshopForm.Organisation), "")]
    [InlineData(nameof(WorkshopForm.Date), "")]
    [InlineData(nameof(WorkshopForm.Date), "2026-02-30")]
    [InlineData(nameof(WorkshopForm.PlannedParticipants), "0")]
    [InlineData(nameof(WorkshopForm.PlannedParticipants), "20001")]
    [InlineData(nameof(WorkshopForm.PlannedParticipants), "a few")]
    [InlineData(nameof(WorkshopForm.Threshold), "4")]
    [InlineData(nameof(WorkshopForm.Threshold), "51")]
    [InlineData(nameof(WorkshopForm.Language), "tlh")]
    [InlineData(nameof(WorkshopForm.Agenda), "")]
    [InlineData(nameof(WorkshopForm.Agenda), "no-such-agenda")]
    [InlineData(nameof(WorkshopForm.Departments), "long")]
    public void Problem_is_tied_to_its_field(string field, string value)
    {
        var form = Filled();
        typeof(WorkshopForm).GetProperty(field)!.SetValue(form, value == "long" ? new string('x', 200) : value);
        var state = new FormState<WorkshopForm>(form);

        Assert.Null(WorkshopForm.Read(state, Choices.Languages, Choices.Of("en"), hasAgenda: true, Text));

        var message = Assert.Single(state.Context.GetValidationMessages());
        Assert.Equal(message, Assert.Single(state.Context.GetValidationMessages(new FieldIdentifier(form, field))));
        Assert.DoesNotContain(".Missing", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Agenda_of_its_own_can_be_kept_only_where_there_is_one()
    {
        Assert.Null(WorkshopForm.Read(new FormState<WorkshopForm>(Filled()), Choices.Languages, Choices.Of("en"), hasAgenda: false, Text));
    }

    [Fact]
    public void Agenda_with_a_step_that_cannot_run_says_why()
    {
        var good = DeskFixture.Question;
        var unknown = good with { Type = "no-such-type" };
        var broken = good with { Settings = System.Text.Json.JsonSerializer.SerializeToElement(new { items = Array.Empty<object>() }) };

        Assert.Empty(Choices.ProblemsOf([good]));
        Assert.Null(Assert.Single(Choices.ProblemsOf([unknown])).Detail);
        Assert.All(Choices.ProblemsOf([broken]), problem => Assert.NotEmpty(problem.Detail!));
        Assert.NotEmpty(Choices.ProblemsOf([broken]));
    }

    private static WorkshopPlan? Read(WorkshopForm form) => WorkshopForm.Read(new FormState<WorkshopForm>(form), Choices.Languages, Choices.Of("en"), hasAgenda: true, Text);

    private static WorkshopForm Filled() => new()
    {
        Title = " Loyalty at Lindenhof ",
        Organisation = "Hotel Lindenhof",
        Date = "2026-12-01",
        Departments = "Reception\nKitchen",
        Language = "en",
        PlannedParticipants = "30",
        Threshold = "6",
        Agenda = WorkshopForm.KeepAgenda,
    };
}
