using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Tests.Curriculum;

public sealed class ProgrammeFileTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.GetFullPath("../../../docs/programme.schema.json", Here()))).RootElement;

    private static readonly string Good = ProgrammeFile.Write(Programmes.Of(Programmes.Step("first"), Programmes.Step("second")));

    private static ProgrammeReading Read(string file) => ProgrammeFile.Read(Encoding.UTF8.GetBytes(file), Programmes.Rulebook);

    private static ProgrammeProblem ProblemOf(string file) => Assert.Single(Assert.IsType<ProgrammeReading.Refused>(Read(file)).Problems);

    [Fact]
    public void Every_ready_made_agenda_comes_back_as_it_went_out()
    {
        Assert.NotEmpty(Programmes.ReadyMade);
        Assert.All(Programmes.ReadyMade.Append(Programmes.OfEveryType), programme =>
        {
            var file = ProgrammeFile.Write(programme);
            Assert.Equal(file, ProgrammeFile.Write(Taken(file)));
            Assert.Equal(file, ProgrammeFile.Write(ProgrammeFile.ReadStored(file)));
        });
    }

    [Fact]
    public void Every_export_fits_the_published_schema() => Assert.All(
        Programmes.ReadyMade.Append(Programmes.OfEveryType),
        programme => Assert.Empty(new JsonSchemaCheck(Schema).Problems(JsonDocument.Parse(ProgrammeFile.Write(programme)).RootElement)));

    [Fact]
    public void Schema_and_reader_refuse_the_same()
    {
        // Each property in turn is left out, and then given every kind of value; whatever one of the two refuses, the other refuses.
        string[] values = ["null", "true", "-1", "0", "100000", "1.5", "\"\"", "\"x\"", "\"A b\"", $"\"{new string('x', 3000)}\"", "[]", "{}", "[1]"];
        var file = JsonNode.Parse(Good)!.AsObject();
        foreach (var path in Places(file).ToList())
        {
            foreach (var value in values.Prepend(null))
            {
                var changed = (JsonObject)file.DeepClone();
                Put(changed, path, value);
                var fits = new JsonSchemaCheck(Schema).Problems(JsonSerializer.SerializeToElement(changed)).Count == 0;
                var reading = Read(changed.ToJsonString());
                // A type that nobody has and settings that the type does not take are beyond a schema.
                if (reading is ProgrammeReading.Refused refused && refused.Problems.All(p => p.Code is "type" or "settings"))
                    continue;
                Assert.True(fits == reading is ProgrammeReading.Taken, $"{path} = {value}: the schema says {fits}, the reader {reading}.");
            }
        }
    }

    [Theory]
    [InlineData("\"title\": \"A programme\"", "\"title\": \"  \"", 4, "empty")]
    [InlineData("\"title\": \"A programme\",", "", 1, "text")]
    [InlineData("\"title\": \"A programme\"", "\"title\": \"A\", \"title\": \"B\"", 4, "twice")]
    [InlineData("\"title\": \"A programme\"", "\"title\": \"A \\uD800 programme\"", 4, "not-text")]
    [InlineData("\"title\": \"A programme\"", "\"title\": A programme", 4, "not-json")]
    [InlineData("\"title\": \"A programme\"", "\"title\": \"A\",\n\"colour\": \"red\"", 5, "unknown")]
    [InlineData("loyalty-programme/1", "something-else", 3, "format")]
    [InlineData("\"09:00\"", "\"25:00\"", 7, "time")]
    [InlineData("\"language\": \"en\"", "\"language\": \"../en\"", 6, "language")]
    [InlineData("\"slotMinutes\": 90", "\"slotMinutes\": 90.5", 8, "range")]
    [InlineData("\"slotMinutes\": 90", "\"slotMinutes\": 99999999999999", 8, "range")]
    [InlineData("\"id\": \"first\"", "\"id\": \"<b>\"", 11, "id")]
    [InlineData("\"id\": \"second\"", "\"id\": \"first\"", 0, "same-id")]
    [InlineData("\"id\": \"first\"", "\"setAside\": true, \"id\": \"first\"", 11, "unknown")]
    [InlineData("\"type\": \"scale\"", "\"type\": \"telepathy\"", 12, "type")]
    [InlineData("\"anonymity\": \"named\"", "\"anonymity\": \"Named\"", 16, "label")]
    [InlineData("\"anonymity\": \"named\"", "\"anonymity\": \"2\"", 16, "label")]
    [InlineData("\"anonymity\": \"named\"", "\"anonymity\": 2", 16, "text")]
    [InlineData("\"minutes\": 10", "\"minutes\": 0", 15, "range")]
    public void Mistake_is_refused_with_its_line(string good, string bad, int line, string code)
    {
        var at = Good.IndexOf(good, StringComparison.Ordinal);
        var file = Good[..at] + bad + Good[(at + good.Length)..];

        var problem = ProblemOf(file);

        Assert.Equal(code, problem.Code);
        Assert.Equal(line == 0 ? LineOf(Good, good) : line, problem.Line);
    }

    [Fact]
    public void Settings_that_the_type_refuses_are_refused_with_its_own_sentence()
    {
        var step = Programmes.Step("first") with { Settings = JsonSerializer.SerializeToElement(new { items = Array.Empty<string>() }) };
        var file = ProgrammeFile.Write(Programmes.Of(step));

        var problem = ProblemOf(file);

        Assert.Equal(("settings", LineOf(file, "\"settings\"")), (problem.Code, problem.Line));
        Assert.Equal(Programmes.Rulebook.Of(step).CheckSettings(step.Settings), problem.Args.Skip(1).Cast<string>());
    }

    [Fact]
    public void Anonymous_label_on_what_needs_names_is_refused()
    {
        var type = Programmes.Catalogue.All.First(t => t.Rules.NeedsNames);

        var problem = ProblemOf(ProgrammeFile.Write(Programmes.Of(Programmes.Step("plan", type.Name) with { Anonymity = Anonymity.Anonymous })));

        Assert.Equal("settings", problem.Code);
    }

    [Fact]
    public void File_that_is_too_large_or_too_deep_is_refused()
    {
        Assert.Equal("too-large", ProblemOf(new string(' ', ProgrammeFile.MaxBytes + 1)).Code);
        Assert.Equal("too-deep", ProblemOf(string.Concat(Enumerable.Repeat("[", 100_000))).Code);
        Assert.Equal("count", ProblemOf(ProgrammeFile.Write(Programmes.Of([.. Enumerable.Range(0, Programme.MaxActivities + 1).Select(i => Programmes.Step($"s{i}"))]))).Code);
    }

    [Fact]
    public void Long_names_of_many_values_cost_no_more_than_the_file()
    {
        var name = new string('n', 300_000);
        var file = "{\"" + name + "\":{\"" + name + "\":[" + string.Join(',', Enumerable.Repeat("1", 190_000)) + "]}}";
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.IsType<ProgrammeReading.Refused>(Read(file));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
    }

    [Fact]
    public void Byte_order_mark_does_no_harm() =>
        Assert.IsType<ProgrammeReading.Taken>(ProgrammeFile.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)], Programmes.Rulebook));

    [Fact]
    public void What_was_set_aside_on_a_day_is_no_part_of_a_programme() =>
        Assert.DoesNotContain("setAside", ProgrammeFile.Write(Programmes.Of(Programmes.Step("a") with { SetAside = true })), StringComparison.Ordinal);

    internal static Programme Taken(string file) => Assert.IsType<ProgrammeReading.Taken>(Read(file)).Programme;

    private static int LineOf(string file, string text) => file[..file.IndexOf(text, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

    private static IEnumerable<string> Places(JsonNode node, string path = "") => node switch
    {
        _ when path.EndsWith("/settings", StringComparison.Ordinal) => [],
        JsonObject obj => obj.SelectMany(p => Places(p.Value!, $"{path}/{p.Key}").Prepend($"{path}/{p.Key}")),
        JsonArray { Count: > 0 } array => Places(array[0]!, $"{path}/0"),
        _ => [],
    };

    private static void Put(JsonObject file, string path, string? value)
    {
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        JsonNode at = file;
        foreach (var step in steps[..^1])
            at = int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? at[index]! : at[step]!;
        if (value is null)
            ((JsonObject)at).Remove(steps[^1]);
        else
            at[steps[^1]] = JsonNode.Parse(value);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
