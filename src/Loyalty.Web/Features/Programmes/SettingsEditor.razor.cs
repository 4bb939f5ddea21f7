using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Microsoft.AspNetCore.Components;

namespace Loyalty.Web.Features.Programmes;

/// <summary>Edits the settings of an exercise type that it has never heard of.</summary>
public sealed partial class SettingsEditor
{
    private static readonly JsonSerializerOptions Legible = new(ExerciseJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    // Texts that are not JSON are kept beside their fields until they are.
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> typed = new(StringComparer.Ordinal);

    [Parameter, EditorRequired] public ExerciseType Type { get; set; } = null!;

    [Parameter, EditorRequired] public JsonObject Settings { get; set; } = null!;

    /// <summary>The other activities of the agenda, for settings that name one.</summary>
    [Parameter, EditorRequired] public ImmutableArray<Activity> Others { get; set; } = [];

    /// <summary>Whether something typed could not be read, so that it is not in the settings.</summary>
    public bool IsBroken => broken.Count > 0;

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };

    private static string LinesOf(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Join('\n', value.EnumerateArray().Select(TextOf))
        : "";

    private static ImmutableArray<Item> ItemsOf(JsonElement value)
    {
        try
        {
            return value.Deserialize<ImmutableArray<Item?>>(ExerciseJson.Options) is { IsDefault: false } items
                ? [.. items.OfType<Item>().Select(i => new Item(i.Id ?? "", i.Label ?? "", i.Hint ?? ""))]
                : [];
        }
        catch (JsonException)
        {
            // Something else than items stands there; the list begins anew, and the rules judge what comes of it.
            return [];
        }
    }

    private string JsonOf(SettingField field) => typed.TryGetValue(field.Name, out var text) ? text
        : field.Value.ValueKind == JsonValueKind.Null ? ""
        : JsonSerializer.Serialize(field.Value, Legible);

    private void Put(SettingField field, JsonNode? value) => Settings[field.Name] = value;

    private void PutOrRemove(SettingField field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            Settings.Remove(field.Name);
        else
            Put(field, value);
    }

    private void PutText(SettingField field, string? value)
    {
        var text = Fields.Clean(value);
        if (text.Length == 0 && field.IsOptional)
            Settings.Remove(field.Name);
        else
            Put(field, text);
    }

    private void PutNumber(SettingField field, string? value)
    {
        if (field.Kind == SettingKind.Whole && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            Put(field, whole);
        else if (field.Kind == SettingKind.Number && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            Put(field, number);
        else
            Settings.Remove(field.Name);
    }

    private void PutLines(SettingField field, string? value) =>
        Put(field, JsonSerializer.SerializeToNode(Fields.Clean(value).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)));

    private void PutJson(SettingField field, string? value)
    {
        broken.Remove(field.Name);
        typed.Remove(field.Name);
        if (string.IsNullOrWhiteSpace(value))
        {
            Settings.Remove(field.Name);
            return;
        }

        try
        {
            Put(field, JsonNode.Parse(value, documentOptions: new JsonDocumentOptions { MaxDepth = ProgrammeFile.MaxDepth }));
        }
        catch (JsonException)
        {
            broken.Add(field.Name);
            typed[field.Name] = value;
        }
    }
}
