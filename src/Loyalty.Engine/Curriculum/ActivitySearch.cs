using System.Collections.Immutable;
using System.Globalization;

namespace Loyalty.Engine.Curriculum;

/// <summary>Finds activities by words in what people read and in what facilitators are told.</summary>
public static class ActivitySearch
{
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    /// <summary>The modules with those of their activities that have every word; modules without any are left out.</summary>
    public static ImmutableArray<Module> In(ImmutableArray<Module> modules, string query)
    {
        var words = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? modules
            : [.. modules.Select(m => m with { Activities = [.. m.Activities.Where(a => Matches(a, words))] }).Where(m => !m.Activities.IsEmpty)];
    }

    private static bool Matches(Activity activity, string[] words) => words.All(word => TextsOf(activity).Any(text =>
        CultureInfo.CurrentCulture.CompareInfo.IndexOf(text, word, Loosely) >= 0));

    private static IEnumerable<string> TextsOf(Activity activity) =>
    [
        activity.Title, activity.Module, activity.Prompt, activity.Help, activity.Debrief,
        activity.Notes.Purpose, .. activity.Notes.Say, .. activity.Notes.Ask, .. activity.Notes.Traps, activity.Notes.Close,
    ];
}
