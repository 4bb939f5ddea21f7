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
        JsonDocument.Parse(type.Sample.Settings).RootElement,
        SpeakerNotes.None);
}
