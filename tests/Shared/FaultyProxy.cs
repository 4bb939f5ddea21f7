using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Loyalty.Shared;

/// <summary>
/// A network between phones and server that does what networks do to phones: takes its time, is narrow, goes dark, drops connections,
/// and pretends that one is still there.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private const int MostRetransmissions = 5;

    private static readonly TimeSpan FirstRetransmission = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint server;
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<Tunnel, byte> tunnels = new();
    private readonly Task accepting;
    private volatile TaskCompletionSource light = new();

    public FaultyProxy(int serverPort)
    {
        server = new IPEndPoint(IPAddress.Loopback, serverPort);
        light.SetResult();
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How long each piece takes in either direction.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Bytes per second towards the phones; null for no limit.</summary>
    public int? Down { get; set; }

    /// <summary>Nobody gets through: new connections are dropped. Those that are there stay, and carry nothing.</summary>
    public bool Dark
    {
        get => !light.Task.IsCompleted;
        set
        {
            if (value == Dark)
                return;
            if (value)
                light = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else
                light.SetResult();
        }
    }

    /// <summary>What the server says is swallowed, though it hears what phones say: a lost acknowledgement.</summary>
    public bool Deaf { get; set; }

    /// <summary>
    /// The share of pieces, 0 to 1, that are lost on the way and sent again by the system, as TCP does: they and all behind them come
    /// 200 ms later, twice as late if they are lost twice, and a connection on which a piece is lost five times in a row is given up.
    /// </summary>
    public double Loss { get; set; }

    /// <summary>Connections that were ever made through this.</summary>
    public int Accepted { get; private set; }

    /// <summary>Bytes that phones have sent through this.</summary>
    public long BytesUp { get; private set; }

    /// <summary>
    /// Phones are gone without a word, and the server is not told: its ends of all connections stay open and hear nothing more. What a
    /// network address translator leaves behind that has forgotten them.
    /// </summary>
    public void Forget()
    {
        foreach (var tunnel in tunnels.Keys)
            tunnel.LosePhone();
    }

    /// <summary>Drops every connection, as a base station does that restarts.</summary>
    public void Reset()
    {
        foreach (var tunnel in tunnels.Keys)
            tunnel.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        Reset();
        await accepting;
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var phone = await listener.AcceptSocketAsync(ended.Token);
                Accepted++;
                if (Dark)
                    phone.Dispose();
                else
                    _ = CarryAsync(phone);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopping.
        }
    }

    private async Task CarryAsync(Socket phone)
    {
        using var tunnel = new Tunnel(phone);
        tunnels.TryAdd(tunnel, 0);
        try
        {
            await tunnel.Server.ConnectAsync(server, ended.Token);
            await await Task.WhenAny(CopyAsync(phone, tunnel.Server, up: true), CopyAsync(tunnel.Server, phone, up: false));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One end is gone, and the other goes with it.
        }

        if (tunnel.PhoneIsLost)
            await Task.Delay(Timeout.InfiniteTimeSpan, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        tunnels.TryRemove(tunnel, out _);
    }

    private async Task CopyAsync(Socket from, Socket to, bool up)
    {
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await from.ReceiveAsync(buffer.AsMemory(0, up || Down is not { } limit ? buffer.Length : Math.Min(buffer.Length, Math.Max(1, limit / 10))), ended.Token)) > 0)
        {
            if (Latency > TimeSpan.Zero)
                await Task.Delay(Latency, ended.Token);
            if (!await ArrivesAsync())
                throw new SocketException((int)SocketError.TimedOut);
            if (!up && Down is { } narrow)
                await Task.Delay(TimeSpan.FromSeconds(read / (double)narrow), ended.Token);
            await light.Task.WaitAsync(ended.Token);
            if (up)
                BytesUp += read;
            else if (Deaf)
                continue;
            await to.SendAsync(buffer.AsMemory(0, read), SocketFlags.None, ended.Token);
        }
    }

    private async Task<bool> ArrivesAsync()
    {
        var again = FirstRetransmission;
        for (var losses = 0; Random.Shared.NextDouble() < Loss; losses++, again *= 2)
        {
            if (losses == MostRetransmissions)
                return false;
            await Task.Delay(again, ended.Token);
        }

        return true;
    }

    private sealed class Tunnel(Socket phone) : IDisposable
    {
        public Socket Server { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public bool PhoneIsLost { get; private set; }

        public void LosePhone()
        {
            PhoneIsLost = true;
            Cut(phone);
        }

        // With a reset and not a goodbye.
        public void Dispose()
        {
            Cut(phone);
            Cut(Server);
        }

        private static void Cut(Socket socket)
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (ObjectDisposedException)
            {
                // The tunnel ended by itself at the same moment.
            }

            socket.Dispose();
        }
    }
}
