using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Ui;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Programmes;

/// <summary>An activity as it is typed; <see cref="Read"/> makes one of it that the rules accept.</summary>
internal sealed class ActivityModel(Activity activity)
{
    public string Title { get; set; } = activity.Title;
    public string Minutes { get; set; } = activity.Minutes.ToString(CultureInfo.InvariantCulture);
    public Anonymity Anonymity { get; set; } = activity.Anonymity;
    public string Prompt { get; set; } = activity.Prompt;
    public string Help { get; set; } = activity.Help;
    public string Debrief { get; set; } = activity.Debrief;
    public string Purpose { get; set; } = activity.Notes.Purpose;

    /// <summary>One per line, as the next two.</summary>
    public string Say { get; set; } = Join(activity.Notes.Say);

    public string Ask { get; set; } = Join(activity.Notes.Ask);
    public string Traps { get; set; } = Join(activity.Notes.Traps);
    public string Close { get; set; } = activity.Notes.Close;

    /// <summary>A copy, to be edited.</summary>
    public JsonObject Settings { get; } = (JsonObject)JsonNode.Parse(activity.Settings.GetRawText())!;

    /// <summary>Checks everything and ties each problem to its field; what the rules say goes to the form as a whole.</summary>
    /// <returns>Null if something is wrong.</returns>
    public static Activity? Read(FormState<ActivityModel> form, Activity original, ExerciseRules rules, IStringLocalizer text)
    {
        form.Clear();
        var model = form.Model;
        var activity = original with
        {
            Title = Fields.Clean(model.Title),
            Anonymity = model.Anonymity,
            Prompt = Fields.Clean(model.Prompt),
            Help = Fields.Clean(model.Help),
            Debrief = Fields.Clean(model.Debrief),
            Notes = new SpeakerNotes(Fields.Clean(model.Purpose), Lines(model.Say), Lines(model.Ask), Lines(model.Traps), Fields.Clean(model.Close)),
            Settings = JsonSerializer.SerializeToElement(model.Settings),
        };

        if (form.Require(() => model.Title, activity.Title, text["Activity.Title.Missing"]))
            Limit(() => model.Title, activity.Title, Programme.MaxTitle);
        Limit(() => model.Prompt, activity.Prompt, Programme.MaxText);
        Limit(() => model.Help, activity.Help, Programme.MaxText);
        Limit(() => model.Debrief, activity.Debrief, Programme.MaxText);
        Limit(() => model.Purpose, activity.Notes.Purpose, Programme.MaxNote);
        Limit(() => model.Close, activity.Notes.Close, Programme.MaxNote);
        LimitLines(() => model.Say, activity.Notes.Say);
        LimitLines(() => model.Ask, activity.Notes.Ask);
        LimitLines(() => model.Traps, activity.Notes.Traps);
        if (int.TryParse(model.Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= Activity.MinMinutes and <= Activity.MaxMinutes)
            activity = activity with { Minutes = minutes };
        else
            form.Add(() => model.Minutes, text["Minutes.Wrong", Activity.MinMinutes, Activity.MaxMinutes]);

        var problems = rules.Check(activity);
        if (!problems.IsEmpty)
            form.Problem = string.Join(' ', problems);
        return form.Valid ? activity : null;

        void Limit(System.Linq.Expressions.Expression<Func<object?>> field, string value, int max)
        {
            if (value.Length > max)
                form.Add(field, text["TooLong", max]);
        }

        void LimitLines(System.Linq.Expressions.Expression<Func<object?>> field, ImmutableArray<string> lines)
        {
            if (lines.Length > Programme.MaxNotes || lines.Any(l => l.Length > Programme.MaxNote))
                form.Add(field, text["TooManyLines", Programme.MaxNotes, Programme.MaxNote]);
        }
    }

    private static string Join(ImmutableArray<string> lines) => string.Join('\n', lines);

    private static ImmutableArray<string> Lines(string text) => [.. Fields.Clean(text).Split('\n').Select(Fields.Clean).Where(l => l.Length > 0)];
}
