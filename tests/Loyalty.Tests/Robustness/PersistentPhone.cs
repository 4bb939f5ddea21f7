using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Loyalty.Tests.Features.Phone;
using Loyalty.Web.Live;

namespace Loyalty.Tests.Robustness;

/// <summary>What the script on a phone does with an answer: keeps it under one key, and sends it until the server has said what became of it.</summary>
internal sealed class PersistentPhone(Func<Task<HubLine>> connect) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private HubLine? line;

    /// <summary>How long a reply may take before the line is thought dead.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Attempts beyond the first of each answer.</summary>
    public int Retries { get; private set; }

    /// <summary>Sends an answer until it is saved; false if that is cancelled first.</summary>
    public async Task<bool> SaveAsync(object answer, CancellationToken cancellationToken)
    {
        for (; !cancellationToken.IsCancellationRequested; Retries++)
        {
            try
            {
                line ??= await connect();
                var reply = await line.CallAsync("Submit", answer).WaitAsync(Patience, cancellationToken);
                if ((string?)reply?["state"] == SubmitReply.SavedState)
                    return true;
                if ((string?)reply?["state"] == SubmitReply.RefusedState)
                    throw new Xunit.Sdk.XunitException($"The answer was refused: {reply}");
            }
            catch (Exception e) when (e is InvalidOperationException or WebSocketException or IOException or TimeoutException or HttpRequestException or OperationCanceledException)
            {
                await DropAsync();
            }

            await Task.Delay(Pause, CancellationToken.None);
        }

        return false;
    }

    public async Task<JsonNode?> HelloAsync()
    {
        line ??= await connect();
        return await line.CallAsync("Hello", new { revision = 0, slots = new { } });
    }

    public ValueTask DisposeAsync() => new(DropAsync());

    private async Task DropAsync()
    {
        if (Interlocked.Exchange(ref line, null) is { } old)
            await old.DisposeAsync();
    }
}
