using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Engine.Curriculum;

/// <summary>Why a programme file was not taken.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Code">Names the sentence (<c>File.{Code}</c>).</param>
/// <param name="Args">What the sentence needs; text from the file is among them and stays text.</param>
public sealed record ProgrammeProblem(int Line, string Code, ImmutableArray<object> Args);

/// <summary>What came of reading a programme file.</summary>
public abstract record ProgrammeReading
{
    private ProgrammeReading()
    {
    }

    public sealed record Taken(Programme Programme) : ProgrammeReading;

    /// <summary>At least one problem, in the order of their lines.</summary>
    public sealed record Refused(ImmutableArray<ProgrammeProblem> Problems) : ProgrammeReading;
}

/// <summary>
/// A programme as one JSON text: how it is stored, exported and imported. The published schema is <c>docs/programme.schema.json</c>.
/// </summary>
public static class ProgrammeFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 24;

    /// <summary>What a file says that it is.</summary>
    public const string Format = "loyalty-programme/1";

    /// <summary>Where the schema can be read on every server.</summary>
    public const string SchemaPath = "/programme.schema.json";

    private static readonly JsonSerializerOptions Written = new(ExerciseJson.Options)
    {
        WriteIndented = true, // so that a line number means something
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>What is said of a file that was not even read.</summary>
    public static ProgrammeReading TooLarge { get; } = Refuse(new ProgrammeProblem(1, "too-large", [MaxBytes / 1000]));

    public static string Write(Programme programme) => JsonSerializer.Serialize(
        new Shape(
            SchemaPath, Format, programme.Title, programme.Summary, programme.Language,
            programme.Start.ToString("HH:mm", CultureInfo.InvariantCulture), programme.SlotMinutes, [.. programme.Activities.Select(a => a with { SetAside = false })]),
        Written);

    /// <summary>Reads what <see cref="Write"/> wrote and this server kept. What has become of its exercise types since is not looked at.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static Programme ReadStored(string json) => ToProgramme(JsonSerializer.Deserialize<Shape>(json, ExerciseJson.Options) ?? throw new JsonException("A programme was null."));

    /// <summary>Reads a file that somebody sent. Never throws, whatever it holds.</summary>
    public static ProgrammeReading Read(ReadOnlyMemory<byte> utf8, ExerciseRulebook rulebook)
    {
        if (utf8.Length > MaxBytes)
            return TooLarge;
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (utf8.Span.StartsWith(mark))
            utf8 = utf8[mark.Length..];
        if (JsonLines.Read(utf8.Span, MaxDepth, out var broken) is not { } lines)
            return Refuse(broken!);

        using var document = JsonDocument.Parse(utf8);
        var check = new ProgrammeFileCheck(lines);
        check.Look(document.RootElement);
        if (!check.Problems.IsEmpty)
            return new ProgrammeReading.Refused(check.Problems);

        var programme = Clean(ToProgramme(document.RootElement.Deserialize<Shape>(ExerciseJson.Options)!));
        check.Judge(programme, rulebook);
        return check.Problems.IsEmpty ? new ProgrammeReading.Taken(programme) : new ProgrammeReading.Refused(check.Problems);
    }

    /// <summary>Texts as they are kept: without characters that nobody sees.</summary>
    public static Programme Clean(Programme programme) => programme with
    {
        Title = Fields.Clean(programme.Title),
        Summary = Fields.Clean(programme.Summary),
        Activities = [.. programme.Activities.Select(Clean)],
    };

    private static Activity Clean(Activity activity) => activity with
    {
        Title = Fields.Clean(activity.Title),
        Module = Fields.Clean(activity.Module),
        Prompt = Fields.Clean(activity.Prompt),
        Help = Fields.Clean(activity.Help),
        Debrief = Fields.Clean(activity.Debrief),
        Notes = new SpeakerNotes(
            Fields.Clean(activity.Notes.Purpose), Clean(activity.Notes.Say), Clean(activity.Notes.Ask), Clean(activity.Notes.Traps), Fields.Clean(activity.Notes.Close)),
    };

    private static ImmutableArray<string> Clean(ImmutableArray<string> texts) => [.. texts.Select(Fields.Clean).Where(t => t.Length > 0)];

    private static ProgrammeReading.Refused Refuse(ProgrammeProblem problem) => new([problem]);

    private static Programme ToProgramme(Shape shape) => new(
        shape.Title, shape.Summary, shape.Language, TimeOnly.ParseExact(shape.Start, "HH:mm", CultureInfo.InvariantCulture), shape.SlotMinutes, shape.Activities);

    /// <summary>The text's own shape.</summary>
    private sealed record Shape(
        [property: System.Text.Json.Serialization.JsonPropertyName("$schema")] string? Schema,
        string Format,
        string Title,
        string Summary,
        string Language,
        string Start,
        int SlotMinutes,
        ImmutableArray<Activity> Activities);
}
