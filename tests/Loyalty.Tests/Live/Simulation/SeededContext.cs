namespace Loyalty.Tests.Live.Simulation;

/// <summary>
/// Runs asynchronous work on one thread and takes what is ready in an order drawn from a seed: what threads do by chance, done by a
/// chance that can be repeated.
/// </summary>
internal sealed class SeededContext(int seed) : SynchronizationContext
{
    private readonly Random random = new(seed);
    private readonly List<(SendOrPostCallback Callback, object? State)> ready = [];

    public void Run(Func<Task> work)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = work();
            while (!task.IsCompleted)
            {
                var (callback, state) = Next();
                callback(state);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (ready)
        {
            ready.Add((d, state));
            Monitor.Pulse(ready);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nobody may wait for this thread on this thread.");

    private (SendOrPostCallback Callback, object? State) Next()
    {
        lock (ready)
        {
            // Empty only while another thread has work that will come back here, such as a cancellation.
            while (ready.Count == 0)
                Monitor.Wait(ready);
            var index = random.Next(ready.Count);
            var next = ready[index];
            ready.RemoveAt(index);
            return next;
        }
    }
}
