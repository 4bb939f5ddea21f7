using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Engine.Live;

/// <summary>Whether it may be said who has not answered, and if not, why.</summary>
public enum WhoIsMissing
{
    /// <summary>There is nothing to answer.</summary>
    NothingToAnswer,

    /// <summary>The names are given.</summary>
    Named,

    /// <summary>Anonymous and still open: with names and a running count, one could watch whose answer changed the result.</summary>
    NotWhileOpen,

    /// <summary>Anonymous, and fewer have answered than the threshold: a short list of names beside few answers would tell whose they are.</summary>
    TooFewAnswers,

    /// <summary>Anonymous, and the server was restarted: not every phone has said again that it has answered.</summary>
    NotKnownYet,
}

/// <summary>Who takes part in the activity on stage. Pure; says who has answered, never what.</summary>
/// <param name="Here">People who are here: their phone is connected, or they have none.</param>
/// <param name="Answered">How many have answered.</param>
/// <param name="Expected">How many could: everybody here, and at least those who answered.</param>
/// <param name="Missing">Those who have not answered, by name; empty unless <see cref="WhoIsMissing.Named"/>.</param>
public sealed record Attendance(int Here, int Answered, int Expected, WhoIsMissing Reason, ImmutableArray<Participant> Missing)
{
    /// <summary>The numbers alone, which every screen may show and draws many times a second: looks at nobody one by one.</summary>
    public static (int Here, int Answered, int Expected) Count(LiveWorkshop workshop)
    {
        var here = workshop.Connections.Count + KnownPeople.WithoutPhone(workshop.Participants); // only phones connect
        var answered = workshop.CurrentRun?.State.Respondents ?? 0;
        return (here, answered, Math.Max(here, answered));
    }

    /// <summary>Who is missing from the activity on stage, as far as it may be said.</summary>
    public static Attendance Of(LiveWorkshop workshop)
    {
        var (here, answered, expected) = Count(workshop);
        var reason = ReasonOf(workshop, answered);
        ImmutableArray<Participant> missing = reason == WhoIsMissing.Named && workshop.Current is { } activity
            ? [.. workshop.Participants.Values.Where(p => !workshop.HasAnswered(activity, p.Id)).OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.Id.Value)]
            : [];
        return new Attendance(here, answered, expected, reason, missing);
    }

    public static bool IsHere(LiveWorkshop workshop, Participant participant) =>
        !participant.HasPhone || workshop.Connections.ContainsKey(participant.Id);

    private static WhoIsMissing ReasonOf(LiveWorkshop workshop, int answered)
    {
        if (workshop.Current is not { } activity || workshop.CurrentRun is not { } run || !workshop.Rulebook.Of(activity).TakesAnswers || run.Phase == Phase.Waiting)
            return WhoIsMissing.NothingToAnswer;
        if (activity.Anonymity != Anonymity.Anonymous)
            return WhoIsMissing.Named;
        if (run.Phase == Phase.Open)
            return WhoIsMissing.NotWhileOpen;
        if (answered < workshop.Info.Threshold)
            return WhoIsMissing.TooFewAnswers;
        return run.AnsweredInMemory.Count < answered ? WhoIsMissing.NotKnownYet : WhoIsMissing.Named;
    }
}
