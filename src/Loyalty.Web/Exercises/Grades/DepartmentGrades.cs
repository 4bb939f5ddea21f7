using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.Grades;

/// <summary>
/// The report card by department, for the console and the report only. Computed apart from the tally, which the room display
/// renders far more often. Every cell is disclosed for itself, because who could not say differs from cell to cell.
/// </summary>
/// <param name="Departments">Those of which at least one cell is shown, by name.</param>
/// <param name="IsAnythingHidden">Whether a group with grades is withheld somewhere.</param>
public sealed record DepartmentGrades(Item Subject, ImmutableArray<string> Departments, ImmutableArray<DepartmentRow> Rows, bool IsAnythingHidden)
{
    /// <summary>One per subject; those that have nothing to tell apart are left out.</summary>
    public static ImmutableArray<DepartmentGrades> Of(RulesContext context, GradesSettings settings, AnswerState<GradesAnswer> state)
    {
        var grades = (
            from given in state.InStableOrder
            let department = context.DepartmentOf(given.Author)
            from grade in given.Answer.Grades
            let points = GradeScale.Find(grade.Letter)?.Points
            where points is not null
            select (grade.Subject, grade.Item, Graded: new Graded(department, points.Value)))
            .ToLookup(g => (g.Subject, g.Item), g => g.Graded);

        return [.. settings.Subjects.Select(subject => Of(context.Threshold, settings, subject, item => grades[(subject.Id, item.Id)])).Where(t => t.IsAnythingHidden || !t.Departments.IsEmpty)];
    }

    private static DepartmentGrades Of(int threshold, GradesSettings settings, Item subject, Func<Item, IEnumerable<Graded>> gradesOf)
    {
        var hidden = false;
        var cells = new Dictionary<Item, Dictionary<string, Descriptives>>();
        foreach (var item in settings.Items)
        {
            var byDepartment = gradesOf(item).Where(g => g.Department is not null).ToLookup(g => g.Department!, g => g.Points, StringComparer.Ordinal);
            var disclosure = Suppression.Of(
                byDepartment.Select(d => KeyValuePair.Create(d.Key, d.Count())),
                gradesOf(item).Count(g => g.Department is null),
                threshold);
            hidden |= !disclosure.Hidden.IsEmpty;
            cells[item] = disclosure.Shown.ToDictionary(d => d, d => Descriptives.Of(byDepartment[d]), StringComparer.Ordinal);
        }

        var departments = cells.Values.SelectMany(c => c.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture).ToImmutableArray();
        var items = settings.BottomUp ? settings.Items.Reverse() : settings.Items;
        return new DepartmentGrades(
            subject,
            departments,
            [.. items.Select(item => new DepartmentRow(item, [.. departments.Select(d => cells[item].TryGetValue(d, out var numbers) ? numbers : (Descriptives?)null)]))],
            hidden);
    }

    private readonly record struct Graded(string? Department, double Points);
}

/// <summary>One item with a cell per department; null where it is withheld or empty.</summary>
public sealed record DepartmentRow(Item Item, ImmutableArray<Descriptives?> Cells);
