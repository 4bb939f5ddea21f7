using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loyalty.Engine.Exercises;

namespace Loyalty.Engine.Curriculum;

/// <summary>What is taught and done, in one language: modules with their activities, and the ready-made agendas.</summary>
public sealed class CurriculumLibrary
{
    private const string Root = "Curriculum/";

    private CurriculumLibrary(string language, ImmutableArray<Module> modules, ImmutableArray<Agenda> agendas)
    {
        Language = language;
        Modules = modules;
        Agendas = agendas;
    }

    public string Language { get; }

    public ImmutableArray<Module> Modules { get; }

    public ImmutableArray<Agenda> Agendas { get; }

    /// <summary>The languages that content exists in, in alphabetical order.</summary>
    public static ImmutableArray<string> Languages { get; } =
    [
        .. Resources().Select(name => name[Root.Length..].Split('/')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads the content of a language from the program itself.</summary>
    /// <exception cref="ContentException">There is none, or it is broken; the message says which file and why.</exception>
    public static CurriculumLibrary Load(string language)
    {
        var folder = $"{Root}{language}/";
        var files = Resources().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).ToImmutableArray();
        if (files.IsEmpty)
            throw new ContentException($"There is no curriculum in the language “{language}”.");

        var lists = (JsonObject)Read(folder + "lists.json");
        var modules = files
            .Where(name => !name.EndsWith("/lists.json", StringComparison.Ordinal) && !name.EndsWith("/agendas.json", StringComparison.Ordinal))
            .Select(name => In(name, () => ReadModule(Read(name), lists)))
            .OrderBy(OrderOf)
            .ToImmutableArray();

        var activities = new Dictionary<string, Activity>(StringComparer.Ordinal);
        foreach (var activity in modules.SelectMany(m => m.Activities))
        {
            if (!activities.TryAdd(activity.Id.Value, activity))
                throw new ContentException($"Two activities have the id “{activity.Id}”.");
        }

        var agendas = In(folder + "agendas.json", () => Array(Read(folder + "agendas.json"), "agendas").Select(a => ReadAgenda(a, activities)).ToImmutableArray());
        return new CurriculumLibrary(language, modules, agendas);
    }

    private static IEnumerable<string> Resources() =>
        typeof(CurriculumLibrary).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Root, StringComparison.Ordinal));

    private static JsonNode Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new ContentException($"{name} is missing.");
        try
        {
            return JsonNode.Parse(stream, documentOptions: new JsonDocumentOptions { MaxDepth = 32 }) ?? throw new ContentException($"{name} is empty.");
        }
        catch (JsonException e)
        {
            throw new ContentException($"{name} is not valid JSON: {e.Message}", e);
        }
    }

    private static T In<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException or JsonException)
        {
            throw new ContentException($"{name}: {e.Message}", e);
        }
    }

    private static Module ReadModule(JsonNode json, JsonObject lists)
    {
        var title = Text(json, "title");
        return new Module(
            Text(json, "id"), Text(json, "number", ""), title, Text(json, "summary"),
            [.. Array(json, "activities").Select(a => ReadActivity(a, title, lists))]);
    }

    private static Activity ReadActivity(JsonNode json, string module, JsonObject lists)
    {
        var settings = Expand(json["settings"]?.DeepClone() ?? new JsonObject(), lists);
        return new Activity(
            new ActivityId(Text(json, "id")),
            Text(json, "type"),
            Text(json, "title"),
            module,
            json["minutes"]?.GetValue<int>() ?? throw new KeyNotFoundException($"The activity “{json["id"]}” has no minutes."),
            Enum.Parse<Anonymity>(Text(json, "anonymity", nameof(Anonymity.Named)), ignoreCase: true),
            Text(json, "prompt", ""),
            Text(json, "help", ""),
            Text(json, "debrief", ""),
            JsonSerializer.SerializeToElement(settings),
            json["notes"].Deserialize<SpeakerNotes>(ExerciseJson.Options) ?? SpeakerNotes.None);
    }

    /// <summary>Puts the shared lists in the place of their names: <c>"@rungs"</c> becomes the five rungs.</summary>
    private static JsonNode Expand(JsonNode node, JsonObject lists)
    {
        switch (node)
        {
            case JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('@'):
                return lists[text[1..]]?.DeepClone() ?? throw new KeyNotFoundException($"There is no list “{text}” in lists.json.");
            case JsonObject obj:
                foreach (var (key, child) in obj.ToList())
                {
                    if (child is not null && Expand(child, lists) is var expanded && !ReferenceEquals(expanded, child))
                        obj[key] = expanded;
                }

                return obj;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    if (array[i] is { } child && Expand(child, lists) is var expanded && !ReferenceEquals(expanded, child))
                        array[i] = expanded;
                }

                return array;
            default:
                return node;
        }
    }

    private static Agenda ReadAgenda(JsonNode json, Dictionary<string, Activity> activities)
    {
        var breaks = 0;
        var items = Array(json, "items").Select(item =>
        {
            if (item["break"] is { } pause)
                return Break(++breaks, pause);
            var id = Text(item, "activity");
            var activity = activities.GetValueOrDefault(id) ?? throw new KeyNotFoundException($"There is no activity “{id}”.");
            return item["minutes"] is { } minutes ? activity with { Minutes = minutes.GetValue<int>() } : activity;
        });
        return new Agenda(Text(json, "id"), Text(json, "title"), Text(json, "summary"), json["slotMinutes"]!.GetValue<int>(), [.. items]);
    }

    private static Activity Break(int number, JsonNode json) =>
        Activity.Break(new ActivityId($"break-{number}"), Text(json, "title"), json["minutes"]!.GetValue<int>(), Text(json, "message", ""));

    // I to VII by number, then the conclusion (which has none), then the supplements A to H.
    private static (int Part, string Number) OrderOf(Module module) => module.Number switch
    {
        "" => (1, ""),
        { Length: 1 } letter when letter[0] is >= 'A' and <= 'H' => (2, letter),
        var roman => (0, RomanOrder(roman)),
    };

    private static string RomanOrder(string roman)
    {
        var place = System.Array.IndexOf(["I", "II", "III", "IV", "V", "VI", "VII"], roman);
        return place >= 0 ? place.ToString(System.Globalization.CultureInfo.InvariantCulture) : throw new FormatException($"“{roman}” is no number of a module.");
    }

    private static string Text(JsonNode json, string property) =>
        json[property]?.GetValue<string>() ?? throw new KeyNotFoundException($"“{property}” is missing in {json.GetPath()}.");

    private static string Text(JsonNode json, string property, string otherwise) => json[property]?.GetValue<string>() ?? otherwise;

    private static IEnumerable<JsonNode> Array(JsonNode json, string property) =>
        json[property]?.AsArray().Select(n => n ?? throw new FormatException($"“{property}” has an empty entry.")) ?? throw new KeyNotFoundException($"“{property}” is missing in {json.GetPath()}.");
}

/// <summary>The curriculum's files are broken; the message names the file and what is wrong.</summary>
public sealed class ContentException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The libraries of all languages, each read once.</summary>
public sealed class CurriculumLibraries
{
    private readonly ImmutableDictionary<string, Lazy<CurriculumLibrary>> byLanguage =
        CurriculumLibrary.Languages.ToImmutableDictionary(l => l, l => new Lazy<CurriculumLibrary>(() => CurriculumLibrary.Load(l)), StringComparer.Ordinal);

    public IEnumerable<string> Languages => CurriculumLibrary.Languages;

    /// <exception cref="ContentException">There is no content in this language.</exception>
    public CurriculumLibrary Of(string language) =>
        byLanguage.TryGetValue(language, out var library) ? library.Value : throw new ContentException($"There is no curriculum in the language “{language}”.");
}
