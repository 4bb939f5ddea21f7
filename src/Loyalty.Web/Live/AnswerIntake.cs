using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Live;

/// <summary>
/// Takes an answer, whichever way it came: over the hub or as a plain post. Bounds are kept here, so that what reaches
/// the workshop's mailbox is small and well-formed; what it means is for the exercise's rules to judge.
/// </summary>
public sealed class AnswerIntake(
    RefusalSentences sentences, IStringLocalizer<PhoneStageText> text, LiveMetrics metrics, TimeProvider time, ILogger<AnswerIntake> logger)
{
    /// <summary>The shortest slot token that counts: 128 bits in base 64.</summary>
    private const int MinSlotLength = 22;

    private const int MaxSlotLength = 100;

    private readonly ConcurrentDictionary<CultureInfo, string> saved = new();

    /// <remarks>Not cancelled with the connection: what was sent is judged, and a phone that comes back hears of it.</remarks>
    public async Task<SubmitReply> TakeAsync(LiveWorkshopHost host, ParticipantId participant, SubmitRequest request)
    {
        using var trace = LiveTrace.Answer(host.Id);
        var started = time.GetTimestamp();
        var slot = Slot(request.Slot);
        var (submit, outcome) = Read(request, participant, slot);
        if (submit is not null)
        {
            try
            {
                outcome = await host.SendAsync(submit);
            }
            catch (Exception e)
            {
                // A rule threw: sending the same again would throw again, so the phone must not keep trying.
                PhoneLog.RuleFailed(logger, e, host.Id, submit.Activity);
                outcome = new Outcome.Refused("failed");
            }
        }

        var reply = Reply(host.Current, participant, slot, request.Activity, outcome);
        trace?.SetTag("loyalty.state", reply.State);
        metrics.Answered(time.GetElapsedTime(started), reply.State);
        return reply;
    }

    private SubmitReply Reply(LiveWorkshop workshop, ParticipantId participant, AuthorKey? slot, string? activity, Outcome? outcome)
    {
        var culture = PhoneCulture.Of(workshop.Info);
        if (outcome is Outcome.Saved)
            return new SubmitReply(SubmitReply.SavedState, Saved(culture), [], StageMessages.Own(workshop, activity, participant, slot));

        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = culture;
        return outcome switch
        {
            Outcome.Unavailable unavailable => new SubmitReply(SubmitReply.UnavailableState, sentences.Of(unavailable.Code), [], null),
            Outcome.Refused refused => Refused(refused.Reasons, activity is { } id ? workshop.Find(new ActivityId(id))?.Type : null),
            _ => Refused([new Refusal("failed")], null),
        };
    }

    // Kept: to change the culture of a call costs more than the rest of the reply.
    private string Saved(CultureInfo culture) => saved.GetOrAdd(culture, static (wanted, text) =>
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = wanted;
        string sentence = text["Saved"];
        CultureInfo.CurrentUICulture = before;
        return sentence;
    }, text);

    /// <summary>The anonymous author behind a phone's slot token; null if it is no such token.</summary>
    public static AuthorKey? Slot(string? token) =>
        token is { Length: >= MinSlotLength and <= MaxSlotLength } ? AuthorKey.Slot(token) : null;

    /// <summary>What was sent as a command, or why it is none.</summary>
    private static (Command.Submit? Command, Outcome? Refused) Read(SubmitRequest request, ParticipantId participant, AuthorKey? slot)
    {
        if (!EntryKey.TryParse(request.Key, out var key) || request.Activity is not { Length: > 0 and <= ActivityId.MaxLength } activity)
            return (null, new Outcome.Refused("not-understood"));
        if (!Fields.TryCreate((request.Fields ?? ImmutableDictionary<string, string[]?>.Empty).Select(f => KeyValuePair.Create<string, IReadOnlyList<string>>(f.Key, f.Value ?? [])), out var fields))
            return (null, new Outcome.Refused("too-large"));
        return (new Command.Submit(key, new ActivityId(activity), participant, slot, fields), null);
    }

    private SubmitReply Refused(ImmutableArray<Refusal> reasons, string? type)
    {
        var errors = reasons.Where(r => r.Field is not null).Select(r => new FieldError(r.Field!, sentences.Of(r, type))).ToImmutableArray();
        var whole = reasons.Where(r => r.Field is null).ToImmutableArray();
        return new SubmitReply(SubmitReply.RefusedState, whole.IsEmpty ? text["CheckFields"] : sentences.Of(whole, type), errors, null);
    }
}
