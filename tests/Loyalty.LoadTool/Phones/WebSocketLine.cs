using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Loyalty.LoadTool.Phones;

/// <summary>
/// The client's side of a web socket (RFC 6455) that speaks the hub's protocol: text messages that end in 0x1E. Of our own, because
/// the load generator shares its cores with the server: what it costs is in every figure. No extensions, no TLS, loopback only.
/// </summary>
internal sealed class WebSocketLine : IDisposable
{
    private const byte End = 0x1e;
    private const int OpContinuation = 0;
    private const int OpText = 1;
    private const int OpClose = 8;
    private const int OpPing = 9;
    private const int OpPong = 10;

    /// <summary>The longest header of a frame from the server: two bytes and eight of length.</summary>
    private const int MaxHeader = 10;

    private readonly Socket socket;
    private readonly Lock sending = new();
    private readonly byte[] raw = new byte[4096];
    private byte[] message = new byte[1024];
    private int rawStart;
    private int rawEnd;
    private int messageLength;
    private int messageTaken;
    private long payloadLeft;
    private int opcode;
    private long bytesIn;
    private long bytesOut;

    private WebSocketLine(Socket socket) => this.socket = socket;

    /// <summary>Bytes on the wire, frames and headers included.</summary>
    public long BytesIn => Volatile.Read(ref bytesIn);

    public long BytesOut => Volatile.Read(ref bytesOut);

    /// <summary>When the last bytes were read, in <see cref="Stopwatch"/> ticks.</summary>
    public long ReadAt { get; private set; }

    /// <summary>Opens a line; null if nobody listens. Not an exception: thousands of phones that knock on a closed door would cost the tool more than the door.</summary>
    /// <exception cref="IOException">What answered is no web socket.</exception>
    public static async Task<WebSocketLine?> OpenAsync(IPEndPoint server, string path, string? cookie, int? receiveBuffer, CancellationToken cancellationToken)
    {
        var opening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
            opening.ReceiveBufferSize = size; // before connecting: it decides the window
        var line = new WebSocketLine(opening);
        try
        {
            if (await ConnectAsync(opening, server) != SocketError.Success)
            {
                line.Dispose();
                return null;
            }

            await line.UpgradeAsync(server, path, cookie, cancellationToken);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    // On the loopback interface there is an answer at once, whichever it is.
    private static Task<SocketError> ConnectAsync(Socket socket, IPEndPoint server)
    {
        var done = new TaskCompletionSource<SocketError>(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempt = new SocketAsyncEventArgs { RemoteEndPoint = server };
        attempt.Completed += (_, args) => Finish(args);
        if (!socket.ConnectAsync(attempt))
            Finish(attempt);
        return done.Task;

        void Finish(SocketAsyncEventArgs args)
        {
            done.SetResult(args.SocketError);
            args.Dispose();
        }
    }

    /// <summary>Sends one text message; the separator is added.</summary>
    public void Send(ReadOnlySpan<byte> text)
    {
        // Short enough for the socket's buffer, which a server that reads never lets fill up; so this does not block.
        var length = text.Length + 1;
        var header = length < 126 ? 6 : length <= ushort.MaxValue ? 8 : 14;
        var frame = header + length <= 1024 ? stackalloc byte[header + length] : new byte[header + length];
        frame[0] = 0x80 | OpText;
        WriteLength(frame, length);
        var mask = frame.Slice(header - 4, 4);
        RandomNumberGenerator.Fill(mask);
        var payload = frame[header..];
        text.CopyTo(payload);
        payload[^1] = End;
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= mask[i & 3];
        SendAll(frame);
    }

    /// <summary>The next message without its separator; valid until the next call. Empty if the line was closed.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var found))
                return found;
            if (!TryUnframe())
            {
                if (opcode == OpClose || !await ReceiveAsync(cancellationToken))
                    return default;
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task UpgradeAsync(IPEndPoint server, string path, string? cookie, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var request = $"GET {path} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            + (cookie is null ? "" : $"Cookie: {cookie}\r\n") + "\r\n";
        SendAll(Encoding.ASCII.GetBytes(request));
        while (true)
        {
            if (!await ReceiveAsync(cancellationToken))
                throw new IOException("The server closed the connection instead of opening a web socket.");
            var end = raw.AsSpan(rawStart, rawEnd - rawStart).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            if (!raw.AsSpan(rawStart).StartsWith("HTTP/1.1 101"u8))
                throw new IOException($"No web socket: {Encoding.ASCII.GetString(raw, rawStart, Math.Min(end, 60))}");
            rawStart += end + 4;
            return;
        }
    }

    private async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (rawStart == rawEnd)
        {
            rawStart = rawEnd = 0;
        }
        else if (raw.Length - rawEnd < MaxHeader)
        {
            raw.AsSpan(rawStart, rawEnd - rawStart).CopyTo(raw);
            (rawStart, rawEnd) = (0, rawEnd - rawStart);
        }

        var read = await socket.ReceiveAsync(raw.AsMemory(rawEnd), SocketFlags.None, cancellationToken);
        ReadAt = Stopwatch.GetTimestamp();
        rawEnd += read;
        Interlocked.Add(ref bytesIn, read);
        return read > 0;
    }

    private bool TryTake(out ReadOnlyMemory<byte> found)
    {
        var rest = message.AsSpan(messageTaken, messageLength - messageTaken);
        var end = rest.IndexOf(End);
        if (end < 0)
        {
            rest.CopyTo(message);
            (messageTaken, messageLength) = (0, rest.Length);
            found = default;
            return false;
        }

        found = message.AsMemory(messageTaken, end);
        messageTaken += end + 1;
        return true;
    }

    /// <summary>Moves payload from frames into the message; false if more bytes are needed first.</summary>
    private bool TryUnframe()
    {
        if (payloadLeft == 0 && !TryReadHeader())
            return false;

        var available = (int)Math.Min(payloadLeft, rawEnd - rawStart);
        if (available == 0)
            return payloadLeft == 0 && opcode != OpClose;
        var bytes = raw.AsSpan(rawStart, available);
        rawStart += available;
        payloadLeft -= available;
        if (opcode is OpText or OpContinuation)
        {
            if (messageLength + available > message.Length)
                Array.Resize(ref message, Math.Max(message.Length * 2, messageLength + available));
            bytes.CopyTo(message.AsSpan(messageLength));
            messageLength += available;
        }

        return true;
    }

    private bool TryReadHeader()
    {
        var bytes = raw.AsSpan(rawStart, rawEnd - rawStart);
        if (bytes.Length < 2)
            return false;
        var size = bytes[1] & 0x7f;
        var header = size switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
            return false;
        payloadLeft = size switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => size,
        };
        opcode = bytes[0] & 0x0f;
        rawStart += header;
        if (opcode == OpPing)
            SendAll([0x80 | OpPong, 0x80, 0, 0, 0, 0]); // the server's pings carry nothing
        return opcode != OpClose;
    }

    private static void WriteLength(Span<byte> frame, int length)
    {
        if (length < 126)
        {
            frame[1] = (byte)(0x80 | length);
        }
        else if (length <= ushort.MaxValue)
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
        }
        else
        {
            frame[1] = 0x80 | 127;
            BinaryPrimitives.WriteInt64BigEndian(frame[2..], length);
        }
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        lock (sending)
        {
            while (!bytes.IsEmpty)
            {
                var sent = socket.Send(bytes);
                Interlocked.Add(ref bytesOut, sent);
                bytes = bytes[sent..];
            }
        }
    }
}
