using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Engine.Curriculum;

/// <summary>Everything that can be wrong with a programme file that is JSON, each problem with its line.</summary>
internal sealed partial class ProgrammeFileCheck(JsonLines lines)
{
    /// <summary>More problems than this say nothing new.</summary>
    private const int MaxProblems = 10;

    private static readonly ImmutableHashSet<string> Root = ["$schema", "format", "title", "summary", "language", "start", "slotMinutes", "activities"];

    private static readonly ImmutableHashSet<string> OfActivity =
        ["id", "type", "title", "module", "minutes", "anonymity", "prompt", "help", "debrief", "settings", "notes"];

    private static readonly ImmutableHashSet<string> OfNotes = ["purpose", "say", "ask", "traps", "close"];

    private static readonly ImmutableHashSet<string> Labels = [.. Enum.GetNames<Anonymity>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    private readonly List<ProgrammeProblem> problems = [];

    public ImmutableArray<ProgrammeProblem> Problems => [.. problems.OrderBy(p => p.Line).Take(MaxProblems)];

    /// <summary>Looks at the shape: names, kinds, lengths and ranges.</summary>
    public void Look(JsonElement root)
    {
        if (!IsObject(root, "", Root))
            return;

        // A file of another kind would otherwise be told about every one of its properties.
        if (Text(root, "", "format", 60) is var format && format != ProgrammeFile.Format)
        {
            problems.Clear();
            Add("/format", "format", ProgrammeFile.Format);
            return;
        }

        Optional(root, "$schema", 200);
        Text(root, "", "title", Programme.MaxTitle, required: true);
        Text(root, "", "summary", Programme.MaxSummary);
        if (Text(root, "", "language", 20) is { } language && !Language().IsMatch(language))
            Add("/language", "language", language);
        if (Text(root, "", "start", 5) is { } start && !TimeOnly.TryParseExact(start, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            Add("/start", "time", start);
        Whole(root, "", "slotMinutes", Activity.MinMinutes, Programme.MaxSlotMinutes);
        if (!root.TryGetProperty("activities", out var activities) || activities.ValueKind != JsonValueKind.Array)
        {
            Add("/activities", "list", "activities");
            return;
        }

        if (activities.GetArrayLength() is 0 or > Programme.MaxActivities)
            Add("/activities", "count", Programme.MaxActivities);
        var index = 0;
        foreach (var activity in activities.EnumerateArray().Take(Programme.MaxActivities))
            Look(activity, $"/activities/{index++}");
    }

    /// <summary>Judges what only the exercise types know, in a programme of the right shape.</summary>
    public void Judge(Programme programme, ExerciseRulebook rulebook)
    {
        var seen = new HashSet<ActivityId>();
        for (var i = 0; i < programme.Activities.Length; i++)
        {
            var activity = programme.Activities[i];
            var path = $"/activities/{i}";
            if (!seen.Add(activity.Id))
                Add(path + "/id", "same-id", activity.Id.Value);
            if (activity.Title.Length == 0)
                Add(path + "/title", "empty", "title");
            if (!rulebook.Knows(activity.Type))
            {
                Add(path + "/type", "type", activity.Type);
                continue;
            }

            foreach (var problem in Check(rulebook.Of(activity), activity))
                Add(path + "/settings", "settings", activity.Title, problem);
        }

        if (programme.Title.Length == 0)
            Add("/title", "empty", "title");
    }

    private static ImmutableArray<string> Check(ExerciseRules rules, Activity activity)
    {
        try
        {
            return rules.Check(activity);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Settings that a type did not expect even as wrong ones are the file's fault first: it is refused like any other.
            return [$"The settings of “{rules.Type}” cannot be read."];
        }
    }

    private void Look(JsonElement activity, string path)
    {
        if (!IsObject(activity, path, OfActivity))
            return;

        if (Text(activity, path, "id", ActivityId.MaxLength) is { } id && !Slug.IsValid(id))
            Add(path + "/id", "id", id);
        Text(activity, path, "type", ActivityId.MaxLength, required: true);
        Text(activity, path, "title", Programme.MaxTitle, required: true);
        Text(activity, path, "module", Programme.MaxTitle);
        Whole(activity, path, "minutes", Activity.MinMinutes, Activity.MaxMinutes);
        if (Text(activity, path, "anonymity", 20) is { } label && !Labels.Contains(label))
            Add(path + "/anonymity", "label", label);
        Text(activity, path, "prompt", Programme.MaxText);
        Text(activity, path, "help", Programme.MaxText);
        Text(activity, path, "debrief", Programme.MaxText);
        if (!activity.TryGetProperty("settings", out var settings) || settings.ValueKind != JsonValueKind.Object)
            Add(path + "/settings", "object", "settings");
        if (!activity.TryGetProperty("notes", out var notes))
            Add(path + "/notes", "object", "notes");
        else if (IsObject(notes, path + "/notes", OfNotes))
            LookAtNotes(notes, path + "/notes");
    }

    private void LookAtNotes(JsonElement notes, string path)
    {
        Text(notes, path, "purpose", Programme.MaxNote);
        Text(notes, path, "close", Programme.MaxNote);
        foreach (var name in (string[])["say", "ask", "traps"])
        {
            if (!notes.TryGetProperty(name, out var texts) || texts.ValueKind != JsonValueKind.Array || texts.EnumerateArray().Any(t => t.ValueKind != JsonValueKind.String))
                Add($"{path}/{name}", "texts", name);
            else if (texts.GetArrayLength() > Programme.MaxNotes)
                Add($"{path}/{name}", "too-many", name, Programme.MaxNotes);
            else if (texts.EnumerateArray().Any(t => t.GetString()!.Length > Programme.MaxNote))
                Add($"{path}/{name}", "too-long", name, Programme.MaxNote);
        }
    }

    private bool IsObject(JsonElement element, string path, ImmutableHashSet<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(path, "object", path.Length == 0 ? "file" : path[(path.LastIndexOf('/') + 1)..]);
            return false;
        }

        foreach (var property in element.EnumerateObject().Where(p => !known.Contains(p.Name)))
            Add($"{path}/{property.Name}", "unknown", property.Name);
        return true;
    }

    private string? Text(JsonElement parent, string path, string name, int maxLength, bool required = false)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            Add($"{path}/{name}", "text", name);
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > maxLength)
            Add($"{path}/{name}", "too-long", name, maxLength);
        else if (required && string.IsNullOrWhiteSpace(text))
            Add($"{path}/{name}", "empty", name);
        else
            return text;
        return null;
    }

    private void Optional(JsonElement parent, string name, int maxLength)
    {
        if (parent.TryGetProperty(name, out _))
            Text(parent, "", name, maxLength);
    }

    private void Whole(JsonElement parent, string path, string name, int min, int max)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < min || number > max)
            Add($"{path}/{name}", "range", name, min, max);
    }

    private void Add(string path, string code, params ReadOnlySpan<object> args) => problems.Add(new ProgrammeProblem(lines.Of(path), code, [.. args]));

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Language();
}
