using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Features.Programmes;

/// <summary>The beginning of an activity of one's own: what is typical of its type, to be changed.</summary>
internal static class OwnActivity
{
    private const int UsualMinutes = 10;

    public static Activity Of(ExerciseType type, string title) => new(
        new ActivityId(Slug.Of("own-" + type.Name, [], "own")),
        type.Name,
        title,
        "",
        UsualMinutes,
        type.Rules.NeedsNames ? Anonymity.Facilitator : Anonymity.Named,
        "",
        "",
        "",
        SettingsOf(type),
        SpeakerNotes.None);

    // No more of the sample than the type cannot do without: the rest is for those who look for it.
    private static JsonElement SettingsOf(ExerciseType type)
    {
        var sample = JsonDocument.Parse(type.Sample.Settings).RootElement;
        var needed = type.Rules.FieldsOf(sample).Where(f => !f.IsOptional).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var least = JsonSerializer.SerializeToElement(sample.EnumerateObject().Where(p => needed.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value));
        return type.Rules.CheckSettings(least).IsEmpty ? least : sample;
    }
}
