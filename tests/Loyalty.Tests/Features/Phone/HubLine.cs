using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loyalty.Tests.Features.Phone;

/// <summary>A phone's web socket, speaking the hub's JSON protocol by hand.</summary>
internal sealed class HubLine : IAsyncDisposable
{
    private const char End = '\u001e';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebSocket socket;
    private readonly Queue<JsonNode> received = new();
    private readonly StringBuilder partial = new();
    private int calls;

    private HubLine(WebSocket socket) => this.socket = socket;

    public static async Task<HubLine> OpenAsync(PhoneServer server, string code, string cookies)
    {
        var client = server.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Cookie = cookies;
        return await OverAsync(await client.ConnectAsync(new Uri($"ws://localhost/hubs/phone?code={code}"), TestContext.Current.CancellationToken));
    }

    /// <summary>Over a real network, to a server that is another process.</summary>
    public static async Task<HubLine> OpenAsync(int port, string code, string cookies)
    {
        var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Cookie", cookies);
        await client.ConnectAsync(new UriBuilder("ws", "127.0.0.1", port, "/hubs/phone") { Query = $"code={code}" }.Uri, TestContext.Current.CancellationToken);
        return await OverAsync(client);
    }

    private static async Task<HubLine> OverAsync(WebSocket socket)
    {
        var line = new HubLine(socket);
        await line.SendAsync(new { protocol = "json", version = 1 });
        if (await line.NextAsync() is not { } answer)
            throw new IOException("The line was closed before the handshake was answered.");
        Assert.Equal("{}", answer.ToJsonString());
        return line;
    }

    /// <summary>Calls a method and gives back its result. What the server says meanwhile stays to be read.</summary>
    public async Task<JsonNode?> CallAsync(string method, params object?[] arguments)
    {
        var id = (++calls).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await SendAsync(new { type = 1, invocationId = id, target = method, arguments });
        var others = new List<JsonNode>();
        while (await NextAsync() is { } message)
        {
            if ((string?)message["invocationId"] == id)
            {
                others.ForEach(received.Enqueue);
                Assert.Null((string?)message["error"]);
                return message["result"];
            }

            others.Add(message);
        }

        throw new InvalidOperationException($"The line was closed before {method} was answered.");
    }

    /// <summary>The next call of a client method; null if the line is closed first.</summary>
    public async Task<JsonNode?> HearAsync(string method)
    {
        while (await NextAsync() is { } message)
        {
            if ((string?)message["target"] == method)
                return message["arguments"]![0];
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (socket.State == WebSocketState.Open)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            // Cut already.
        }

        socket.Dispose();
    }

    private Task SendAsync(object message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message, JsonSerializerOptions.Web) + End), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private async Task<JsonNode?> NextAsync()
    {
        if (received.TryDequeue(out var waiting))
            return waiting;

        var buffer = new byte[16 * 1024];
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var text = partial.ToString();
            if (text.IndexOf(End, StringComparison.Ordinal) is >= 0 and var end)
            {
                partial.Clear().Append(text.AsSpan(end + 1));
                return JsonNode.Parse(text[..end]);
            }

            try
            {
                var part = await socket.ReceiveAsync(buffer, patience.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                partial.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
            catch (Exception e) when (e is WebSocketException or IOException)
            {
                return null; // cut without a goodbye, as Abort does
            }
        }
    }
}
