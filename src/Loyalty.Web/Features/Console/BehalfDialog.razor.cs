using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Loyalty.Web.Features.Console;

/// <summary>Takes an answer for a participant from the phone's own form.</summary>
public sealed partial class BehalfDialog : IAsyncDisposable
{
    private ElementReference dialog;
    private ElementReference element;
    private Form? form;
    private Form? captured;
    private IJSObjectReference? capture;
    private DotNetObjectReference<BehalfDialog>? self;
    private string? refusal;
    private string? saved;

    [Parameter, EditorRequired]
    public LiveWorkshop Workshop { get; set; } = null!;

    [Parameter, EditorRequired]
    public Func<Command, Task<Outcome>> Send { get; set; } = null!;

    [Parameter, EditorRequired]
    public IJSObjectReference? Script { get; set; }

    [Inject]
    private ConsoleSentences Sentences { get; set; } = null!;

    /// <summary>Opens the form of the activity on stage for this participant.</summary>
    public async Task ShowAsync(Participant participant)
    {
        if (Script is null || Workshop.Current is not { } activity)
            return;

        saved = null;
        refusal = null;
        // An anonymous answer is put under a random slot that is forgotten when the dialog closes: afterwards nobody, this console
        // included, can tell which answer it was.
        AuthorKey? slot = activity.Anonymity == Anonymity.Anonymous ? AuthorKey.Slot(ParticipantToken.New()) : null;
        form = FormOf(participant, activity, slot);
        StateHasChanged();
        await Script.InvokeVoidAsync("showDialog", dialog);
    }

    /// <summary>The form was submitted.</summary>
    [JSInvokable]
    public async Task OnSubmit(Dictionary<string, string[]> values)
    {
        if (form is not { } open)
            return;

        saved = null;
        if (!Fields.TryCreate(values.Select(v => KeyValuePair.Create(v.Key, (IReadOnlyList<string>)v.Value)), out var fields))
        {
            refusal = Sentences.Of([new Refusal("too-large")]);
        }
        else
        {
            var outcome = await Send(new Command.Submit(EntryKey.New(), open.Show.Activity.Id, open.Participant.Id, open.Slot, fields));
            await SayAsync(outcome, open.Show.Activity.Type);
            if (outcome is Outcome.Saved)
            {
                saved = Text["Behalf.Saved", open.Participant.Name];
                // A fresh form: the next post of a board begins empty, a single answer shows what was kept.
                form = FormOf(open.Participant, open.Show.Activity, open.Slot);
            }
        }

        StateHasChanged();
    }

    // What concerns a field is said beside it, the rest below the form.
    private async Task SayAsync(Outcome outcome, string type)
    {
        var refusals = outcome is Outcome.Refused refused ? refused.Reasons : [];
        var whole = refusals.RemoveAll(r => r.Field is not null);
        refusal = outcome is Outcome.Refused ? Sentences.Of(whole, type) : Sentences.Of(outcome, type);
        if (capture is not null && whole.Length < refusals.Length)
            await capture.InvokeVoidAsync("showErrors", refusals.Where(r => r.Field is not null).Select(r => new { field = r.Field, sentence = Sentences.Of([r], type) }));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (ReferenceEquals(captured, form) || Script is null)
            return;

        captured = form;
        await ReleaseAsync();
        if (form is not { } open)
            return;
        self ??= DotNetObjectReference.Create(this);
        capture = await Script.InvokeAsync<IJSObjectReference>("captureForm", element, self, open.Values);
    }

    private Form FormOf(Participant participant, Activity activity, AuthorKey? slot)
    {
        // Drawn once, not with every answer of the room: what is being typed must stay.
        var author = slot ?? AuthorKey.Of(participant.Id);
        var own = Workshop.Rulebook.Of(activity).Own(Workshop.ContextOf(activity), Workshop.StateOf(activity), author);
        return new Form(participant, ExerciseShow.Of(Workshop, activity, ViewPlace.Phone), slot, own.Fields);
    }

    private void Close() => form = null;

    private async Task ReleaseAsync()
    {
        if (capture is null)
            return;
        await capture.InvokeVoidAsync("stop");
        await capture.DisposeAsync();
        capture = null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ReleaseAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the form too.
        }

        self?.Dispose();
    }

    /// <summary>What is open. Compared by reference: each is drawn and captured once.</summary>
    private sealed class Form(Participant participant, ExerciseShow show, AuthorKey? slot, ImmutableDictionary<string, ImmutableArray<string>> values)
    {
        public Participant Participant => participant;

        public ExerciseShow Show => show;

        public AuthorKey? Slot => slot;

        public ImmutableDictionary<string, ImmutableArray<string>> Values => values;
    }
}
