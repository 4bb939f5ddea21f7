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
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Radzen;

namespace Loyalty.Web.Features.Programmes;

/// <summary>A programme: the latest version to be edited, an earlier one or somebody else's to be looked at.</summary>
public sealed partial class ProgrammePage(
    ProgrammeShelf shelf, ExerciseRulebook rulebook, DialogService dialogs, NotificationService notifications, NavigationManager navigation, TimeProvider time) : IDisposable
{
    private const int UsualSlot = 90;

    private readonly CancellationTokenSource _closed = new();
    private ClaimsPrincipal _user = new();
    private ProgrammeDraft? _draft;
    private StoredProgramme? _stored;
    private ImmutableArray<ProgrammeVersion> _versions = [];
    private ActivityId? _chosen;
    private ActivityId? _after;
    private AgendaList? _list;
    private (Guid? Id, int? Version, Guid? Copy)? _shown;
    private string? _problem;
    private string? _said;
    private int? _overtaken;
    private bool _noTitle;
    private bool _shared;
    private bool _busy;
    private bool _leaving;
    private bool _loaded;

    /// <summary>None for a new one.</summary>
    [Parameter] public Guid? Id { get; set; }

    /// <summary>An earlier version to look at.</summary>
    [SupplyParameterFromQuery] public int? Version { get; set; }

    /// <summary>The programme that a new one begins as a copy of.</summary>
    [SupplyParameterFromQuery] public Guid? Copy { get; set; }

    [Inject] private CurriculumLibraries Libraries { get; set; } = null!;

    [Inject] private IStringLocalizer<ProgrammesText> Text { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private bool CanEdit => _stored is null || (_stored.Line.CanEdit && _stored.Number == _stored.Line.Version);

    private AgendaPlan Plan => AgendaPlan.Of(_draft!.Now.Activities, _draft.Now.Start, _draft.Now.SlotMinutes, rulebook);

    private Activity? ChosenActivity => _chosen is { } id ? Find(id) : null;

    private Activity? After => _after is { } id ? Find(id) : null;

    private ImmutableArray<Activity> Others => [.. _draft!.Now.Activities.Where(a => a.Id != _chosen)];

    // A programme in a language that the content has lost since still says which it is.
    private IEnumerable<string> Languages => Libraries.Languages.Append(_draft!.Now.Language).Distinct(StringComparer.Ordinal);

    private string Lead => _stored switch
    {
        null => Text["Lead.New"],
        { Line.CanEdit: false } shared => Text["Lead.Shared", shared.Line.Owner, shared.Number],
        { } earlier when earlier.Number != earlier.Line.Version => Text["Lead.Earlier", earlier.Number, earlier.Line.Version],
        { } latest => Text[_draft!.IsChanged ? "Lead.Changed" : "Lead.Saved", latest.Number],
    };

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Id, Version, Copy))
            return;
        _shown = (Id, Version, Copy);
        _user = (await Authentication).User;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        (_stored, _draft, _chosen, _after, _overtaken, _problem) = (null, null, null, null, null, null);
        if (Id is { } id)
        {
            if (await shelf.FindAsync(_user, id, Version, _closed.Token) is { } stored)
                await ShowAsync(stored);
        }
        else
        {
            _draft = new ProgrammeDraft(Empty());
            if (Copy is { } copy && await shelf.FindAsync(_user, copy, Version, _closed.Token) is { Programme: var original })
                _draft.Change(original with { Title = Short(Text["Copy.Of", original.Title]) });
        }

        _loaded = true;
    }

    private async Task ShowAsync(StoredProgramme stored)
    {
        _stored = stored;
        _draft = new ProgrammeDraft(stored.Programme);
        _shared = stored.Line.Shared;
        _versions = await shelf.VersionsAsync(_user, stored.Line.Id, _closed.Token);
    }

    private Programme Empty() =>
        new("", "", Libraries.Languages.Contains("en", StringComparer.Ordinal) ? "en" : Libraries.Languages.First(), Programme.UsualStart, UsualSlot, []);

    private static string Short(string title) => title.Length > Programme.MaxTitle ? title[..Programme.MaxTitle] : title;

    private Activity? Find(ActivityId id) => _draft!.Now.Activities.FirstOrDefault(a => a.Id == id);

    private string TitleOf(ActivityId id) =>
        Libraries.Languages.Contains(_draft!.Now.Language, StringComparer.Ordinal)
        && Libraries.Of(_draft.Now.Language).Modules.SelectMany(m => m.Activities).FirstOrDefault(a => a.Id == id) is { } known
            ? known.Title
            : id.Value;

    private void Change(Programme next)
    {
        _draft!.Change(next);
        _noTitle = false;
    }

    private void SetStart(string? typed)
    {
        if (TimeOnly.TryParseExact(typed, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var start))
            Change(_draft!.Now with { Start = new TimeOnly(start.Hour, start.Minute) });
    }

    private void SetSlot(string? typed)
    {
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
            Change(_draft!.Now with { SlotMinutes = Math.Clamp(minutes, Activity.MinMinutes, Programme.MaxSlotMinutes) });
    }

    private void BeginWith(Agenda agenda)
    {
        var now = _draft!.Now;
        Change(now with
        {
            Title = now.Title.Length > 0 ? now.Title : agenda.Title,
            Summary = now.Summary.Length > 0 ? now.Summary : agenda.Summary,
            SlotMinutes = agenda.SlotMinutes,
            Activities = agenda.Activities,
        });
    }

    private void Choose(Activity activity)
    {
        _chosen = activity.Id;
        _after = activity.Id;
    }

    private void Close()
    {
        if (_chosen is { } step)
            _list?.Focus(step);
        _chosen = null;
    }

    private Activity? Add(Activity activity)
    {
        var draft = _draft!;
        if (draft.IsFull)
            return null;
        var at = After is { } before ? draft.IndexOf(before.Id) + 1 : draft.Now.Activities.Length;
        var added = draft.Add(activity, at);
        // The next one goes after this one, as long as they do not go to the end anyway.
        _after = After is null ? null : added.Id;
        Say("Said.Added", added, at);
        return added;
    }

    private void Make(Activity activity) => _chosen = Add(activity)?.Id;

    private void Remove(Activity activity)
    {
        if (_chosen == activity.Id)
            _chosen = null;
        if (_after == activity.Id)
            _after = null;
        _draft!.Remove(activity.Id);
        _said = Text["Said.Removed", activity.Title];
    }

    private void SetMinutes(Activity activity) => _draft!.Replace(activity);

    private void Move((int From, int To) places)
    {
        if (_draft!.Move(places.From, places.To))
            Say("Said.Moved", _draft.Now.Activities[places.To], places.To);
    }

    private void Say(string key, Activity activity, int at) =>
        _said = Text[key, activity.Title, at + 1, _draft!.Now.Activities.Length, Plan.Steps[at].Begins.ToString("t", CultureInfo.CurrentCulture)];

    private void Apply(Activity activity)
    {
        _draft!.Replace(activity);
        Close();
        _said = Text["Said.Applied", activity.Title];
    }

    private void Undo()
    {
        _draft!.Undo();
        _chosen = null;
        _said = Text["Said.Undone"];
    }

    private string Moment(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
}
