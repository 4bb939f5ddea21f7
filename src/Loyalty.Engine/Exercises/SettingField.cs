using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Engine.Exercises;

/// <summary>How a setting is edited.</summary>
public enum SettingKind
{
    Text,
    Whole,
    Number,
    Switch,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A list of <see cref="Item"/>s.</summary>
    Items,

    /// <summary>A list of texts.</summary>
    Lines,

    /// <summary>Another activity of the same agenda.</summary>
    Activity,

    /// <summary>Anything else.</summary>
    Json,
}

/// <summary>One setting of an exercise type: what it is called in the JSON, how it is edited, and what it is now.</summary>
/// <param name="Value">As the settings have it, or the type's own default; of kind null if there is neither.</param>
/// <param name="Choices">The words of a <see cref="SettingKind.Choice"/>, else empty.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
public sealed record SettingField(string Name, SettingKind Kind, JsonElement Value, ImmutableArray<string> Choices, bool IsOptional);

/// <summary>Reads from a settings record what can be set, so that every type, also one of tomorrow, can be edited.</summary>
internal static class SettingFields
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    public static ImmutableArray<SettingField> Of<TSettings>(JsonElement settings) => [.. Parameters<TSettings>.All.Select(p => FieldOf(p, settings))];

    /// <summary>The activities that settings of this record name: by the type of a property, or by the ending that such names have.</summary>
    public static ImmutableArray<ActivityId> Inputs<TSettings>(JsonElement settings) => settings.ValueKind != JsonValueKind.Object
        ? []
        :
        [
            .. Parameters<TSettings>.All
                .Where(IsActivity)
                .Select(p => settings.TryGetProperty(NameOf(p), out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "")
                .Where(id => id.Length > 0)
                .Select(id => new ActivityId(id)),
        ];

    private static SettingField FieldOf(ParameterInfo parameter, JsonElement settings)
    {
        var name = NameOf(parameter);
        var kind = KindOf(parameter);
        var value = settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(name, out var given) ? given : DefaultOf(parameter, kind);
        ImmutableArray<string> choices = kind == SettingKind.Choice
            ? [.. Enum.GetNames(Plain(parameter)).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)]
            : [];
        return new SettingField(name, kind, value, choices, parameter.HasDefaultValue);
    }

    private static JsonElement DefaultOf(ParameterInfo parameter, SettingKind kind) => kind switch
    {
        SettingKind.Items or SettingKind.Lines => JsonSerializer.SerializeToElement(Array.Empty<string>()),
        SettingKind.Choice => JsonSerializer.SerializeToElement(Enum.ToObject(Plain(parameter), parameter.DefaultValue ?? 0), ExerciseJson.Options),
        SettingKind.Json or SettingKind.Activity => Null,
        _ when parameter is { HasDefaultValue: true, DefaultValue: { } value } => JsonSerializer.SerializeToElement(value, ExerciseJson.Options),
        _ => Null,
    };

    private static SettingKind KindOf(ParameterInfo parameter)
    {
        var type = Plain(parameter);
        return type switch
        {
            _ when IsActivity(parameter) => SettingKind.Activity,
            _ when type == typeof(string) => SettingKind.Text,
            _ when type == typeof(int) => SettingKind.Whole,
            _ when type == typeof(double) => SettingKind.Number,
            _ when type == typeof(bool) => SettingKind.Switch,
            _ when type.IsEnum => SettingKind.Choice,
            _ when type == typeof(ImmutableArray<Item>) => SettingKind.Items,
            _ when type == typeof(ImmutableArray<string>) => SettingKind.Lines,
            _ => SettingKind.Json,
        };
    }

    private static bool IsActivity(ParameterInfo parameter) =>
        Plain(parameter) == typeof(ActivityId)
        || (parameter.ParameterType == typeof(string) && (parameter.Name!.EndsWith("From", StringComparison.Ordinal) || parameter.Name.EndsWith("With", StringComparison.Ordinal)));

    private static Type Plain(ParameterInfo parameter) => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    // As the serialiser names the record's property of that name.
    private static string NameOf(ParameterInfo parameter) =>
        parameter.Member.DeclaringType!.GetProperty(parameter.Name!)?.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

    private static class Parameters<TSettings>
    {
        // A record's own constructor; the one that copies it is not public.
        public static readonly ImmutableArray<ParameterInfo> All = [.. typeof(TSettings).GetConstructors().MaxBy(c => c.GetParameters().Length)?.GetParameters() ?? []];
    }
}
