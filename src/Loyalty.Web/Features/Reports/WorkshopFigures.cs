using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Features.Reports;

/// <summary>
/// All figures of a workshop that may leave it: the one place where report, exports and interface get their numbers from, and where what is
/// too small is held back. People are counted, not values: one person with five posts is one.
/// </summary>
public static class WorkshopFigures
{
    /// <summary>Of every activity that is over and has results. While answers still come in, the difference of two exports would be one person's answer.</summary>
    public static ImmutableArray<ActivityFigures> Of(LiveWorkshop workshop) =>
        [.. workshop.Agenda.Select((activity, i) => (activity, Step: i + 1)).Where(a => IsOver(workshop, a.activity)).Select(a => Of(workshop, a.activity, a.Step))];

    /// <summary>Whether an activity has results that are not going to change under the reader's hands.</summary>
    public static bool IsOver(LiveWorkshop workshop, Activity activity) =>
        workshop.Runs.TryGetValue(activity.Id, out var run)
        && workshop.Rulebook.Of(activity) is { HasResults: true } rules
        && (!rules.TakesAnswers || run.Phase is Phase.Closed or Phase.Revealed || workshop.Status == WorkshopStatus.Ended);

    // A list that the settings do not have is left out: it cannot be written.
    private static readonly JsonSerializerOptions Readable = new(ExerciseJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                static type =>
                {
                    foreach (var property in type.Properties.Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(ImmutableArray<>)))
                    {
                        var isDefault = property.PropertyType.GetProperty(nameof(ImmutableArray<int>.IsDefault))!;
                        property.ShouldSerialize = (_, value) => value is not null && isDefault.GetValue(value) is false;
                    }
                },
            },
        },
    };

    private static ActivityFigures Of(LiveWorkshop workshop, Activity activity, int step)
    {
        var rules = workshop.Rulebook.Of(activity);
        var people = workshop.StateOf(activity).Respondents;
        var smallest = activity.Anonymity == Anonymity.Anonymous ? workshop.Info.Threshold : 1;
        if (rules.TakesAnswers && people < smallest)
            return new ActivityFigures(step, activity, 0, people > 0, false, []);

        var settings = JsonSerializer.SerializeToElement(rules.SettingsOf(workshop.ContextOf(activity)), Readable);
        var labels = Labels(settings);
        var order = labels.Keys.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i, StringComparer.Ordinal);
        var isScore = settings.TryGetProperty("nps", out var nps) && nps.ValueKind == JsonValueKind.True;
        var withheld = false;
        var figures = ImmutableArray.CreateBuilder<Figure>();
        foreach (var cell in workshop.MeasuresOf(activity.Id).GroupBy(m => (m.Name, m.Subject, m.Item)).OrderBy(c => c.Key.Name, StringComparer.Ordinal).ThenBy(c => Place(c.Key.Subject)).ThenBy(c => Place(c.Key.Item)))
        {
            var authors = cell.Select(m => m.Author).Distinct().ToLookup(a => workshop.DepartmentOf(activity.Id, a));
            var all = authors.Sum(a => a.Count());
            if (all < smallest)
                continue;

            // Each cell is disclosed for itself, because people leave things out: a department can be large enough in one and not in another.
            var disclosure = Suppression.Of(authors.Where(a => a.Key is not null).Select(a => KeyValuePair.Create(a.Key!, a.Count())), authors[null].Count(), workshop.Info.Threshold);
            withheld |= !disclosure.Hidden.IsEmpty;
            figures.Add(FigureOf(null, all, cell));
            foreach (var department in workshop.Info.Departments.Where(disclosure.Shown.Contains))
                figures.Add(FigureOf(department, authors[department].Count(), cell.Where(m => workshop.DepartmentOf(activity.Id, m.Author) == department)));

            Figure FigureOf(string? department, int n, IEnumerable<Measure> measures)
            {
                var values = measures.Select(m => m.Value).ToList();
                return new Figure(
                    cell.Key.Name, cell.Key.Subject, Label(cell.Key.Subject), cell.Key.Item, Label(cell.Key.Item), department,
                    n, Descriptives.Of(values), values.Sum(), isScore ? NetPromoterScore.Of(values.Select(v => (int)v)) : null);
            }
        }

        return new ActivityFigures(step, activity, people, false, withheld, figures.ToImmutable());

        string Label(string id) => labels.GetValueOrDefault(id, id);
        int Place(string id) => order.GetValueOrDefault(id, int.MaxValue);
    }

    /// <summary>What the ids in the measures are called: settings hold items as objects with an id and a label, whatever the type.</summary>
    internal static OrderedDictionary<string, string> Labels(JsonElement settings)
    {
        var labels = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        Collect(settings);
        return labels;

        void Collect(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Array:
                    foreach (var entry in element.EnumerateArray())
                        Collect(entry);
                    break;
                case JsonValueKind.Object:
                    if (Text(element, "id") is { Length: > 0 } id && Text(element, "label") is { } label)
                        labels.TryAdd(id, label);
                    foreach (var property in element.EnumerateObject())
                    {
                        // An item that stands alone goes by the name of its property, such as the two sides of a count.
                        if (property.Value.ValueKind == JsonValueKind.Object && Text(property.Value, "label") is { } alone)
                            labels.TryAdd(property.Name, alone);
                        Collect(property.Value);
                    }

                    break;
            }
        }

        static string? Text(JsonElement element, string property) =>
            element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
