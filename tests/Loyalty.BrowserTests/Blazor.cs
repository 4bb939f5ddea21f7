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
        // One for each document: the page that is left may only just be coming alive itself.
        var live = NewSource();
        void Leave(object? sender, IFrame frame) => live = frame == page.MainFrame ? NewSource() : live;
        void Watch(object? sender, IWebSocket socket)
        {
            var document = live;
            socket.FrameSent += (_, frame) =>
            {
                if (frame.Binary is { } bytes ? bytes.AsSpan().IndexOf(Drawn) >= 0 : frame.Text?.Contains("OnRenderCompleted", StringComparison.Ordinal) == true)
                    document.TrySetResult();
            };
        }

        page.FrameNavigated += Leave;
        page.WebSocket += Watch;
        try
        {
            await open();
            await live.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            page.WebSocket -= Watch;
            page.FrameNavigated -= Leave;
        }
    }

    public static Task OpenLiveAsync(this IPage page, string url) => page.UntilLiveAsync(() => page.GotoAsync(url));

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
