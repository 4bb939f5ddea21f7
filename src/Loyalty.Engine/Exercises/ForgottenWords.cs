using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loyalty.Engine.Exercises;

/// <summary>
/// Writes entries without their authors' words. Enumerations, keys, dates and numbers are types of their own and stay; of texts only
/// those that were there to be chosen do.
/// </summary>
public static class ForgottenWords
{
    /// <summary>Stands where somebody's words stood: not empty, since an empty text may mean that there was none.</summary>
    public const string Mark = "…";

    // Options carry what the serializer has learnt about types: made once for each activity that is gone through, not for each entry.
    private static readonly ConditionalWeakTable<Func<string, bool>, JsonSerializerOptions> Made = [];

    internal static JsonSerializerOptions Options(Func<string, bool> isAlwaysChoice, Func<string, bool> isChoice) =>
        Made.GetValue(isChoice, choice => new JsonSerializerOptions(ExerciseJson.Options) { Converters = { new Converter(text => choice(text) || isAlwaysChoice(text)) } });

    private sealed class Converter(Func<string, bool> isChoice) : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Length == 0 || IsKey(value) || isChoice(value) ? value : Mark);

        // The key of an entry, or of a part of it such as its second line: by these, entries name each other.
        private static bool IsKey(string text) =>
            Guid.TryParse(text, out _) || (text.Length > 32 && Guid.TryParseExact(text.AsSpan(0, 32), "N", out _) && text.AsSpan(32).IndexOfAnyExceptInRange('!', '9') < 0);

        // What is counted by its name, such as a row of a table; a name that somebody made up goes like any other word.
        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }
}
