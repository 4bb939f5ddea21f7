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
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint server;
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<Tunnel, byte> tunnels = new();
    private readonly Task accepting;

    public FaultyProxy(int serverPort)
    {
        server = new IPEndPoint(IPAddress.Loopback, serverPort);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How long each piece takes in either direction.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Bytes per second towards the phones; null for no limit.</summary>
    public int? Down { get; set; }

    /// <summary>Nobody gets through: new connections are dropped. Those that are there stay, and carry nothing.</summary>
    public bool Dark { get; set; }

    /// <summary>What the server says is swallowed, though it hears what phones say: a lost acknowledgement.</summary>
    public bool Deaf { get; set; }

    /// <summary>Connections that were ever made through this.</summary>
    public int Accepted { get; private set; }

    /// <summary>Bytes that phones have sent through this.</summary>
    public long BytesUp { get; private set; }

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
            if (!up && Down is { } narrow)
                await Task.Delay(TimeSpan.FromSeconds(read / (double)narrow), ended.Token);
            while (Dark)
                await Task.Delay(10, ended.Token);
            if (up)
                BytesUp += read;
            else if (Deaf)
                continue;
            await to.SendAsync(buffer.AsMemory(0, read), SocketFlags.None, ended.Token);
        }
    }

    private sealed class Tunnel(Socket phone) : IDisposable
    {
        public Socket Server { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

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
