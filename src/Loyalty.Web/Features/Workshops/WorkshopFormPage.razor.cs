using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Workshops;

/// <summary>Plans a workshop, or changes one that has not been started.</summary>
public sealed partial class WorkshopFormPage(WorkshopDesk desk, ProgrammeShelf programmes, NavigationManager navigation, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ClaimsPrincipal _user = new();
    private WorkshopId? _id;
    private FormState<WorkshopForm>? _form;
    private ImmutableArray<Activity>? _kept;
    private ImmutableArray<AgendaChoice> _offered = [];
    private DeskOutcome? _refusal;
    private ElementReference _problems;
    private bool _saving;
    private bool _focusProblems;

    /// <summary>The draft to change; none for a new workshop.</summary>
    [Parameter] public string? Id { get; set; }

    /// <summary>A programme to begin with.</summary>
    [SupplyParameterFromQuery] public string? Programme { get; set; }

    [Inject] private AgendaChoices Choices { get; set; } = null!;

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
        if (Id is null)
            _form = new FormState<WorkshopForm>(await NewFormAsync());
        else
            await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focusProblems)
            return;
        _focusProblems = false;
        await _problems.FocusAsync();
    }

    private static string LanguageName(string language) => CultureInfo.GetCultureInfo(language).NativeName;

    private async Task<WorkshopForm> NewFormAsync()
    {
        // English where there is a choice: the language that the house speaks until somebody says otherwise.
        var language = Choices.Languages.Contains("en", StringComparer.Ordinal) ? "en" : Choices.Languages.First();
        await OfferAsync(language);
        return new WorkshopForm
        {
            Date = DateOnly.FromDateTime(time.GetLocalNow().Date).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Language = language,
            Agenda = (_offered.FirstOrDefault(c => c.CanRun && c.Programme?.Line.Id.ToString("N") == Programme) ?? _offered.FirstOrDefault(c => c.CanRun))?.Agenda.Id ?? "",
        };
    }

    private async Task LoadAsync()
    {
        var draft = WorkshopId.TryParse(Id, out var id) ? await desk.FindAsync(_user, id, _closed.Token) : null;
        if (draft is not { Line.Status: WorkshopStatus.Draft })
        {
            _refusal = draft is null ? DeskOutcome.NotFound : DeskOutcome.NotDraft;
            return;
        }

        _id = id;
        var agenda = AgendaJson.Write(draft.Agenda);
        await OfferAsync(draft.Language);
        var same = _offered.FirstOrDefault(c => c.CanRun && AgendaJson.Write(c.Agenda.Activities) == agenda);
        _kept = same is null ? draft.Agenda : null;
        _form = new FormState<WorkshopForm>(new WorkshopForm
        {
            Title = draft.Line.Title,
            Organisation = draft.Line.Organisation,
            Date = draft.Line.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Departments = string.Join('\n', draft.Departments),
            Language = draft.Language,
            PlannedParticipants = draft.Line.Planned.ToString(CultureInfo.InvariantCulture),
            Threshold = draft.Threshold.ToString(CultureInfo.InvariantCulture),
            AsksToCompare = draft.AsksToCompare,
            Agenda = same?.Agenda.Id ?? WorkshopForm.KeepAgenda,
        });
    }

    private async Task OfferAsync(string language) =>
        _offered = [.. Choices.Of(language), .. (await programmes.LatestAsync(_user, language, _closed.Token)).Select(Choices.Of)];

    private async Task ChooseLanguageAsync(string language)
    {
        if (_form is not { } form || !Choices.Languages.Contains(language, StringComparer.Ordinal))
            return;

        // An agenda's id is the same in every language that has it; its words are not.
        form.Model.Language = language;
        await OfferAsync(language);
        if (form.Model.Agenda != WorkshopForm.KeepAgenda && !_offered.Any(c => c.CanRun && c.Agenda.Id == form.Model.Agenda))
            form.Model.Agenda = "";
    }

    private async Task SaveAsync()
    {
        if (_form is not { } form || _saving)
            return;
        if (WorkshopForm.Read(form, Choices.Languages, _offered, _kept is not null, Text) is not { } plan)
        {
            _focusProblems = true;
            return;
        }

        _saving = true;
        try
        {
            if (_id is { } id)
                Finish(form, id, await desk.ChangeAsync(_user, id, plan, _closed.Token));
            else if (AppClaims.IdOf(_user) is { } me)
                Finish(form, await desk.CreateAsync(me, plan, _closed.Token), DeskOutcome.Done);
        }
        finally
        {
            _saving = false;
        }
    }

    private void Finish(FormState<WorkshopForm> form, WorkshopId id, DeskOutcome outcome)
    {
        if (outcome == DeskOutcome.Done)
        {
            navigation.NavigateTo($"/workshops/{id}");
            return;
        }

        form.Problem = Text["Outcome." + outcome];
        _focusProblems = true;
    }
}
