using Loyalty.Engine.Curriculum;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components.Routing;
using Radzen;

namespace Loyalty.Web.Features.Programmes;

/// <content>What is stored, and what is asked before something would be lost.</content>
public sealed partial class ProgrammePage
{
    private async Task SaveAsync()
    {
        if (_busy || _draft is not { } draft || !Check(draft.Now))
            return;

        _busy = true;
        try
        {
            if (_stored is { } stored)
                await FinishAsync(await shelf.SaveAsync(_user, stored.Line.Id, stored.Number, draft.Now, _closed.Token), stored.Line.Id);
            else
                await CreateAsync(draft);
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>An earlier version becomes the latest again, as a new one: what came in between is kept.</summary>
    private async Task RestoreAsync()
    {
        if (_busy || _stored is not { } stored)
            return;

        _busy = true;
        var outcome = await shelf.SaveAsync(_user, stored.Line.Id, stored.Line.Version, stored.Programme, _closed.Token);
        _busy = false;
        await FinishAsync(outcome, stored.Line.Id);
        if (outcome is SaveOutcome.Saved)
            navigation.NavigateTo($"/programmes/{stored.Line.Id}");
    }

    private async Task KeepAsCopyAsync()
    {
        if (_busy || _draft is not { } draft || !Check(draft.Now))
            return;
        draft.Change(draft.Now with { Title = Short(Text["Copy.Of", draft.Now.Title]) });
        await CreateAsync(draft);
    }

    private bool Check(Programme programme)
    {
        _noTitle = programme.Title.Length == 0;
        _problem = programme.Activities.IsEmpty ? Text["Save.Empty"].Value : _noTitle ? Text["Save.NoTitle"].Value : null;
        return _problem is null;
    }

    private async Task CreateAsync(ProgrammeDraft draft)
    {
        if (AppClaims.IdOf(_user) is not { } me)
            return;
        var id = await shelf.CreateAsync(me, draft.Now, _closed.Token);
        draft.MarkSaved();
        navigation.NavigateTo($"/programmes/{id}");
    }

    private async Task FinishAsync(SaveOutcome outcome, Guid id)
    {
        switch (outcome)
        {
            case SaveOutcome.Saved(var version):
                _draft!.MarkSaved();
                _overtaken = null;
                Notify(Text["Saved", version]);
                _stored = await shelf.FindAsync(_user, id, null, _closed.Token);
                _versions = await shelf.VersionsAsync(_user, id, _closed.Token);
                break;
            case SaveOutcome.Overtaken(var latest):
                _overtaken = latest;
                break;
            case SaveOutcome.NotFound:
                _problem = Text["NotFound.Text"];
                break;
        }
    }

    private async Task ShareAsync(bool shared)
    {
        if (_stored is { } stored && await shelf.ShareAsync(_user, stored.Line.Id, shared, _closed.Token))
        {
            _shared = shared;
            Notify(Text[shared ? "Shared.Done" : "Unshared.Done"]);
        }
    }

    private async Task DeleteAsync()
    {
        if (_stored is not { } stored || !await AskAsync(Text["Delete.Title", stored.Line.Title], Text["Delete.Sure"], Text["Delete"], dangerous: true))
            return;
        if (await shelf.DeleteAsync(_user, stored.Line.Id, _closed.Token))
        {
            _leaving = true;
            navigation.NavigateTo("/programmes");
        }
    }

    private async Task AskBeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (_leaving || _draft is not { IsChanged: true })
            return;
        if (!await AskAsync(Text["Leave.Title"], Text["Leave.Sure"], Text["Leave"], dangerous: true))
            leaving.PreventNavigation();
    }

    private async Task<bool> AskAsync(string title, string message, string action, bool dangerous) =>
        await dialogs.OpenAsync<ConfirmDialog>(
            title,
            new()
            {
                [nameof(ConfirmDialog.Message)] = message,
                [nameof(ConfirmDialog.Action)] = action,
                [nameof(ConfirmDialog.Dangerous)] = dangerous,
            },
            new DialogOptions { Width = "min(34rem, calc(100vw - 2rem))", AutoFocusFirstElement = true }) is true;

    private void Notify(string done) => notifications.Notify(new NotificationMessage
    {
        Severity = NotificationSeverity.Success,
        Summary = done,
        Duration = 6000,
    });
}
