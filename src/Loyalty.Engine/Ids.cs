using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loyalty.Engine;

/// <summary>One delivery of a curriculum to one room.</summary>
[JsonConverter(typeof(WorkshopIdConverter))]
public readonly record struct WorkshopId(Guid Value)
{
    /// <summary>A new, time-ordered id.</summary>
    public static WorkshopId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString("N");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, out WorkshopId id)
    {
        var ok = Guid.TryParse(text, out var value);
        id = new WorkshopId(value);
        return ok;
    }
}

/// <summary>One person in one workshop. The same person in two workshops has two ids.</summary>
[JsonConverter(typeof(ParticipantIdConverter))]
public readonly record struct ParticipantId(Guid Value)
{
    /// <summary>A new, time-ordered id.</summary>
    public static ParticipantId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString("N");
}

/// <summary>One step of an agenda: a lower-case slug, unique in its agenda, that never changes once a workshop runs it.</summary>
[JsonConverter(typeof(ActivityIdConverter))]
public readonly record struct ActivityId(string Value)
{
    /// <summary>The longest slug that is accepted, in characters.</summary>
    public const int MaxLength = 60;

    public override string ToString() => Value;
}

/// <summary>
/// One accepted input. Made by the sender (the phone) before it is sent, so that sending it again is recognised;
/// it is also the id of whatever the input created, such as a post.
/// </summary>
[JsonConverter(typeof(EntryKeyConverter))]
public readonly record struct EntryKey(Guid Value)
{
    /// <summary>A new random key. Random and not time-ordered: a key must not tell when an anonymous answer was given.</summary>
    public static EntryKey New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");

    /// <summary>Reads a key that a sender made; the empty key is refused.</summary>
    public static bool TryParse(string? text, out EntryKey key)
    {
        var ok = Guid.TryParse(text, out var value) && value != Guid.Empty;
        key = new EntryKey(value);
        return ok;
    }
}

internal sealed class WorkshopIdConverter : JsonConverter<WorkshopId>
{
    public override WorkshopId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());
    public override void Write(Utf8JsonWriter writer, WorkshopId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class ParticipantIdConverter : JsonConverter<ParticipantId>
{
    public override ParticipantId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());
    public override void Write(Utf8JsonWriter writer, ParticipantId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class ActivityIdConverter : JsonConverter<ActivityId>
{
    public override ActivityId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, ActivityId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    public override ActivityId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void WriteAsPropertyName(Utf8JsonWriter writer, ActivityId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);
}

internal sealed class EntryKeyConverter : JsonConverter<EntryKey>
{
    public override EntryKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());
    public override void Write(Utf8JsonWriter writer, EntryKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    public override EntryKey ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(Guid.Parse(reader.GetString()!));
    public override void WriteAsPropertyName(Utf8JsonWriter writer, EntryKey value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value.ToString("N"));
}
