using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Features.Console;

/// <summary>What a move does; names the words on its button.</summary>
public enum MoveKind
{
    Start,
    Resume,
    Begin,
    Open,
    Close,
    Reveal,
    StepForward,
    NextPart,
    GoOn,
    End,
    StepBack,
    PreviousPart,
    GoBack,
    Lobby,
}

/// <summary>One press of "next" or "back".</summary>
/// <param name="To">Where it leads, if that is another step of the agenda.</param>
/// <param name="Step">What it sends to the exercise, if it stays inside.</param>
/// <param name="Asks">Whether the facilitator is asked first, because it cannot be taken back or closes what is open.</param>
public sealed record Move(MoveKind Kind, Activity? To = null, Fields? Step = null, bool Asks = false)
{
    /// <summary>The command to send. A new key each time: pressing twice is two moves.</summary>
    public Command ToCommand(LiveWorkshop workshop) => Kind switch
    {
        MoveKind.Start => new Command.Start(),
        MoveKind.Resume => new Command.Resume(),
        MoveKind.Open => new Command.SetPhase(Phase.Open),
        MoveKind.Close => new Command.SetPhase(Phase.Closed),
        MoveKind.Reveal => new Command.SetPhase(Phase.Revealed),
        MoveKind.StepForward or MoveKind.StepBack or MoveKind.NextPart or MoveKind.PreviousPart => new Command.Moderate(EntryKey.New(), workshop.OnStage!.Value, Step!),
        MoveKind.Begin or MoveKind.GoOn or MoveKind.GoBack => new Command.GoTo(To!.Id),
        MoveKind.Lobby => new Command.GoTo(null),
        MoveKind.End => new Command.End(),
    };
}

/// <summary>The next sensible thing, and the way back. Pure.</summary>
internal static class Moves
{
    /// <summary>What the big button does now; null if nothing is left to do.</summary>
    public static Move? Next(LiveWorkshop workshop) => workshop.Status switch
    {
        WorkshopStatus.Draft => new Move(MoveKind.Start),
        WorkshopStatus.Paused => new Move(MoveKind.Resume),
        WorkshopStatus.Ended => null,
        WorkshopStatus.Live => workshop.Current is { } activity ? NextOf(workshop, activity) : OutOfLobby(workshop),
    };

    /// <summary>The previous point of a stepwise screen, else the previous step of the agenda, else the lobby; null if there is nothing before.</summary>
    public static Move? Back(LiveWorkshop workshop)
    {
        if (workshop.Status != WorkshopStatus.Live || workshop.Current is not { } activity)
            return null;
        if (StepOf(workshop, activity, forward: false) is { } step)
            return new Move(workshop.Phase == Phase.Open ? MoveKind.PreviousPart : MoveKind.StepBack, Step: step);

        var before = workshop.Agenda.TakeWhile(a => a.Id != activity.Id).LastOrDefault(a => IsOn(workshop, a));
        var asks = ClosesOpen(workshop);
        return before is not null ? new Move(MoveKind.GoBack, before, Asks: asks) : new Move(MoveKind.Lobby, Asks: asks);
    }

    /// <summary>Whether leaving the stage now would close an exercise that still takes answers, and would not take them afterwards.</summary>
    public static bool ClosesOpen(LiveWorkshop workshop) =>
        workshop is { Phase: Phase.Open, Current: { } activity } && !workshop.Rulebook.Of(activity).StaysEditable;

    /// <summary>The first step of the agenda that has not been on stage, or null.</summary>
    public static Activity? FirstUnseen(LiveWorkshop workshop) => workshop.Agenda.FirstOrDefault(a => !a.SetAside && !workshop.Runs.ContainsKey(a.Id));

    // What was set aside is passed over, unless it was on stage before.
    private static bool IsOn(LiveWorkshop workshop, Activity activity) => !activity.SetAside || workshop.Runs.ContainsKey(activity.Id);

    private static Move NextOf(LiveWorkshop workshop, Activity activity)
    {
        if (workshop.Rulebook.Of(activity).TakesAnswers)
        {
            switch (workshop.Phase)
            {
                case Phase.Waiting:
                    return new Move(MoveKind.Open);
                case Phase.Open:
                    return StepOf(workshop, activity, forward: true) is { } part ? new Move(MoveKind.NextPart, Step: part) : new Move(MoveKind.Close);
                case Phase.Closed:
                    return new Move(MoveKind.Reveal);
                case Phase.Revealed:
                    break;
            }
        }

        if (StepOf(workshop, activity, forward: true) is { } step)
            return new Move(MoveKind.StepForward, Step: step);
        var next = workshop.Agenda.SkipWhile(a => a.Id != activity.Id).Skip(1).FirstOrDefault(a => IsOn(workshop, a));
        return next is not null ? new Move(MoveKind.GoOn, next) : new Move(MoveKind.End, Asks: true);
    }

    private static Move OutOfLobby(LiveWorkshop workshop)
    {
        // Back from the lobby of a workshop that has run for a while: on with the first step that nobody has seen.
        var next = FirstUnseen(workshop) ?? workshop.Agenda.LastOrDefault(a => IsOn(workshop, a));
        return next is null ? new Move(MoveKind.End, Asks: true) : new Move(MoveKind.Begin, next);
    }

    // A stepwise screen is stepped through while it shows, an exercise in parts while it is open.
    private static Fields? StepOf(LiveWorkshop workshop, Activity activity, bool forward) =>
        workshop.Phase is Phase.Revealed or Phase.Open
            ? workshop.Rulebook.Of(activity).Step(workshop.ContextOf(activity), workshop.StateOf(activity), forward)
            : null;
}
