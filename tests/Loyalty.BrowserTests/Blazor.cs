using System.Text;
using Microsoft.Playwright;

namespace Loyalty.BrowserTests;

/// <summary>Pages that are live: drawn by the server first, and taken over by a circuit a moment later.</summary>
internal static class Blazor
{
    // What a page tells the server when it has drawn what the circuit sent. Before that, a press would go nowhere.
    private static readonly byte[] Drawn = Encoding.ASCII.GetBytes("OnRenderCompleted");

    /// <summary>Does what opens a live page, and returns when it listens.</summary>
    public static async Task UntilLiveAsync(this IPage page, Func<Task> open)
    {
        var live = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Watch(object? sender, IWebSocket socket) => socket.FrameSent += (_, frame) =>
        {
            if (frame.Binary is { } bytes ? bytes.AsSpan().IndexOf(Drawn) >= 0 : frame.Text?.Contains("OnRenderCompleted", StringComparison.Ordinal) == true)
                live.TrySetResult();
        };
        page.WebSocket += Watch;
        try
        {
            await open();
            await live.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            page.WebSocket -= Watch;
        }
    }

    public static Task OpenLiveAsync(this IPage page, string url) => page.UntilLiveAsync(() => page.GotoAsync(url));
}
