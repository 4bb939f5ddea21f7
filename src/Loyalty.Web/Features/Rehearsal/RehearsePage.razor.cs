using System.Globalization;
using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Web.Live.Simulation;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Rehearsal;

/// <summary>Begins a rehearsal of a draft.</summary>
public sealed partial class RehearsePage(Rehearsals rehearsals, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly FormState<Form> _form = new(new Form());
    private ClaimsPrincipal _user = new();
    private WorkshopId _draft;
    private string? _title;
    private bool _loaded;
    private bool _busy;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private IStringLocalizer<RehearsalText> Text { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = (await Authentication).User;
        _title = WorkshopId.TryParse(Id, out _draft) ? await rehearsals.TitleOfAsync(_user, _draft, _closed.Token) : null;
        _loaded = true;
    }

    private async Task StartAsync()
    {
        _form.Clear();
        if (!int.TryParse(_form.Model.Participants, NumberStyles.None, CultureInfo.InvariantCulture, out var participants)
            || participants is < 1 or > SimulatedRoom.MaxParticipants)
        {
            _form.Add(() => _form.Model.Participants, Text["Participants.Wrong", SimulatedRoom.MaxParticipants]);
            return;
        }

        if (_busy)
            return;

        _busy = true;
        switch (await rehearsals.StartAsync(_user, _draft, participants, _closed.Token))
        {
            case RehearsalOutcome.Started(var rehearsal):
                navigation.NavigateTo($"/workshops/{rehearsal}/console");
                break;
            case RehearsalOutcome.NotFound:
                _form.Problem = Text["NotFound"];
                break;
            case RehearsalOutcome.NotStarted:
                _form.Problem = Text["NotStarted"];
                break;
        }

        _busy = false;
    }

    private sealed class Form
    {
        public string Participants { get; set; } = "24";
    }
}
