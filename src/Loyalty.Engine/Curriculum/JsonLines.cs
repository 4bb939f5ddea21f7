using System.Text;
using System.Text.Json;

namespace Loyalty.Engine.Curriculum;

/// <summary>
/// Where the values of a JSON text stand, by path, such as <c>/activities/3/minutes</c>. Reads untrusted text: bounded in depth,
/// and every string and name is looked at, because the parser itself lets broken ones pass until they are asked for.
/// </summary>
internal sealed class JsonLines
{
    // Bounds for what is remembered: a small file can name a great many values, and each by a long path.
    private const int MaxLevels = 4;
    private const int MaxIndex = 1000;
    private const int MaxName = 40;

    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    private JsonLines()
    {
    }

    /// <summary>The line, from 1, on which the value at this path begins, or the nearest value around it.</summary>
    public int Of(string path)
    {
        for (var at = path; at.Length > 0; at = at[..at.LastIndexOf('/')])
        {
            if (lines.TryGetValue(at, out var line))
                return line;
        }

        return 1;
    }

    /// <returns>Null with a problem if this is not JSON, too deep, or names a property twice.</returns>
    public static JsonLines? Read(ReadOnlySpan<byte> utf8, int maxDepth, out ProgrammeProblem? problem)
    {
        var result = new JsonLines();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth + 1 });
        var line = 1;
        var counted = 0;
        var path = new Stack<Level>();
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                line += utf8[counted..start].Count((byte)'\n');
                counted = start;
                if (reader.CurrentDepth >= maxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    return Refuse(out problem, line, "too-deep", maxDepth);

                var text = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString()! : "";
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (!path.Peek().Name(text))
                        return Refuse(out problem, line, "twice", text);
                }
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    path.Pop();
                }
                else
                {
                    if (path.TryPeek(out var level))
                        level.Next();
                    if (path.Count <= MaxLevels && path.All(l => l.Index <= MaxIndex))
                        result.lines[string.Concat(path.Reverse().Select(l => l.Step))] = line;
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                        path.Push(new Level(reader.TokenType == JsonTokenType.StartArray));
                }
            }
        }
        catch (JsonException e)
        {
            return Refuse(out problem, (int)(e.LineNumber ?? 0) + 1, "not-json");
        }
        catch (InvalidOperationException)
        {
            // A string that is no text: half a surrogate pair, or bytes that are not UTF-8.
            return Refuse(out problem, line, "not-text");
        }

        problem = null;
        return result;
    }

    private static JsonLines? Refuse(out ProgrammeProblem? problem, int line, string code, object? argument = null)
    {
        problem = new ProgrammeProblem(line, code, argument is null ? [] : [argument]);
        return null;
    }

    /// <summary>An object or array that is being read, and the step from it to the value that is being read in it.</summary>
    private sealed class Level(bool isArray)
    {
        private readonly HashSet<string> names = new(StringComparer.Ordinal);

        public int Index { get; private set; } = -1;

        public string Step { get; private set; } = "";

        public bool Name(string name)
        {
            Step = "/" + (name.Length > MaxName ? name[..MaxName] : name);
            return names.Add(name);
        }

        public void Next()
        {
            if (isArray)
                Step = $"/{++Index}";
        }
    }
}
