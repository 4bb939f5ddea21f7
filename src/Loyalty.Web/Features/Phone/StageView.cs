using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Phone;

/// <summary>What the phone's page shows when it arrives.</summary>
/// <param name="Stage">The stage's fragment with the participant's own answers filled in.</param>
/// <param name="HasForm">Whether there is a form in it.</param>
/// <param name="Sentence">What became of a plain post; empty otherwise.</param>
/// <param name="Plain">What a plain post needs; null without a form.</param>
/// <param name="Boot">What the script starts with.</param>
public sealed record StageView(WorkshopInfo Info, Participant Participant, MarkupString Stage, bool HasForm, string Sentence, PlainPost? Plain, MarkupString Boot)
{
    private const string ScriptTexts = "Script.";

    /// <summary>The script's start as JSON; the default encoder leaves nothing in it that could end the script element.</summary>
    public static MarkupString BootOf(WorkshopInfo info, Participant participant, IStringLocalizer text) => new(JsonSerializer.Serialize(
        new
        {
            me = participant.Id.ToString(),
            page = $"/j/{info.Code}",
            hub = $"{PhoneHub.Path}?code={info.Code}",
            maxCharacters = Engine.Exercises.Fields.MaxCharacters,
            texts = text.GetAllStrings()
                .Where(t => t.Name.StartsWith(ScriptTexts, StringComparison.Ordinal))
                .ToDictionary(t => t.Name[ScriptTexts.Length..], t => t.Value, StringComparer.Ordinal),
        },
        JsonSerializerOptions.Web));
}

/// <summary>The personal part of a form that is posted without the script.</summary>
/// <param name="Key">The answer's key, made with the page: posting twice saves once.</param>
/// <param name="Slot">The author's token if the activity is anonymous.</param>
/// <param name="HasAnswered">Whether something was posted with it already.</param>
public sealed record PlainPost(string Token, EntryKey Key, string? Slot, bool HasAnswered);
