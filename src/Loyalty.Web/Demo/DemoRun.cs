using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Live.Simulation;

namespace Loyalty.Web.Demo;

/// <summary>Takes a workshop from start to end as a facilitator would, with simulated participants, on a clock that can be moved.</summary>
internal sealed class DemoRun(LiveWorkshopHost host, ExerciseCatalogue catalogue, int participants, ShiftedTime time)
{
    // People are asked what they do next this often. Finer would change nothing but the time it takes.
    private static readonly TimeSpan Stride = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Lobby = TimeSpan.FromMinutes(4);

    private readonly SimulatedRoom room = new(host, catalogue, participants);

    /// <exception cref="InvalidOperationException">The workshop refused a command that every facilitator may give.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await DoAsync(new Command.Start(), cancellationToken);
        await LiveAsync(Lobby, cancellationToken);
        foreach (var activity in host.Current.Agenda)
            await RunAsync(activity, cancellationToken);
        await DoAsync(new Command.End(), cancellationToken);
    }

    private async Task RunAsync(Activity activity, CancellationToken cancellationToken)
    {
        await DoAsync(new Command.GoTo(activity.Id), cancellationToken);
        if (!catalogue.Of(activity).Rules.TakesAnswers)
        {
            await LiveAsync(TimeSpan.FromMinutes(activity.Minutes), cancellationToken);
            return;
        }

        // A third of the time goes into asking and talking about it, the rest into answering.
        var planned = TimeSpan.FromMinutes(activity.Minutes);
        await LiveAsync(planned / 12, cancellationToken);
        await DoAsync(new Command.SetPhase(Phase.Open), cancellationToken);
        await DoAsync(new Command.StartTimer(), cancellationToken);
        await LiveAsync(planned * 2 / 3, cancellationToken);
        await DoAsync(new Command.SetPhase(Phase.Closed), cancellationToken);
        await DoAsync(new Command.SetPhase(Phase.Revealed), cancellationToken);
        await LiveAsync(planned / 4, cancellationToken);
    }

    private async Task LiveAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        for (var left = duration; left > TimeSpan.Zero; left -= Stride)
        {
            time.Advance(left < Stride ? left : Stride);
            await room.StepAsync(time.GetUtcNow(), cancellationToken);
        }
    }

    private async Task DoAsync(Command command, CancellationToken cancellationToken)
    {
        if (await host.SendAsync(command, cancellationToken) is not Outcome.Done and var outcome)
            throw new InvalidOperationException($"The demonstration could not be made up: {command} was answered with {outcome}.");
    }
}
