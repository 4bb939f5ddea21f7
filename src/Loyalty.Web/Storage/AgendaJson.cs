using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Storage;

/// <summary>How a workshop's own copy of its agenda, and its departments, are written into their columns.</summary>
public static class AgendaJson
{
    public static string Write(ImmutableArray<Activity> agenda) => JsonSerializer.Serialize(agenda, ExerciseJson.Options);

    /// <exception cref="JsonException">The column does not hold an agenda.</exception>
    public static ImmutableArray<Activity> Read(string json) => JsonSerializer.Deserialize<ImmutableArray<Activity>>(json, ExerciseJson.Options);

    public static string WriteDepartments(IEnumerable<string> departments) => JsonSerializer.Serialize(departments, ExerciseJson.Options);

    public static ImmutableArray<string> ReadDepartments(string json) => JsonSerializer.Deserialize<ImmutableArray<string>>(json, ExerciseJson.Options);
}
