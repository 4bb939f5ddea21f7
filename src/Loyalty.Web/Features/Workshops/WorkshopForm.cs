using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Ui;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Workshops;

/// <summary>The form as it is typed; <see cref="Read"/> makes a plan of it.</summary>
internal sealed class WorkshopForm
{
    public const int MaxTitle = 120;
    public const int MaxDepartments = 40;
    public const int MaxDepartment = 60;
    public const int MaxThreshold = 50;

    /// <summary>The choice that leaves a draft the agenda that it has.</summary>
    public const string KeepAgenda = "keep";

    public string Title { get; set; } = "";
    public string Organisation { get; set; } = "";
    public string Date { get; set; } = "";

    /// <summary>One per line.</summary>
    public string Departments { get; set; } = "";

    public string Language { get; set; } = "";
    public string PlannedParticipants { get; set; } = "24";
    public string Threshold { get; set; } = WorkshopInfo.MinThreshold.ToString(CultureInfo.InvariantCulture);
    public bool AsksToCompare { get; set; }
    public string Agenda { get; set; } = "";

    /// <summary>The departments as they will be kept: cleaned, without empty lines and without the second of two alike.</summary>
    public ImmutableArray<string> DepartmentList =>
    [
        .. Departments.Split(['\n', '\r', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Fields.Clean)
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.CurrentCultureIgnoreCase),
    ];

    /// <summary>Checks everything and ties each problem to its field.</summary>
    /// <param name="offered">The agendas on offer in the chosen language.</param>
    /// <param name="hasAgenda">Whether the draft has an agenda that may be kept.</param>
    /// <returns>Null if something is wrong.</returns>
    public static WorkshopPlan? Read(FormState<WorkshopForm> form, IEnumerable<string> languages, ImmutableArray<AgendaChoice> offered, bool hasAgenda, IStringLocalizer text)
    {
        form.Clear();
        var model = form.Model;
        Short(() => model.Title, model.Title, "Title");
        Short(() => model.Organisation, model.Organisation, "Organisation");

        if (!DateOnly.TryParseExact(model.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.Year is < 2000 or >= 2200)
            form.Add(() => model.Date, text["Date.Wrong"]);

        var departments = model.DepartmentList;
        if (departments.Length > MaxDepartments)
            form.Add(() => model.Departments, text["Departments.TooMany", MaxDepartments]);
        if (departments.FirstOrDefault(name => name.Length > MaxDepartment) is { } tooLong)
            form.Add(() => model.Departments, text["Departments.TooLong", tooLong[..20], MaxDepartment]);

        var planned = Whole(() => model.PlannedParticipants, model.PlannedParticipants, 1, Decide.MaxParticipants);
        var threshold = Whole(() => model.Threshold, model.Threshold, WorkshopInfo.MinThreshold, MaxThreshold);

        AgendaChoice? chosen = null;
        if (!languages.Contains(model.Language, StringComparer.Ordinal))
            form.Add(() => model.Language, text["Language.Wrong"]);
        else if (!(hasAgenda && model.Agenda == KeepAgenda))
        {
            chosen = offered.FirstOrDefault(c => c.Agenda.Id == model.Agenda);
            if (chosen is not { CanRun: true })
                form.Add(() => model.Agenda, text["Agenda.Missing"]);
        }

        return form.Valid
            ? new WorkshopPlan(Fields.Clean(model.Title), Fields.Clean(model.Organisation), date, departments, model.Language, planned, threshold, model.AsksToCompare, chosen?.Agenda.Activities, chosen?.Origin)
            : null;

        void Short(Expression<Func<object?>> field, string value, string key)
        {
            if (form.Require(field, Fields.Clean(value), text[key + ".Missing"]) && value.Trim().Length > MaxTitle)
                form.Add(field, text["TooLong", MaxTitle]);
        }

        int Whole(Expression<Func<object?>> field, string value, int min, int max)
        {
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
                return number;
            form.Add(field, text["Whole", min, max]);
            return 0;
        }
    }
}
