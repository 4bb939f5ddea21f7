using System.Text.Json;
using System.Text.RegularExpressions;

namespace Loyalty.Tests.Curriculum;

/// <summary>As much of JSON Schema as the published schema uses; a keyword that it does not know fails.</summary>
internal sealed class JsonSchemaCheck(JsonElement schema)
{
    private static readonly string[] Said = ["$schema", "$defs", "title", "description"];

    /// <summary>What does not hold, each with its path; empty if the value fits.</summary>
    public List<string> Problems(JsonElement value)
    {
        var problems = new List<string>();
        Check(schema, value, "", problems);
        return problems;
    }

    private void Check(JsonElement rule, JsonElement value, string path, List<string> problems)
    {
        foreach (var keyword in rule.EnumerateObject().Where(k => !Said.Contains(k.Name)))
        {
            if (!Holds(keyword.Name, keyword.Value, rule, value, path, problems))
                problems.Add($"{path}: {keyword.Name} {keyword.Value}");
        }
    }

    private bool Holds(string keyword, JsonElement expected, JsonElement rule, JsonElement value, string path, List<string> problems)
    {
        switch (keyword)
        {
            case "$ref":
                Check(schema.GetProperty("$defs").GetProperty(expected.GetString()!.Split('/')[^1]), value, path, problems);
                return true;
            case "type":
                return expected.GetString() switch
                {
                    "object" => value.ValueKind == JsonValueKind.Object,
                    "array" => value.ValueKind == JsonValueKind.Array,
                    "string" => value.ValueKind == JsonValueKind.String,
                    "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
                    var type => throw new NotSupportedException(type),
                };
            case "const":
                return JsonElement.DeepEquals(expected, value);
            case "enum":
                return expected.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value));
            case "required":
                return value.ValueKind != JsonValueKind.Object || expected.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "additionalProperties":
                return value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(p => rule.GetProperty("properties").TryGetProperty(p.Name, out _));
            case "properties":
                foreach (var property in expected.EnumerateObject())
                {
                    if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(property.Name, out var part))
                        Check(property.Value, part, $"{path}/{property.Name}", problems);
                }

                return true;
            case "items":
                if (value.ValueKind == JsonValueKind.Array)
                {
                    foreach (var (item, i) in value.EnumerateArray().Select((item, i) => (item, i)))
                        Check(expected, item, $"{path}/{i}", problems);
                }

                return true;
            case "minItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= expected.GetInt32();
            case "maxItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= expected.GetInt32();
            case "minLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= expected.GetInt32();
            case "maxLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= expected.GetInt32();
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() >= expected.GetDouble();
            case "maximum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() <= expected.GetDouble();
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, expected.GetString()!, RegexOptions.ECMAScript, TimeSpan.FromSeconds(5));
            default:
                throw new NotSupportedException($"The check does not know “{keyword}”.");
        }
    }
}
