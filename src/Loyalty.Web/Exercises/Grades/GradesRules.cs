using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.Grades;

/// <summary>Items that are graded for each subject, in letters from A+ to F.</summary>
/// <param name="Measure">The name that the grades are measured under: subject = subject, item = item, value = grade points from 0 to 4.3.</param>
/// <param name="Action">Asks for something to do about it, which only its author sees again; null if nothing is asked.</param>
/// <param name="BottomUp">Whether the first item is the lowest rung, so that report cards show it at the foot; otherwise it comes first.</param>
public sealed record GradesSettings(ImmutableArray<Item> Items, ImmutableArray<Item> Subjects, string Measure = "ladder.grade", bool BottomUp = true, Item? Action = null)
{
    public const int MaxActionLength = 280;

    public const int MaxItems = 10;
    public const int MaxSubjects = 4;
}

/// <summary>One grade.</summary>
/// <param name="Letter">A letter of the grade scale, or <see cref="GradesRules.CantSay"/>.</param>
public sealed record GradeGiven(string Subject, string Item, string Letter);

/// <summary>One author's grades, by subject and item. What was left empty is not among them.</summary>
/// <param name="Action">The author's own note of what to do. In no tally, report or export: it is the author's alone.</param>
public sealed record GradesAnswer(ImmutableArray<GradeGiven> Grades, string? Action = null);

/// <summary>
/// Everybody grades the same items for each subject. "Can't say" is an answer of its own: it is stored and told apart from an empty
/// field, and it counts in no mean. Not every grade has to be given: a room that is pressed for time sends what it has.
/// </summary>
public sealed class GradesRules : SingleAnswerRules<GradesSettings, GradesAnswer, GradesTally>
{
    /// <summary>What is sent and stored for "can't say".</summary>
    public const string CantSay = "?";

    private static readonly ImmutableArray<string> Letters = [.. GradeScale.All.Select(g => g.Letter), CantSay];

    /// <inheritdoc/>
    public override string Type => "grades";

    protected override bool IsAlwaysChoice(string text) => Letters.Contains(text, StringComparer.Ordinal);

    /// <summary>The form field that holds the grade of an item.</summary>
    public static string FieldOf(Item subject, Item item) => $"{subject.Id}.{item.Id}";

    /// <inheritdoc/>
    protected override void Check(GradesSettings settings, SettingsCheck check) => check
        .Items("items", settings.Items, max: GradesSettings.MaxItems)
        .Items("subjects", settings.Subjects, max: GradesSettings.MaxSubjects)
        .That(settings.Action is null || !string.IsNullOrWhiteSpace(settings.Action.Label), "“action” needs a label.")
        .That(!string.IsNullOrWhiteSpace(settings.Measure), "“measure” needs a name.");

    /// <inheritdoc/>
    protected override GradesAnswer? Read(GradesSettings settings, FieldReader reader)
    {
        var grades = ImmutableArray.CreateBuilder<GradeGiven>();
        foreach (var item in settings.Items)
        {
            foreach (var subject in settings.Subjects)
            {
                if (reader.OneOf(FieldOf(subject, item), Letters) is { } letter)
                    grades.Add(new GradeGiven(subject.Id, item.Id, letter));
            }
        }

        if (grades.Count == 0 && reader.Ok)
            reader.Refuse("nothing-graded", settings.Items[0].Id);
        var action = settings.Action is null ? "" : reader.Text("action", GradesSettings.MaxActionLength);
        return new GradesAnswer(grades.ToImmutable(), action.Length == 0 ? null : action);
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> Write(GradesSettings settings, GradesAnswer answer) =>
    [
        .. from item in settings.Items
           from subject in settings.Subjects
           from grade in answer.Grades
           where grade.Item == item.Id && grade.Subject == subject.Id
           select (FieldOf(subject, item), grade.Letter),
        .. answer.Action is { } action ? new[] { ("action", action) } : [],
    ];

    /// <inheritdoc/>
    protected override GradesTally Tally(RulesContext context, GradesSettings settings, AnswerState<GradesAnswer> state) =>
        GradesTally.Of(settings, [.. state.Answers.Values.Select(g => g.Answer)], context.SmallestShown);

    /// <inheritdoc/>
    protected override IEnumerable<Measure> Measures(RulesContext context, GradesSettings settings, AnswerState<GradesAnswer> state) =>
        from given in state.InStableOrder
        from grade in given.Answer.Grades
        let points = GradeScale.Find(grade.Letter)?.Points
        where points is not null
        select new Measure(given.Author, settings.Measure, grade.Subject, grade.Item, points.Value);

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, GradesSettings settings, AnswerState<GradesAnswer> state)
    {
        var items = settings.Items.ToDictionary(i => i.Id, i => i.Label, StringComparer.Ordinal);
        var subjects = settings.Subjects.ToDictionary(s => s.Id, s => s.Label, StringComparer.Ordinal);
        return
            from given in state.InStableOrder
            from grade in given.Answer.Grades
            select new ExportRow(given.Author, subjects[grade.Subject], items[grade.Item], grade.Letter);
    }
}
