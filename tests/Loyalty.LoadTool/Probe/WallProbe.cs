using System.Collections.Concurrent;
using System.Diagnostics;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Features.Room;
using Loyalty.Web.Live;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loyalty.LoadTool.Probe;

/// <summary>
/// A room display without a browser: the feed that the page has, and the page's own component, rendered on every snapshot. Notes
/// when a snapshot had been drawn; what is missing from there to the wall is the circuit's message and the browser.
/// </summary>
internal sealed class WallProbe(IServiceProvider services, IServiceScopeFactory scopes, ILoggerFactory loggers, TimeProvider time) : IPublisher
{
    private readonly ConcurrentDictionary<WorkshopId, Lazy<Task<Wall>>> walls = new();

    // Asked for late: the directory is given this as one of its publishers.
    public Task HangAsync(LiveWorkshopHost host, CancellationToken cancellationToken) =>
        walls.GetOrAdd(host.Id, id => new(() => Wall.HangAsync(services.GetRequiredService<LiveDirectory>(), id, scopes, loggers, time))).Value.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Committed(LiveWorkshop before, LiveWorkshop after, IReadOnlyList<LiveEvent> events)
    {
        if (walls.TryGetValue(after.Id, out var wall) && wall.Value.IsCompletedSuccessfully)
            wall.Value.Result.Committed(after.Revision, events);
    }

    /// <summary>When each answer was drawn first, of those that were committed since the last call.</summary>
    public IReadOnlyDictionary<Guid, long> Take(WorkshopId workshop) => walls[workshop].Value.Result.Take();

    private sealed class Wall
    {
        private readonly ConcurrentQueue<(long Revision, Guid Key)> committed = new();
        private readonly ConcurrentQueue<(long Revision, long At)> drawn = new();
        private Display display = null!;

        public static async Task<Wall> HangAsync(LiveDirectory directory, WorkshopId id, IServiceScopeFactory scopes, ILoggerFactory loggers, TimeProvider time)
        {
            var wall = new Wall();
            var renderer = new HtmlRenderer(scopes.CreateAsyncScope().ServiceProvider, loggers);
            var feed = (await SnapshotFeed.OpenAsync(directory, id, time, next => renderer.Dispatcher.InvokeAsync(() => wall.Draw(next)), e => Task.FromException(e)))!;
            await renderer.Dispatcher.InvokeAsync(() => renderer.BeginRenderingComponent<Display>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Display.Start)] = feed.Snapshot,
                [nameof(Display.Made)] = (Action<Display>)(made => wall.display = made),
            })));
            return wall;
        }

        public void Committed(long revision, IReadOnlyList<LiveEvent> events)
        {
            foreach (var e in events)
            {
                if (e is LiveEvent.EntryAccepted accepted)
                    committed.Enqueue((revision, accepted.Entry.Key.Value));
            }
        }

        public IReadOnlyDictionary<Guid, long> Take()
        {
            var moments = drawn.ToArray();
            var shown = new Dictionary<Guid, long>();
            var next = 0;
            while (committed.TryDequeue(out var entry))
            {
                while (next < moments.Length && moments[next].Revision < entry.Revision)
                    next++;
                if (next < moments.Length)
                    shown[entry.Key] = moments[next].At;
            }

            return shown;
        }

        private void Draw(LiveWorkshop? next)
        {
            if (next is null)
                return;
            display.Show(next);
            drawn.Enqueue((next.Revision, Stopwatch.GetTimestamp()));
        }
    }

    private sealed class Display : ComponentBase
    {
        private static readonly JoinLink Join = new("http://localhost/j/AAAAAA", "localhost", Reachable: true, []);

        private LiveWorkshop? shown;

        [Parameter]
        public LiveWorkshop Start { get; set; } = null!;

        [Parameter]
        public Action<Display> Made { get; set; } = null!;

        public void Show(LiveWorkshop next)
        {
            shown = next;
            StateHasChanged();
        }

        protected override void OnInitialized()
        {
            shown = Start;
            Made(this);
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<RoomScreen>(0);
            builder.AddComponentParameter(1, nameof(RoomScreen.Workshop), shown);
            builder.AddComponentParameter(2, nameof(RoomScreen.Join), Join);
            builder.AddComponentParameter(3, nameof(RoomScreen.Now), DateTimeOffset.UtcNow);
            builder.CloseComponent();
        }
    }
}
