using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Loyalty.Web.Features.Programmes;

/// <summary>The steps of a programme in their order.</summary>
public sealed partial class AgendaList
{
    private readonly Dictionary<ActivityId, ElementReference> titles = [];
    private readonly Dictionary<ActivityId, ElementReference> ups = [];
    private readonly Dictionary<ActivityId, ElementReference> downs = [];
    private ElementReference list;
    private ElementReference? focus;
    private DotNetObjectReference<AgendaList>? self;
    private IJSObjectReference? sorting;

    [Parameter, EditorRequired] public AgendaPlan Plan { get; set; } = null!;

    [Parameter] public bool ReadOnly { get; set; }

    /// <summary>The activity that is open beside the list.</summary>
    [Parameter] public ActivityId? Chosen { get; set; }

    [Parameter] public EventCallback<Activity> OnChoose { get; set; }

    [Parameter] public EventCallback<Activity> OnRemove { get; set; }

    /// <summary>The activity with the minutes that it has now.</summary>
    [Parameter] public EventCallback<Activity> OnMinutes { get; set; }

    [Parameter] public EventCallback<(int From, int To)> OnMove { get; set; }

    /// <summary>Leads back to a step, as soon as the list is drawn: what had the focus until now is about to go.</summary>
    public void Focus(ActivityId step)
    {
        if (titles.TryGetValue(step, out var title))
            focus = title;
    }

    /// <summary>A row was dragged.</summary>
    [JSInvokable]
    public Task OnMoved(int from, int to) => InvokeAsync(() => OnMove.InvokeAsync((from, to)));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && !ReadOnly)
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["dist/sort.js"]);
            self = DotNetObjectReference.Create(this);
            sorting = await module.InvokeAsync<IJSObjectReference>("sortable", list, self);
        }

        // Moving a row in the document takes the focus from it.
        if (focus is { } element)
        {
            focus = null;
            await element.FocusAsync();
        }
    }

    private static string Clock(TimeOnly time) => time.ToString("t", CultureInfo.CurrentCulture);

    private Task OnKeyAsync(KeyboardEventArgs key, int at) => ReadOnly || !key.AltKey ? Task.CompletedTask : key.Key switch
    {
        "ArrowUp" => MoveAsync(at, at - 1, titles),
        "ArrowDown" => MoveAsync(at, at + 1, titles),
        _ => Task.CompletedTask,
    };

    private async Task MoveAsync(int from, int to, Dictionary<ActivityId, ElementReference> refocus)
    {
        if (to < 0 || to >= Plan.Steps.Length)
            return;
        var id = Plan.Steps[from].Activity.Id;
        await OnMove.InvokeAsync((from, to));
        focus = refocus[id];
    }

    private async Task RemoveAsync(int at)
    {
        var steps = Plan.Steps;
        await OnRemove.InvokeAsync(steps[at].Activity);
        // The one that has come up to its place, or else the one above.
        if (steps.Length > 1)
            Focus(steps[at < steps.Length - 1 ? at + 1 : at - 1].Activity.Id);
    }

    private Task SetMinutesAsync(Activity activity, string? typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? OnMinutes.InvokeAsync(activity with { Minutes = Math.Clamp(minutes, Activity.MinMinutes, Activity.MaxMinutes) })
            : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (sorting is not null)
            {
                await sorting.InvokeVoidAsync("stop");
                await sorting.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the list with it.
        }

        self?.Dispose();
    }
}
