using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Live;

/// <summary>Puts the state of a workshop into the messages that phones get.</summary>
public static class StageMessages
{
    public static StageMessage Of(LiveWorkshop workshop, string html, DateTimeOffset now)
    {
        var countdown = ShowsTimer(workshop) ? workshop.CurrentRun?.Countdown : null;
        return new StageMessage(
            workshop.StageRevision,
            workshop.OnStage?.Value,
            Word(workshop.Phase),
            Word(workshop.Status),
            html,
            countdown?.EndsAt,
            countdown is { IsRunning: false } stopped ? stopped.Remaining.TotalSeconds : null,
            workshop.Current is { } activity ? Word(activity.Anonymity) : null,
            now.ToUnixTimeMilliseconds(),
            IsUntouched(workshop),
            Items(workshop));
    }

    /// <summary>All that phones see of each other's input now; null where the stage does not show any. What is hidden is not sent.</summary>
    public static ItemsMessage? Items(LiveWorkshop workshop)
    {
        if (workshop.Current is not { } activity || !(ShowsForm(workshop) || ShowsResults(workshop, activity)))
            return null;

        var items = ItemsOf(workshop, activity);
        return new ItemsMessage(activity.Id.Value, workshop.Revision, items, [.. items.Select(i => i.Id)], Full: true);
    }

    /// <summary>What changed for phones that have <paramref name="before"/>; null if nothing did. Lines that were left out are gone.</summary>
    public static ItemsMessage? Changes(ItemsMessage before, ItemsMessage after)
    {
        var known = before.Changed.ToDictionary(i => i.Id, StringComparer.Ordinal);
        var changed = after.Changed.Where(i => !known.TryGetValue(i.Id, out var old) || old != i).ToImmutableArray();
        return changed.IsEmpty && before.Order.SequenceEqual(after.Order, StringComparer.Ordinal)
            ? null
            : after with { Changed = changed, Full = false };
    }

    /// <summary>Whether the stage holds a form: the exercise is open, or one that its authors may go on changing.</summary>
    public static bool ShowsForm(LiveWorkshop workshop) =>
        workshop is { Status: WorkshopStatus.Live, Current: { } activity }
        && workshop.Rulebook.Of(activity) is { TakesAnswers: true } rules
        && (workshop.Phase == Phase.Open || (rules.StaysEditable && workshop.Phase != Phase.Waiting));

    // What is left of the time for answering means nothing once nobody can answer. A break runs on.
    private static bool ShowsTimer(LiveWorkshop workshop) =>
        workshop is { Status: WorkshopStatus.Live, Current: { } activity }
        && (workshop.Phase is Phase.Waiting or Phase.Open || !workshop.Rulebook.Of(activity).TakesAnswers);

    private static bool ShowsResults(LiveWorkshop workshop, Activity activity) =>
        workshop.Status == WorkshopStatus.Live && ExerciseShow.Of(workshop, activity, ViewPlace.Phone) is { Rules.TakesAnswers: true, ResultsShown: true, EnoughToShow: true };

    /// <summary>What a participant gave in an activity; null if there is no such activity.</summary>
    /// <param name="slot">The author if the activity is anonymous.</param>
    public static OwnMessage? Own(LiveWorkshop workshop, string? activityId, ParticipantId participant, AuthorKey? slot)
    {
        if (activityId is null || workshop.Find(new ActivityId(activityId)) is not { } activity)
            return null;

        var rules = workshop.Rulebook.Of(activity);
        var context = workshop.ContextOf(activity);
        var state = workshop.StateOf(activity);
        AuthorKey? author = activity.Anonymity == Anonymity.Anonymous ? slot : AuthorKey.Of(participant);
        var given = rules.Given(context, state, participant, author);
        var own = author is { } known ? rules.Own(context, state, known) : OwnAnswer.None;
        var all = given.With(own);
        return new OwnMessage(activityId, author is { } who && rules.HasAnswered(context, state, who), all.Fields, all.Items, all.Marks);
    }

    // A hall that asked for own answers nobody can have yet would ask five thousand times within half a second.
    private static bool IsUntouched(LiveWorkshop workshop)
    {
        if (workshop.Current is not { } activity)
            return true;
        var (rules, context, state) = (workshop.Rulebook.Of(activity), workshop.ContextOf(activity), workshop.StateOf(activity));
        return state.Respondents == 0 && workshop.Participants.Keys.All(p => rules.Given(context, state, p).IsEmpty);
    }

    /// <summary>An enum's member as it is written in attributes and messages.</summary>
    internal static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static ImmutableArray<PhoneItem> ItemsOf(LiveWorkshop workshop, Activity activity) =>
        workshop.Rulebook.Of(activity).PhoneItems(
            workshop.ContextOf(activity),
            workshop.StateOf(activity),
            activity.Anonymity == Anonymity.Named ? workshop.NameOf : _ => null);
}
