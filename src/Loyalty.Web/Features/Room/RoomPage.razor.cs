using Loyalty.Engine.Live;
using Loyalty.Web.Live;
using Loyalty.Web.Storage;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Loyalty.Web.Features.Room;

public sealed partial class RoomPage
{
    private LiveWorkshop? workshop;
    private JoinLink? join;
    private DateTimeOffset now;
    private string? problem;
    private SnapshotFeed? feed;
    private IDisposable? place;
    private IJSObjectReference? script;
    private IJSObjectReference? room;
    private bool disposed;

    [Parameter]
    public string Code { get; set; } = "";

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    [Inject]
    private WorkshopCodes Codes { get; set; } = null!;

    [Inject]
    private LiveDirectory Directory { get; set; } = null!;

    [Inject]
    private RoomDisplays Displays { get; set; } = null!;

    [Inject]
    private JoinAddress JoinAddress { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (await Codes.FindAsync(Code) is not { } id)
        {
            Refuse("unknown", StatusCodes.Status404NotFound);
            return;
        }

        if (RendererInfo.IsInteractive)
        {
            place = Displays.TryEnter(id);
            if (place is null)
            {
                problem = "full";
                return;
            }

            feed = await SnapshotFeed.OpenAsync(Directory, id, Time, ShowAsync, DispatchExceptionAsync);
            Take(feed?.Snapshot);
        }
        else
        {
            // The first picture, before there is a connection to follow the workshop with.
            Take((await Directory.FindAsync(id))?.Current);
        }

        if (disposed)
            await DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        script = await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["dist/page.js"]);
        await script.InvokeVoidAsync("watchServer");
        room = await script.InvokeAsync<IJSObjectReference>("startRoom");
    }

    private Task ShowAsync(LiveWorkshop? next) => InvokeAsync(() =>
    {
        Take(next);
        StateHasChanged();
    });

    private void Take(LiveWorkshop? next)
    {
        workshop = next;
        now = Time.GetUtcNow();
        if (next is null)
            Refuse("unknown", StatusCodes.Status404NotFound);
        else
            join ??= JoinAddress.Of(new Uri(Navigation.Uri), next.Info.Code);
    }

    private void Refuse(string code, int status)
    {
        problem = code;
        if (HttpContext is { Response.HasStarted: false } context)
            context.Response.StatusCode = status;
    }

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        if (feed is not null)
            await feed.DisposeAsync();
        place?.Dispose();
        try
        {
            if (room is not null)
            {
                await room.InvokeVoidAsync("stop");
                await room.DisposeAsync();
            }

            if (script is not null)
                await script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and what ran in it too.
        }
    }
}
