using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Live;
using Loyalty.Web.Storage;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace Loyalty.Web.Features.Console;

/// <summary>The facilitator's desk: one subscription, one snapshot, and panels that draw it.</summary>
public sealed partial class ConsolePage
{
    /// <summary>How often clocks are drawn anew while nothing happens. Countdowns tick in the browser.</summary>
    private static readonly TimeSpan ClockInterval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource gone = new();
    private LiveWorkshop? workshop;
    private (int Here, int Answered, int Expected) count;
    private JoinLink? join;
    private DateTimeOffset now;
    private TimeZoneInfo zone = TimeZoneInfo.Utc;
    private Pane pane = Pane.Now;
    private string? problem;
    private SnapshotFeed? feed;
    private Task clock = Task.CompletedTask;
    private IJSObjectReference? script;
    private IJSObjectReference? listening;
    private DotNetObjectReference<ConsolePage>? self;
    private BehalfDialog? behalf;
    private AskDialog? ask;
    private InsertDialog? insert;
    private KeysDialog? keys;

    /// <summary>What is in front: on a phone one thing at a time; on wider screens the stage (and the agenda) stay beside it.</summary>
    private enum Pane
    {
        Now,
        Agenda,
        Notes,
        People,
        Join,
    }

    [Parameter]
    public string Id { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    [Inject]
    private LiveDirectory Directory { get; set; } = null!;

    [Inject]
    private WorkshopAccess Access { get; set; } = null!;

    [Inject]
    private JoinAddress JoinAddress { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    // What people write travels in the clear; on the very machine that serves it, it does not travel.
    private bool UnencryptedPage => new Uri(Navigation.Uri) is { Scheme: "http", IsLoopback: false };

    protected override async Task OnInitializedAsync()
    {
        zone = Time.LocalTimeZone;
        if (!WorkshopId.TryParse(Id, out var id) || !await Access.CanRunAsync((await Authentication).User, id, gone.Token))
        {
            // The same for "none of yours" and "no such": an address must not tell which workshops exist.
            Refuse("not-yours");
            return;
        }

        if (RendererInfo.IsInteractive)
        {
            feed = await SnapshotFeed.OpenAsync(Directory, id, Time, ShowAsync, DispatchExceptionAsync, gone.Token);
            Take(feed?.Snapshot);
            clock = TickAsync();
        }
        else
        {
            Take((await Directory.FindAsync(id, gone.Token))?.Current);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        script = await Js.InvokeAsync<IJSObjectReference>("import", gone.Token, "./" + Assets["dist/page.js"]);
        await script.InvokeVoidAsync("watchServer", gone.Token);
        self = DotNetObjectReference.Create(this);
        listening = await script.InvokeAsync<IJSObjectReference>("listenToKeys", gone.Token, self, KeyActions);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(await script.InvokeAsync<string>("timeZone", gone.Token), out var theirs))
            zone = theirs;
        StateHasChanged();
    }

    private Task ShowAsync(LiveWorkshop? next) => InvokeAsync(() =>
    {
        // A command's own look at the state may have overtaken this picture of it.
        if (next is not null && next.Revision < workshop?.Revision)
            return;
        Take(next);
        StateHasChanged();
    });

    private void Take(LiveWorkshop? next)
    {
        workshop = next;
        now = Time.GetUtcNow();
        if (next is null)
        {
            Refuse("not-yours");
            return;
        }

        count = Attendance.Count(next);
        join ??= JoinAddress.Of(new Uri(Navigation.Uri), next.Info.Code);
    }

    private void Refuse(string code)
    {
        problem = code;
        if (HttpContext is { Response.HasStarted: false } context)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(ClockInterval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(gone.Token))
            {
                await InvokeAsync(() =>
                {
                    now = Time.GetUtcNow();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        if (feed is not null)
            await feed.DisposeAsync();
        await clock;
        try
        {
            if (listening is not null)
            {
                await listening.InvokeVoidAsync("stop");
                await listening.DisposeAsync();
            }

            if (script is not null)
                await script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and what ran in it too.
        }

        self?.Dispose();
        gone.Dispose();
    }
}
