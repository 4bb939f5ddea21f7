using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace Loyalty.Web.Features.Programmes;

/// <summary>Edits one activity of a programme.</summary>
public sealed partial class ActivityForm
{
    private FormState<ActivityModel>? form;
    private Activity? shownFor;
    private Activity? preview;
    private SettingsEditor? settings;
    private ElementReference heading;
    private ElementReference problems;
    private Focus focus;
    private bool unread;

    private enum Focus
    {
        None,
        Heading,
        Problems,
    }

    [Parameter, EditorRequired] public Activity Activity { get; set; } = null!;

    /// <summary>The other activities of its agenda.</summary>
    [Parameter, EditorRequired] public ImmutableArray<Activity> Others { get; set; } = [];

    [Parameter] public EventCallback<Activity> OnApply { get; set; }

    [Parameter] public EventCallback OnCancel { get; set; }

    private ExerciseRules Rules => Catalogue.Of(Activity).Rules;

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(shownFor, Activity))
            return;
        var isSame = shownFor is not null;
        shownFor = Activity;
        if (isSame)
        {
            // Its minutes were changed in the list; what is being typed here stays.
            form!.Model.Minutes = Activity.Minutes.ToString(CultureInfo.InvariantCulture);
            return;
        }

        form = new FormState<ActivityModel>(new ActivityModel(Activity));
        focus = Focus.Heading;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var to = focus;
        focus = Focus.None;
        if (to != Focus.None)
            await (to == Focus.Heading ? heading : problems).FocusAsync();
    }

    private async Task ApplyAsync()
    {
        if (Read() is { } activity)
            await OnApply.InvokeAsync(activity);
    }

    private void Show() => preview = Read();

    private Activity? Read()
    {
        var activity = form is null ? null : ActivityModel.Read(form, Activity, Rules, Text);
        unread = settings?.IsBroken == true;
        if (activity is not null && !unread)
            return activity;
        focus = Focus.Problems;
        return null;
    }
}
