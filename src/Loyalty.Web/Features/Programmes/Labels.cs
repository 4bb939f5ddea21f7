using System.Text;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Programmes;

/// <summary>What types and their settings are called: in the type's own words if it has any, else made readable.</summary>
internal sealed class Labels(ExerciseCatalogue catalogue, IStringLocalizerFactory localizers)
{
    public string TypeOf(Activity activity) => catalogue.Knows(activity.Type) ? TypeOf(catalogue.Of(activity)) : activity.Type;

    public string TypeOf(ExerciseType type) => localizers.Create(type.Texts)["Name"];

    public string SummaryOf(ExerciseType type) => localizers.Create(type.Texts)["Summary"];

    public string SettingOf(ExerciseType type, SettingField field) => Find(type, $"Setting.{field.Name}") ?? Readable(field.Name);

    public string? HintOf(ExerciseType type, SettingField field) => Find(type, $"Setting.{field.Name}.Hint");

    private string? Find(ExerciseType type, string key) => localizers.Create(type.Texts)[key] is { ResourceNotFound: false } found ? found.Value : null;

    // “maxPosts” becomes “Max posts”.
    private static string Readable(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c))
                words.Append(' ');
            words.Append(words.Length == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
