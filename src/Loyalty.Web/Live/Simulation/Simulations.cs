using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Microsoft.Extensions.Options;

namespace Loyalty.Web.Live.Simulation;

/// <summary>
/// Owns the simulated rooms of this process. A room ends by itself with its workshop, or when the workshop's host is unloaded;
/// all of them end with the server. Nothing is stored: whoever started one starts it again after a restart, and the same people come back.
/// </summary>
public sealed class Simulations(ExerciseCatalogue catalogue, IOptions<SimulationOptions> options, TimeProvider time, ILogger<Simulations> log) : IHostedService, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<WorkshopId, Task> rooms = [];
    private readonly CancellationTokenSource stopping = new();
    private bool stopped;

    public bool IsRunning(WorkshopId workshop)
    {
        lock (gate)
            return rooms.ContainsKey(workshop);
    }

    /// <summary>Lets simulated participants into a workshop; does nothing if they are there, or if the server is stopping.</summary>
    public void Start(LiveWorkshopHost host, int participants)
    {
        lock (gate)
        {
            if (!stopped && !rooms.ContainsKey(host.Id))
                rooms[host.Id] = RunAsync(host, participants);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<Task> left;
        lock (gate)
        {
            // A host that is disposed may stop its services once more.
            if (stopped)
                return;
            stopped = true;
            stopping.Cancel();
            left = [.. rooms.Values];
        }

        await Task.WhenAll(left).WaitAsync(cancellationToken);
    }

    public void Dispose() => stopping.Dispose();

    private async Task RunAsync(LiveWorkshopHost host, int participants)
    {
        // The caller holds the gate; whatever follows must not.
        await Task.Yield();
        SimulationLog.Started(log, host.Id, participants);
        try
        {
            await new SimulatedRoom(host, catalogue, participants).RunAsync(time, stopping.Token, options.Value.Speed);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception e)
        {
            // Nobody awaits a room: it is told here, and takes nobody else's workshop with it.
            SimulationLog.Failed(log, e, host.Id);
        }
        finally
        {
            lock (gate)
                rooms.Remove(host.Id);
            SimulationLog.Ended(log, host.Id);
        }
    }
}
