using System.Security.Claims;
using Loyalty.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Workshops;

/// <summary>One workshop outside the room: its plan before, its way in while it runs, what it left behind after.</summary>
public sealed partial class WorkshopPage(WorkshopDesk desk, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ClaimsPrincipal _user = new();
    private WorkshopDetails? _details;
    private string? _problem;
    private bool _loaded;
    private bool _busy;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private IStringLocalizer<WorkshopText> Text { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = (await Authentication).User;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _details = WorkshopId.TryParse(Id, out var id) ? await desk.FindAsync(_user, id, _closed.Token) : null;
        _loaded = true;
    }

    private async Task StartAsync()
    {
        if (_busy || _details is not { Line.Id: var id })
            return;

        _busy = true;
        var outcome = await desk.StartAsync(_user, id, _closed.Token);
        _busy = false;
        if (outcome == DeskOutcome.Done)
        {
            navigation.NavigateTo($"/workshops/{id}/console");
            return;
        }

        _problem = Text["Outcome." + outcome];
        await LoadAsync();
    }
}
