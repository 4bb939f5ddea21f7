using System.Collections.Immutable;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Console;

/// <summary>
/// What became of a command, in the facilitator's words: the shared sentences speak to somebody who holds a phone, so the console
/// has its own for what it can meet, and takes the others from there.
/// </summary>
internal sealed class ConsoleSentences(IStringLocalizer<ConsoleText> own, RefusalSentences shared)
{
    /// <summary>One sentence, or null if it was done.</summary>
    /// <param name="type">The exercise type that may have refused, or null.</param>
    public string? Of(Outcome outcome, string? type = null) => outcome switch
    {
        Outcome.Refused refused => Of(refused.Reasons, type),
        Outcome.Unavailable unavailable => Of([new Refusal(unavailable.Code)], type),
        _ => null,
    };

    public string Of(ImmutableArray<Refusal> reasons, string? type = null) => string.Join(' ', reasons.Select(r => Of(r, type)));

    private string Of(Refusal refusal, string? type) =>
        own[$"Refusal.{refusal.Code}"] is { ResourceNotFound: false } sentence ? sentence : shared.Of(refusal, type);
}
