using System.Diagnostics;
using Loyalty.LoadTool.Report;

namespace Loyalty.LoadTool.Phones;

/// <summary>The phones of one room, and what can be asked of all of them together.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>Connections that are opened at the same time.</summary>
    private const int ConnectingAtOnce = 200;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource ended = new();
    private readonly Random random = new(4711);
    private readonly Task pinging;

    public Crowd(IReadOnlyList<Phone> phones)
    {
        Phones = phones;
        pinging = PingAsync();
    }

    public IReadOnlyList<Phone> Phones { get; }

    public int Count => Phones.Count;

    public long BytesIn => Phones.Sum(p => p.BytesIn);

    public long BytesOut => Phones.Sum(p => p.BytesOut);

    public long Heard => Phones.Sum(p => p.Heard);

    /// <summary>Opens all lines; with a hello if the hub knows one. Gives the time that each phone took.</summary>
    public async Task<Samples> ConnectAsync(bool hello, CancellationToken cancellationToken)
    {
        var taken = new Samples();
        await Parallel.ForEachAsync(Phones, new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce, CancellationToken = cancellationToken }, async (phone, cancel) =>
        {
            var started = Stopwatch.GetTimestamp();
            await phone.ConnectAsync(cancel);
            if (hello && !(await phone.HelloAsync(cancel)).Ok)
                throw new LoadException($"Phone {phone.Number} was turned away.");
            taken.Add(started, Stopwatch.GetTimestamp());
        });
        return taken;
    }

    /// <summary>
    /// Does something that makes the server send a stage, and waits until every phone has a newer one than before.
    /// </summary>
    /// <param name="push">Gives the moment from which time counts.</param>
    /// <param name="except">A phone that is not waited for.</param>
    public async Task<Samples> PushAsync(Func<Task<long>> push, CancellationToken cancellationToken, Phone? except = null)
    {
        var before = Phones.Select(p => p.Stage.Revision).ToArray();
        var expected = Phones.Where(p => p != except && p.IsConnected).ToList();
        var arrivals = new long[Count];
        var left = expected.Count;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var phone in expected)
        {
            phone.StageCame = (who, revision, at) =>
            {
                if (revision > before[who.Number] && Interlocked.CompareExchange(ref arrivals[who.Number], at, 0) == 0 && Interlocked.Decrement(ref left) == 0)
                    all.TrySetResult();
            };
        }

        using var undisturbed = NoCollection.Begin();
        var started = await push();
        await Patience.WaitAsync(all.Task, () => $"{Volatile.Read(ref left)} of {expected.Count} phones never got the stage.", cancellationToken);
        var samples = new Samples();
        foreach (var phone in expected)
        {
            phone.StageCame = null;
            samples.Add(started, arrivals[phone.Number]);
        }

        return samples;
    }

    /// <summary>Every phone calls once, spread evenly at random over a time; all at the same instant if it is zero.</summary>
    /// <param name="call">Makes one phone's call.</param>
    /// <param name="sent">Told when a phone is about to send: its tap.</param>
    /// <returns>
    /// Time from tap to reply. For an instant, the tap of all is its beginning: that the generator needs time to send is part of what a phone waits.
    /// </returns>
    public async Task<Answers> AnswerAsync(TimeSpan over, Func<Phone, Task<Reply>> call, Action<Phone, long>? sent, CancellationToken cancellationToken)
    {
        var order = Phones.ToArray();
        random.Shuffle(order);
        var due = order.Select(_ => (long)(random.NextDouble() * over.TotalSeconds * Stopwatch.Frequency)).Order().ToArray();
        var late = new Samples();
        var taken = new Samples();
        var replies = new Task<bool>[order.Length];
        using var undisturbed = NoCollection.Begin();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < order.Length; i++)
        {
            var phone = order[i];
            var at = start + due[i];
            while (Stopwatch.GetTimestamp() < at)
                await Task.Delay(1, cancellationToken);
            var now = Stopwatch.GetTimestamp();
            late.Add(at, now);
            var tapped = over == TimeSpan.Zero ? start : now;
            sent?.Invoke(phone, tapped);
            replies[i] = OneAsync(phone, tapped);
        }

        var all = Task.WhenAll(replies);
        await Patience.WaitAsync(all, () => $"{replies.Count(r => !r.IsCompleted)} answers were never replied to.", cancellationToken);
        return new Answers(taken, late, replies.Count(r => r.Result), TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency));

        async Task<bool> OneAsync(Phone phone, long tapped)
        {
            var reply = await call(phone);
            taken.Add(tapped, reply.At);
            return reply.Ok;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await pinging;
        await Task.WhenAll(Phones.Select(p => p.DropAndWaitAsync()));
        ended.Dispose();
    }

    private async Task PingAsync()
    {
        // A few at a time, as phones that came at different moments do.
        const int slices = 100;
        using var timer = new PeriodicTimer(PingEvery / slices);
        try
        {
            for (var slice = 0; await timer.WaitForNextTickAsync(ended.Token); slice++)
            {
                for (var i = slice % slices; i < Phones.Count; i += slices)
                    Phones[i].Ping();
            }
        }
        catch (OperationCanceledException)
        {
            // The crowd goes home.
        }
    }
}

/// <param name="Taken">From tap to reply.</param>
/// <param name="Late">How much later than planned the generator sent: if this is large, it is the generator that was measured.</param>
/// <param name="Saved">Replies that said yes.</param>
/// <param name="Lasted">From the first tap to the last reply.</param>
internal sealed record Answers(Samples Taken, Samples Late, int Saved, TimeSpan Lasted);

/// <summary>The run itself went wrong: it is not a figure that is too high.</summary>
internal sealed class LoadException(string sentence) : Exception(sentence);

/// <summary>Nothing is waited for without an end.</summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    public static async Task WaitAsync(Task task, Func<string> sentence, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(Longest, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new LoadException(sentence());
        }
    }
}
