using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Loyalty.LoadTool.Phones;

/// <summary>What came back for a call.</summary>
/// <param name="At">When the whole reply had been read, in <see cref="Stopwatch"/> ticks.</param>
/// <param name="Ok">For an answer: it was saved. For a hello: a stage came. Otherwise: no error.</param>
/// <param name="Answered">The reply says that this participant has answered.</param>
/// <param name="Activity">The activity of the stage, for a hello.</param>
internal readonly record struct Reply(long At, bool Ok, bool Answered, string? Activity);

/// <summary>
/// One phone: its token and its line. Behaves as the script on a real phone does: says hello, keeps the line alive, asks for its own
/// answer when a form comes that may hold one, and after a loss comes back with the same delays.
/// </summary>
internal sealed class Phone(int number, PhoneAddress address, string? cookie, Random random)
{
    private const string EmptyHello = """{"revision":0,"slots":{}}""";

    // The same as in Client/phone/line.ts.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(5_000);
    private const double Growth = 1.5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan MostPauseBeforeOwn = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<Reply>> calls = new();
    private WebSocketLine? line;
    private Task reading = Task.CompletedTask;
    private TaskCompletionSource? frozen;
    private long earlierBytesIn;
    private long earlierBytesOut;
    private int lastCall;

    public int Number => number;

    public string? Cookie => cookie;

    /// <summary>The socket's receive buffer in bytes; null for the system's. A small one is full soon when nothing is read.</summary>
    public int? ReceiveBuffer { get; init; }

    public bool IsConnected => !reading.IsCompleted && line is not null;

    /// <summary>Completes when the line that is open now is lost.</summary>
    public Task Lost => reading;

    public long BytesIn => earlierBytesIn + (line?.BytesIn ?? 0);

    public long BytesOut => earlierBytesOut + (line?.BytesOut ?? 0);

    /// <summary>Messages that the server sent on its own account.</summary>
    public long Heard { get; private set; }

    /// <summary>The revision of the last stage, and when it was there.</summary>
    public (long Revision, long At, int Bytes) Stage { get; private set; }

    /// <summary>Told of every stage, on the reading task.</summary>
    public Action<Phone, long, long>? StageCame { get; set; }

