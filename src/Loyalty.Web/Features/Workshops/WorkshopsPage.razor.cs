using System.Collections.Immutable;
using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Identity;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;

namespace Loyalty.Web.Features.Workshops;

/// <summary>A facilitator's workshops, by what can be done with them now.</summary>
public sealed partial class WorkshopsPage(
    WorkshopDesk desk, DialogService dialogs, NotificationService notifications, NavigationManager navigation) : IDisposable
{
    // Years of ended workshops would bury the ones that matter today.
    private const int EndedShown = 12;

    private readonly CancellationTokenSource _closed = new();
    private ClaimsPrincipal _user = new();
    private ImmutableArray<WorkshopLine>? _lines;
    private Guid _me;
    private bool _isAdministrator;
    private bool _allEnded;
    private WorkshopId? _busy;

    [Inject] private IStringLocalizer<WorkshopText> Text { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private IEnumerable<Section> Sections
    {
        get
        {
            var real = (_lines ?? []).Where(l => l.RehearsalOf is null || !IsListed(l.RehearsalOf.Value)).ToLookup(l => l.Status);
            Section[] sections =
            [
                // What is on today comes first, then what is next, then what is over.
                new("Live", [.. real[WorkshopStatus.Live], .. real[WorkshopStatus.Paused]], int.MaxValue),
                new("Draft", [.. real[WorkshopStatus.Draft].OrderBy(l => l.Date)], int.MaxValue),
                new("Ended", [.. real[WorkshopStatus.Ended]], _allEnded ? int.MaxValue : EndedShown),
            ];
            return sections.Where(s => s.Lines.Length > 0);
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = (await Authentication).User;
        _isAdministrator = _user.IsInRole(Roles.Administrator);
        _me = AppClaims.IdOf(_user) ?? Guid.Empty;
        await LoadAsync();
    }

    private async Task LoadAsync() => _lines = await desk.ListAsync(_user, _closed.Token);

    private bool IsListed(WorkshopId id) => _lines is { } lines && lines.Any(l => l.Id == id);

    private ImmutableArray<WorkshopLine> RehearsalsOf(WorkshopLine line) => [.. (_lines ?? []).Where(l => l.RehearsalOf == line.Id)];

    private async Task StartAsync(WorkshopLine line)
    {
        if (_busy is not null)
            return;

        _busy = line.Id;
        var outcome = await desk.StartAsync(_user, line.Id, _closed.Token);
        _busy = null;
        if (outcome == DeskOutcome.Done)
        {
            navigation.NavigateTo($"/workshops/{line.Id}/console");
            return;
        }

        Say(outcome);
        await LoadAsync();
    }

    private async Task DeleteAsync(WorkshopLine line)
    {
        var sure = await dialogs.OpenAsync<ConfirmDialog>(
            Text[line.RehearsalOf is null ? "Delete.Label" : "Delete.Rehearsal.Label", line.Title],
            new()
            {
                [nameof(ConfirmDialog.Message)] = Text[line.RehearsalOf is not null ? "Delete.Rehearsal" : RehearsalsOf(line).Length > 0 ? "Delete.WithRehearsals" : "Delete.Sure"].Value,
                [nameof(ConfirmDialog.Action)] = Text["Delete"].Value,
                [nameof(ConfirmDialog.Dangerous)] = true,
            },
            new DialogOptions { Width = "min(34rem, calc(100vw - 2rem))", AutoFocusFirstElement = true });
        if (sure is not true || _busy is not null)
            return;

        _busy = line.Id;
        Say(await desk.DeleteAsync(_user, line.Id, _closed.Token), Text["Delete.Done", line.Title]);
        _busy = null;
        await LoadAsync();
    }

    private void Say(DeskOutcome outcome, string? done = null) => notifications.Notify(new NotificationMessage
    {
        Severity = outcome == DeskOutcome.Done ? NotificationSeverity.Success : NotificationSeverity.Warning,
        Summary = (outcome == DeskOutcome.Done ? done : null) ?? Text["Outcome." + outcome],
        Duration = 8000, // long enough to be read aloud
    });

    private sealed record Section(string Key, ImmutableArray<WorkshopLine> Lines, int Shown);
}
