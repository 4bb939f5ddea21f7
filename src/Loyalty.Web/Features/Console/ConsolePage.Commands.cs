using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Loyalty.Web.Features.Console;

/// <content>What the facilitator does: moves, keys, and what became of them.</content>
public sealed partial class ConsolePage
{
    /// <summary>
    /// A second press within this time is the same press: a double click on "Open" must not close again at once, and cheap clickers bounce.
    /// </summary>
    private static readonly TimeSpan SamePress = TimeSpan.FromMilliseconds(350);

    // What a keyboard writes, and what the usual clickers send.
    private static readonly Dictionary<string, string> KeyActions = new(StringComparer.Ordinal)
    {
        ["PageDown"] = "next",
        ["ArrowRight"] = "next",
        [" "] = "next",
        ["PageUp"] = "back",
        ["ArrowLeft"] = "back",
        ["o"] = "open",
        ["r"] = "reveal",
        ["t"] = "timer",
        ["b"] = "blank",
        ["."] = "blank",
        ["f"] = "fullscreen-hint",
        ["?"] = "help",
    };

    private string? refusal;
    private string? notice;
    private bool moving;

    [Inject]
    private ConsoleSentences Sentences { get; set; } = null!;

    [Inject]
    private ILogger<ConsolePage> Log { get; set; } = null!;

    /// <summary>A key was pressed, on the keyboard or on a clicker.</summary>
    [JSInvokable]
    public async Task OnKey(string action)
    {
        if (workshop is null)
            return;

        switch (action)
        {
            case "next":
                await MoveAsync(Moves.Next(workshop));
                break;
            case "back":
                await MoveAsync(Moves.Back(workshop));
                break;
            case "open":
                await SendAndForgetAsync(new Command.SetPhase(workshop.Phase == Phase.Open ? Phase.Closed : Phase.Open));
                break;
            case "reveal":
                await SendAndForgetAsync(new Command.SetPhase(workshop.Phase == Phase.Revealed ? Phase.Closed : Phase.Revealed));
                break;
            case "timer":
                await SendAndForgetAsync(workshop.CurrentRun?.Countdown is { IsRunning: true } ? new Command.StopTimer() : new Command.StartTimer());
                break;
            case "blank":
                await SendAndForgetAsync(new Command.BlankRoom(!workshop.RoomIsBlank));
                break;
            case "fullscreen-hint":
                notice = Text["Hint.Fullscreen"];
                break;
            case "help":
                await ShowKeysAsync();
                break;
        }

        StateHasChanged();
    }

    private async Task MoveAsync(Move? move)
    {
        if (move is null || workshop is null || moving)
            return;

        if (move.Kind == MoveKind.End)
        {
            await AskToEndAsync();
            return;
        }

        if (move.Asks)
        {
            await AskToLeaveAsync(() => CarryOutAsync(move));
            return;
        }

        await CarryOutAsync(move);
    }

    private async Task CarryOutAsync(Move move)
    {
        moving = true;
        StateHasChanged();
        try
        {
            await SendAsync(move.ToCommand(workshop!));
            await Task.Delay(SamePress, Time, gone.Token);
        }
        finally
        {
            moving = false;
            StateHasChanged();
        }
    }

    private async Task JumpAsync(Activity? to)
    {
        if (workshop is null || to?.Id == workshop.OnStage)
            return;

        if (Moves.ClosesOpen(workshop))
            await AskToLeaveAsync(() => SendAndForgetAsync(new Command.GoTo(to?.Id)));
        else
            await SendAndForgetAsync(new Command.GoTo(to?.Id));
    }

    private Task AskToLeaveAsync(Func<Task> yes) =>
        ask?.ShowAsync(new Question(Text["Ask.Leave.Title"], Text["Ask.Leave.Text", workshop!.Current!.Title], Text["Ask.Leave.Yes"], yes)) ?? Task.CompletedTask;

    private Task AskToEndAsync() =>
        ask?.ShowAsync(new Question(Text["Ask.End.Title"], Text["Ask.End.Text"], Text["Ask.End.Yes"], () => SendAndForgetAsync(new Command.End()))) ?? Task.CompletedTask;

    private Task ShowKeysAsync() => keys?.ShowAsync() ?? Task.CompletedTask;

    private Task AnswerForAsync(Participant participant) => behalf?.ShowAsync(participant) ?? Task.CompletedTask;

    private Task<Outcome> ModerateAsync(Fields fields) =>
        workshop?.OnStage is { } activity
            ? SendAsync(new Command.Moderate(EntryKey.New(), activity, fields))
            : Task.FromResult<Outcome>(new Outcome.Refused("not-on-stage"));

    private Task SendAndForgetAsync(Command command) => SendAsync(command);

    /// <summary>Sends a command, and says in one sentence if it was not done.</summary>
    private async Task<Outcome> SendAsync(Command command)
    {
        var outcome = await SendFormAsync(command);
        refusal = Sentences.Of(outcome, workshop?.Current?.Type);
        StateHasChanged();
        return outcome;
    }

    /// <summary>Sends what a form holds; the form itself says what is wrong, beside its fields.</summary>
    private async Task<Outcome> SendFormAsync(Command command)
    {
        if (feed is null || workshop is null)
            return new Outcome.Unavailable("stopping");

        Outcome outcome;
        try
        {
            outcome = await feed.SendAsync(command, gone.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug in one rule: told here and in the log, and the desk stays up in front of a full room.
            ConsoleLog.CommandFailed(Log, command.GetType().Name, workshop.Id, e);
            outcome = new Outcome.Unavailable("failed");
        }

        notice = null;
        refusal = null;
        // What was just done shows at once; the feed's own picture of it may come a tenth of a second later.
        Take(feed.Current);
        StateHasChanged();
        return outcome;
    }
}