    /// <summary>Opens the line and shakes hands.</summary>
    /// <exception cref="IOException">Nobody listens, or the line broke.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (!await TryConnectAsync(cancellationToken))
            throw new IOException("Nobody listens.");
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellationToken)
    {
        if (await WebSocketLine.OpenAsync(address.Server, address.HubPath, cookie, ReceiveBuffer, cancellationToken) is not { } opened)
            return false;
        try
        {
            opened.Send("""{"protocol":"json","version":1}"""u8);
            var answer = await opened.NextAsync(cancellationToken);
            if (!answer.Span.SequenceEqual("{}"u8))
                throw new IOException($"The handshake failed: {Encoding.UTF8.GetString(answer.Span)}");
        }
        catch
        {
            opened.Dispose();
            throw;
        }

        earlierBytesIn = BytesIn;
        earlierBytesOut = BytesOut;
        line = opened;
        reading = ReadAsync(opened);
        Ping(); // as the client of the phone page does: only whom it has heard once does a server miss
        return true;
    }

    public Task<Reply> HelloAsync(CancellationToken cancellationToken) => CallAsync("Hello", EmptyHello, cancellationToken);

    /// <summary>Connects and says hello, again and again, with the delays of a real phone, until it works.</summary>
    public async Task<Reply> ReturnAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            // Full jitter before the first attempt too: it follows a loss.
            await Task.Delay(Jitter(failures), cancellationToken);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                if (await TryConnectAsync(patience.Token))
                    return await HelloAsync(patience.Token);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                Drop();
            }
        }
    }

    /// <summary>Says hello again and again and waits for no reply: with nobody reading, the buffers on the way to this phone fill up.</summary>
    public void AskWithoutListening(int times)
    {
        for (var i = 0; i < times; i++)
            Write(Invocation(Interlocked.Increment(ref lastCall), "Hello", EmptyHello));
    }

    /// <summary>Calls a method of the hub. The arguments are JSON, without the brackets around them.</summary>
    /// <exception cref="IOException">The line broke before the reply came.</exception>
    public async Task<Reply> CallAsync(string method, string arguments, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref lastCall);
        var reply = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        calls[id] = reply;
        try
        {
            Write(Invocation(id, method, arguments));
            return await reply.Task.WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException("The line broke.", e);
        }
        finally
        {
            calls.TryRemove(id, out _);
        }
    }

    /// <summary>Says that it is still there. A server hears nothing for 30 seconds from phones that only listen, and would let go.</summary>
    public void Ping()
    {
        try
        {
            line?.Send("""{"type":6}"""u8);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone; the reading task knows.
        }
    }

    /// <summary>Reads nothing more until <see cref="Thaw"/>: a phone in a bag at the edge of the network.</summary>
    public void Freeze() => frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => Interlocked.Exchange(ref frozen, null)?.TrySetResult();

    /// <summary>Lets go of the line, without a goodbye.</summary>
    public void Drop() => line?.Dispose();

    public async Task DropAndWaitAsync()
    {
        Thaw();
        Drop();
        await reading;
    }

    private static string Invocation(int id, string method, string arguments) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}""");

    private void Write(string text)
    {
        if (line is not { } open)
            throw new IOException("The line is not open.");
        var bytes = Encoding.UTF8.GetByteCount(text);
        Span<byte> buffer = bytes <= 2048 ? stackalloc byte[bytes] : new byte[bytes];
        Encoding.UTF8.GetBytes(text, buffer);
        open.Send(buffer);
    }

    private async Task ReadAsync(WebSocketLine from)
    {
        try
        {
            while (await from.NextAsync(CancellationToken.None) is { IsEmpty: false } message)
            {
                if (Volatile.Read(ref frozen) is { } ice)
                    await ice.Task;
                Take(message.Span, from.ReadAt);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // Gone: whoever waits is told below.
        }

        from.Dispose();
        foreach (var call in calls.Values)
            call.TrySetException(new IOException("The line was closed before the reply."));
    }

    private void Take(ReadOnlySpan<byte> message, long at)
    {
        if (message.StartsWith("""{"type":3,"""u8))
        {
            if (NumberAfter(message, "\"invocationId\":\""u8) is { } id && calls.TryRemove((int)id, out var call))
                call.SetResult(ReplyOf(message, at));
        }
        else if (message.StartsWith("""{"type":1,"""u8))
        {
            Heard++;
            if (message.StartsWith("""{"type":1,"target":"Stage","""u8))
                TakeStage(message, at);
        }
    }

    private static Reply ReplyOf(ReadOnlySpan<byte> message, long at)
    {
        var error = message.IndexOf("\"error\":"u8) >= 0 && message.IndexOf("\"result\":"u8) < 0;
        var state = message.IndexOf("\"state\":\""u8);
        var ok = !error && (state < 0 || message[state..].StartsWith("\"state\":\"saved\""u8));
        return new Reply(at, ok, message.IndexOf("\"answered\":true"u8) >= 0, TextAfter(message, "\"activity\":\""u8));
    }

    private void TakeStage(ReadOnlySpan<byte> message, long at)
    {
        var revision = NumberAfter(message, "\"revision\":"u8) ?? 0;
        Stage = (revision, at, message.Length);
        StageCame?.Invoke(this, revision, at);

        // A form that others have already answered may hold an answer of this participant's too: a real phone asks.
        if (message.IndexOf("\"phase\":\"open\""u8) >= 0 && message.IndexOf("\"untouched\":true"u8) < 0 && TextAfter(message, "\"activity\":\""u8) is { } activity)
            _ = AskOwnAsync(activity);
    }

    private async Task AskOwnAsync(string activity)
    {
        await Task.Delay(MostPauseBeforeOwn * random.NextDouble());
        try
        {
            await CallAsync("Own", $"\"{activity}\",null", CancellationToken.None);
        }
        catch (IOException)
        {
            // The line broke; hello brings it.
        }
    }

    private TimeSpan Jitter(int failures)
    {
        var most = Math.Min(LongestDelay.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(Growth, failures));
        lock (random)
            return TimeSpan.FromMilliseconds(random.NextDouble() * most);
    }

    private static long? NumberAfter(ReadOnlySpan<byte> message, ReadOnlySpan<byte> label)
    {
        var at = message.IndexOf(label);
        return at >= 0 && Utf8Parser.TryParse(message[(at + label.Length)..], out long number, out _) ? number : null;
    }

    private static string? TextAfter(ReadOnlySpan<byte> message, ReadOnlySpan<byte> label)
    {
        var at = message.IndexOf(label);
        if (at < 0)
            return null;
        var rest = message[(at + label.Length)..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}

/// <summary>Where phones connect to.</summary>
internal sealed record PhoneAddress(IPEndPoint Server, string HubPath);
