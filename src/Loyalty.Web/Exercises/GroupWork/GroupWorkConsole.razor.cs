using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;
using Loyalty.Engine.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Loyalty.Web.Exercises.GroupWork;

public sealed partial class GroupWorkConsole
{
    /// <summary>Groups that are on the page at first, and how many more each press brings.</summary>
    private const int FirstGroups = 40;

    private const int MostAway = 60;

    private Seating seating = Grouping.None.Seat([]);
    private ImmutableArray<Person> away = [];
    private ImmutableArray<CaptureTally> scored = [];
    private ImmutableHashSet<ParticipantId> onTime = [];
    private ImmutableHashSet<ParticipantId> captured = [];
    private Grouping? kept;
    private string keptFrom = "";
    private Grouping? seen;
    private GroupMode? chosen;
    private int? wanted;
    private int limit = FirstGroups;
    private Person? moving;
    private string target = "";
    private string said = "";
    private bool focusTargets;
    private bool focusStatus;
    private ElementReference status;
    private ElementReference targets;

    /// <summary>Whether there is something to lead. Afterwards the results have the page to themselves.</summary>
    private bool Leads => Show.Phase != Phase.Revealed;

    private GroupMode Mode
    {
        get => chosen ?? Settings.Plan.Mode;
        set => chosen = value;
    }

    private int Size
    {
        get => wanted ?? Settings.Plan.Size;
        set => wanted = value;
    }

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        var people = Show.Context.Workshop.People();
        seating = State.Current.Seat(people);
        away = [.. people.Where(p => State.Current.Away.Contains(p.Id))];
        scored = [.. Tally.Captures.Where(c => c.Capture.IsScored && c.Scores.Any(s => s.Rounds.Any(r => r.Count > 0)))];
        kept = GroupWorkLead.Kept(Show.Context, Settings);
        keptFrom = Settings.GroupsFrom is { } from ? Show.Context.Workshop.Find(from)?.Title ?? "" : "";
        captured = Settings.RoundOf(State.Part) is { } round
            ? [.. State.Given.Where(given => given.Value.ContainsKey(round.Id)).Select(given => given.Key.Participant).OfType<ParticipantId>()]
            : [];
        if (!ReferenceEquals(seen, State.Current))
        {
            seen = State.Current;
            onTime = [.. State.Current.Groups.SelectMany(group => group)];
            // Whoever was to be moved may sit elsewhere by now.
            moving = null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focusTargets && moving is not null)
        {
            focusTargets = false;
            await targets.FocusAsync();
        }

        // What was pressed is gone; without this the focus would be lost.
        if (focusStatus)
        {
            focusStatus = false;
            await status.FocusAsync();
        }
    }

    private bool HasCaptured(Group group) => group.Members.Any(member => captured.Contains(member.Id));

    private string Facts(Group group, int seat, Person member) => string.Join(" · ", new[]
    {
        Settings.RoleOn(seat, group.Members.Length, Math.Max(0, State.Part - 1))?.Label,
        member.Department,
        onTime.Contains(member.Id) ? null : Text["Console.Late"].Value,
        Show.Context.Workshop.IsHere(member.Id) ? null : Text["Console.NotHere"].Value,
    }.Where(fact => !string.IsNullOrEmpty(fact)));

    private void ShowMore() => limit += FirstGroups;

    private void Pick(Person person)
    {
        moving = moving?.Id == person.Id ? null : person;
        target = "";
        said = "";
        focusTargets = moving is not null;
    }

    private void Cancel()
    {
        moving = null;
        focusStatus = true;
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            Cancel();
    }

    private Task FormAsync() => SendAsync("form", "Console.Done.form",
        [("mode", GroupWorkLead.WordOf(Mode)), ("size", Mode == GroupMode.Pairs ? "" : Size.ToString(CultureInfo.InvariantCulture)), ("fresh", "on")]);

    private Task KeepAsync() => SendAsync("form", "Console.Done.keep", []);

    private Task GoAsync(int part) => SendAsync("go", "Console.Done.go", [("part", part.ToString(CultureInfo.InvariantCulture))]);

    private Task MoveAsync() =>
        moving is { } person && target.Length > 0 ? SendAsync("move", "Console.Done.move", [("person", person.Id.ToString()), ("group", target)]) : Task.CompletedTask;

    private Task DoAsync(string verb, Person person) => SendAsync(verb, $"Console.Done.{verb}", [("person", person.Id.ToString())]);

    private Task HideAsync(string item, bool hidden) => SendAsync(hidden ? "show" : "hide", hidden ? "Console.Done.show" : "Console.Done.hide", [("item", item)]);

    private async Task SendAsync(string verb, string done, ImmutableArray<(string Name, string Value)> fields)
    {
        var outcome = await Show.Moderate(Fields.Of([("do", verb), .. fields]));
        said = outcome switch
        {
            Outcome.Refused refused => Sentences.Of(refused.Reasons, Activity.Type),
            Outcome.Unavailable unavailable => Sentences.Of(unavailable.Code),
            _ => Text[done],
        };
        focusStatus = verb is "move" or "away" or "back";
        if (outcome is not (Outcome.Refused or Outcome.Unavailable))
            moving = null;
    }
}
