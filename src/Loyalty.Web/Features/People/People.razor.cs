using System.Collections.Immutable;
using Loyalty.Web.Identity;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;

namespace Loyalty.Web.Features.People;

/// <summary>Who has an account, what each may do, and how somebody gets in.</summary>
public sealed partial class People(
    Accounts accounts,
    DialogService dialogs,
    NotificationService notifications,
    NavigationManager navigation,
    TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private Person[] _people = []; // an array: the grid builds queries from it, which an ImmutableArray cannot take part in
    private Guid _me;

    [Inject] private IStringLocalizer<PeopleText> Text { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _me = AppClaims.IdOf((await Authentication).User)
            ?? throw new InvalidOperationException("Somebody without an id passed the policy of this page.");
        await LoadAsync();
    }

    private async Task LoadAsync() => _people = [.. await accounts.ListAsync(_closed.Token)];

    private async Task InviteAsync()
    {
        if (await OpenAsync<InviteDialog>(Text["Invite"], []) is not InviteDialog.Choice choice)
            return;

        var outcome = await accounts.InviteAsync(choice.Email, choice.Roles, _me, _closed.Token);
        await LoadAsync();
        await ShowLinkAsync(outcome, choice.Email);
    }

    private async Task RenewLinkAsync(Person person)
    {
        var outcome = await accounts.RenewLinkAsync(person.Id, _me, _closed.Token);
        await LoadAsync();
        await ShowLinkAsync(outcome, NameOf(person));
    }

    private async Task ShowLinkAsync(InvitationOutcome outcome, string name)
    {
        switch (outcome)
        {
            case InvitationOutcome.Ready ready:
                await OpenAsync<LinkDialog>(Text["LinkReady", name], new()
                {
                    [nameof(LinkDialog.Link)] = navigation.ToAbsoluteUri($"/invite/{ready.Token}").ToString(),
                });
                break;
            case InvitationOutcome.EmailTaken:
                Say(NotificationSeverity.Warning, Text["EmailTaken", name]);
                break;
            case InvitationOutcome.Refused refused:
                Say(NotificationSeverity.Warning, string.Join(' ', refused.Reasons));
                break;
            case InvitationOutcome.NotFound:
                Say(NotificationSeverity.Warning, Text["Change.NotFound"]);
                break;
        }
    }

    private async Task ChangeRolesAsync(Person person)
    {
        var chosen = await OpenAsync<RolesDialog>(Text["Roles.Label", NameOf(person)], new()
        {
            [nameof(RolesDialog.Person)] = person,
            [nameof(RolesDialog.Yourself)] = person.Id == _me,
        });
        if (chosen is ImmutableArray<string> roles)
            await ReportAsync(await accounts.SetRolesAsync(person.Id, roles, _me, _closed.Token), Text["Roles.Done", NameOf(person)]);
    }

    private async Task RevokeAsync(Person person) =>
        await ReportAsync(await accounts.RevokeLinkAsync(person.Id, _me, _closed.Token), Text["Revoke.Done", NameOf(person)]);

    private async Task DisableAsync(Person person)
    {
        var sure = await OpenAsync<ConfirmDialog>(Text["Disable.Label", NameOf(person)], new()
        {
            [nameof(ConfirmDialog.Message)] = Text["Disable.Sure", NameOf(person)].Value,
            [nameof(ConfirmDialog.Action)] = Text["Disable"].Value,
            [nameof(ConfirmDialog.Dangerous)] = true,
        });
        if (sure is true)
            await ReportAsync(await accounts.SetDisabledAsync(person.Id, disabled: true, _me, _closed.Token), Text["Disable.Done", NameOf(person)]);
    }

    private async Task EnableAsync(Person person) =>
        await ReportAsync(await accounts.SetDisabledAsync(person.Id, disabled: false, _me, _closed.Token), Text["Enable.Done", NameOf(person)]);

    private async Task ReportAsync(AccountChange change, string done)
    {
        await LoadAsync();
        if (change is AccountChange.Done)
            Say(NotificationSeverity.Success, done);
        else
            Say(NotificationSeverity.Warning, Text["Change." + change]);
    }

    private void Say(NotificationSeverity severity, string message) => notifications.Notify(new NotificationMessage
    {
        Severity = severity,
        Summary = message,
        Duration = 8000, // long enough to be read aloud
    });

    private async Task<object?> OpenAsync<TDialog>(string title, Dictionary<string, object?> parameters)
        where TDialog : ComponentBase =>
        await dialogs.OpenAsync<TDialog>(title, parameters, new DialogOptions { Width = "min(34rem, calc(100vw - 2rem))", AutoFocusFirstElement = true });

    private string? LinkAge(Person person)
    {
        if (person.LinkExpiresAt is not { } expires)
            return null;

        // Days, not a date: the server does not know the reader's time zone.
        var left = expires - time.GetUtcNow();
        return left.TotalDays >= 2 ? Text["LinkAge.Days", (int)Math.Round(left.TotalDays)] : Text["LinkAge.Hours", Math.Max(1, (int)left.TotalHours)];
    }

    private static string NameOf(Person person) => person.DisplayName.Length > 0 ? person.DisplayName : person.Email;

    private static string IconOf(PersonState state) => state switch
    {
        PersonState.Active => "check",
        PersonState.Invited => "link",
        PersonState.InvitationExpired or PersonState.InvitationRevoked => "info",
        PersonState.Disabled => "alert",
    };
}
