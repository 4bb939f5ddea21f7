using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Engine.Live;

/// <summary>What a command leads to: facts to store, the state once they are stored, and what to say.</summary>
public readonly record struct Decision(LiveWorkshop Next, ImmutableArray<LiveEvent> Events, Outcome Outcome);

/// <summary>
/// Decides about commands. Pure: the same workshop, command and time give the same decision, and nothing is changed.
/// </summary>
public static class Decide
{
    /// <summary>People who can join one workshop.</summary>
    public const int MaxParticipants = 20_000;

    private static readonly Outcome Done = new Outcome.Done();

    public static Decision On(LiveWorkshop workshop, Command command, DateTimeOffset now) => command switch
    {
        Command.Start => ChangeStatus(workshop, WorkshopStatus.Live, now, workshop.Status == WorkshopStatus.Draft),
        Command.Pause => ChangeStatus(workshop, WorkshopStatus.Paused, now, workshop.Status == WorkshopStatus.Live),
        Command.Resume => ChangeStatus(workshop, WorkshopStatus.Live, now, workshop.Status == WorkshopStatus.Paused),
        Command.End => ChangeStatus(workshop, WorkshopStatus.Ended, now, workshop.Status is WorkshopStatus.Live or WorkshopStatus.Paused),
        Command.Join join => Join(workshop, join, now),
        Command.Rename rename => Rename(workshop, rename),
        Command.Submit submit => Submit(workshop, submit, now),
        Command.Moderate moderate => Moderate(workshop, moderate, now),
        Command.GoTo goTo => GoTo(workshop, goTo.Activity, now),
        Command.SetPhase setPhase => SetPhase(workshop, setPhase.Phase, now),
        Command.ShowWhileOpen show => ShowWhileOpen(workshop, show.Shown),
        Command.StartTimer => ChangeCountdown(workshop, now, (timer, activity) => Run(timer ?? Planned(activity), now)),
        Command.StopTimer => ChangeCountdown(workshop, now, (timer, _) => timer is null ? null : new Countdown(null, timer.LeftAt(now))),
        Command.AddTime add => ChangeCountdown(workshop, now, (timer, _) => Add(timer, add.By, now)),
        Command.BlankRoom(var blank) => blank == workshop.RoomIsBlank ? Unchanged(workshop) : new Decision(Touch(workshop with { RoomIsBlank = blank }), [], Done),
        Command.ReplaceAgenda replace => ReplaceAgenda(workshop, replace.Agenda),
        Command.Connect connect => Connect(workshop, connect),
        Command.Disconnect disconnect => Disconnect(workshop, disconnect.Participant),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "This command has no rule."),
    };

    private static Decision Refuse(LiveWorkshop workshop, string code) => new(workshop, [], new Outcome.Refused(code));

    private static Decision Unchanged(LiveWorkshop workshop) => new(workshop, [], Done);

    private static Decision ChangeStatus(LiveWorkshop workshop, WorkshopStatus status, DateTimeOffset now, bool allowed)
    {
        if (workshop.Status == status)
            return Unchanged(workshop);
        if (!allowed)
            return Refuse(workshop, workshop.Status == WorkshopStatus.Ended ? "workshop-ended" : "workshop-not-live");

        var events = ImmutableArray.CreateBuilder<LiveEvent>();
        var next = workshop;
        if (workshop.CurrentRun is { } run)
        {
            // The clock stands still while nobody is on stage; an exercise left open by the end is closed by it.
            var changed = status == WorkshopStatus.Live ? run with { OnStageSince = now } : LeaveStage(run, now, stopTimer: true);
            (next, changed) = status == WorkshopStatus.Ended ? Close(next, changed, events) : (next, changed);
            next = Put(next, changed, events);
        }

        events.Add(new LiveEvent.StatusChanged(status, now));
        next = next with { Status = status, RoomIsBlank = false, StartedAt = workshop.Status == WorkshopStatus.Draft ? now : next.StartedAt };
        return new Decision(Touch(next, stage: true), events.ToImmutable(), Done);
    }

    private static Decision Join(LiveWorkshop workshop, Command.Join join, DateTimeOffset now)
    {
        if (workshop.Status is WorkshopStatus.Draft)
            return Refuse(workshop, "workshop-not-live");
        if (workshop.Status is WorkshopStatus.Ended)
            return Refuse(workshop, "workshop-ended");
        if (workshop.Participants.TryGetValue(join.Id, out var known))
            return new Decision(workshop, [], new Outcome.Joined(known));
        if (join.TokenHash is { } hash && workshop.WithToken(hash) is { } already)
            return new Decision(workshop, [], new Outcome.Joined(already));
        if (workshop.Participants.Count >= MaxParticipants)
            return Refuse(workshop, "workshop-full");
        if (CheckPerson(workshop, join.Name, join.Department) is { Length: > 0 } refusals)
            return new Decision(workshop, [], new Outcome.Refused(refusals));

        var participant = new Participant(join.Id, Fields.Clean(join.Name), NullIfEmpty(join.Department), join.TokenHash is not null, now);
        var next = workshop with
        {
            Participants = workshop.Participants.Add(participant.Id, participant),
            Tokens = join.TokenHash is { } token ? workshop.Tokens.Add(token, participant.Id) : workshop.Tokens,
        };
        return new Decision(Touch(next), [new LiveEvent.ParticipantJoined(participant, join.TokenHash)], new Outcome.Joined(participant));
    }

    private static Decision Rename(LiveWorkshop workshop, Command.Rename rename)
    {
        if (!workshop.Participants.TryGetValue(rename.Participant, out var participant))
            return Refuse(workshop, "not-a-participant");
        if (CheckPerson(workshop, rename.Name, rename.Department) is { Length: > 0 } refusals)
            return new Decision(workshop, [], new Outcome.Refused(refusals));

        var changed = participant with { Name = Fields.Clean(rename.Name), Department = NullIfEmpty(rename.Department) };
        return new Decision(
            Touch(workshop with { Participants = workshop.Participants.SetItem(changed.Id, changed) }),
            [new LiveEvent.ParticipantChanged(changed)],
            Done);
    }

    private static ImmutableArray<Refusal> CheckPerson(LiveWorkshop workshop, string name, string? department)
    {
        var reader = new FieldReader(Fields.Of(("name", name), ("department", department ?? "")));
        reader.Text("name", Participant.MaxNameLength, required: true);
        reader.OneOf("department", workshop.Info.Departments, required: !workshop.Info.Departments.IsEmpty);
        return reader.Refusals;
    }

    private static Decision Submit(LiveWorkshop workshop, Command.Submit submit, DateTimeOffset now)
    {
        if (workshop.Keys.Contains(submit.Key))
            return new Decision(workshop, [], new Outcome.Saved(submit.Key));
        if (!workshop.Participants.TryGetValue(submit.Participant, out var participant))
            return Refuse(workshop, "not-a-participant");
        if (workshop.Find(submit.Activity) is not { } activity || !workshop.Runs.TryGetValue(activity.Id, out var run))
            return Refuse(workshop, "not-on-stage");

        var rules = workshop.Rulebook.Of(activity);
        if (!rules.StaysEditable && workshop.Status != WorkshopStatus.Live)
            return Refuse(workshop, workshop.Status == WorkshopStatus.Ended ? "workshop-ended" : "workshop-paused");
        if (rules.StaysEditable ? run.Phase == Phase.Waiting : run.Phase != Phase.Open)
            return Refuse(workshop, "not-open");

        var anonymous = activity.Anonymity == Anonymity.Anonymous;
        if (anonymous && submit.Slot is not { Kind: AuthorKind.Slot })
            return Refuse(workshop, "no-slot");
        var author = anonymous ? submit.Slot!.Value : AuthorKey.Of(participant.Id);
        var context = workshop.ContextOf(activity);

        // One person, one slot: otherwise clearing the phone's memory would be a way to vote twice.
        if (anonymous && run.AnsweredInMemory.Contains(participant.Id) && !rules.HasAnswered(context, run.State, author))
            return Refuse(workshop, "answered-elsewhere");

        switch (rules.Accept(context, run.State, submit.Key, author, submit.Fields))
        {
            case Verdict.Refused refused:
                return new Decision(workshop, [], new Outcome.Refused(refused.Reasons));
            case Verdict.Accepted accepted:
                var department = anonymous ? participant.Department : null;
                var entry = new Entry(submit.Key, activity.Id, author, department, activity.Type, rules.SchemaVersion, accepted.Json, anonymous ? null : now);
                var changed = run with
                {
                    State = accepted.Next,
                    SlotDepartments = department is null ? run.SlotDepartments : run.SlotDepartments.SetItem(author, department),
                    AnsweredInMemory = anonymous ? run.AnsweredInMemory.Add(participant.Id) : run.AnsweredInMemory,
                };
                return new Decision(Take(workshop, changed, entry), [new LiveEvent.EntryAccepted(entry)], new Outcome.Saved(submit.Key));
            default:
                throw new InvalidOperationException("A verdict is either accepted or refused.");
        }
    }

    private static Decision Moderate(LiveWorkshop workshop, Command.Moderate moderate, DateTimeOffset now)
    {
        if (workshop.Keys.Contains(moderate.Key))
            return new Decision(workshop, [], new Outcome.Saved(moderate.Key));
        if (workshop.Find(moderate.Activity) is not { } activity || !workshop.Runs.TryGetValue(activity.Id, out var run))
            return Refuse(workshop, "not-on-stage");

        var rules = workshop.Rulebook.Of(activity);
        var context = workshop.ContextOf(activity);
        switch (rules.Accept(context, run.State, moderate.Key, AuthorKey.Facilitator, moderate.Fields))
        {
            case Verdict.Refused refused:
                return new Decision(workshop, [], new Outcome.Refused(refused.Reasons));
            case Verdict.Accepted accepted:
                var entry = new Entry(moderate.Key, activity.Id, AuthorKey.Facilitator, null, activity.Type, rules.SchemaVersion, accepted.Json, now);
                // What takes no answers is shown as it stands on phones too, and another part is another form: their view is rendered again.
                var stage = activity.Id == workshop.OnStage && (!rules.TakesAnswers || rules.PartOf(accepted.Next) != rules.PartOf(run.State));
                var next = Take(workshop, run with { State = accepted.Next }, entry);
                var events = ImmutableArray.CreateBuilder<LiveEvent>();
                events.Add(new LiveEvent.EntryAccepted(entry));
                if (stage && rules.TimerAfter(context, run.State, accepted.Next) is { } length)
                    next = Put(next, next.Runs[run.Id] with { Countdown = Run(new Countdown(null, length), now) }, events);
                return new Decision(stage ? next with { RoomIsBlank = false, StageRevision = next.StageRevision + 1 } : next, events.ToImmutable(), new Outcome.Saved(moderate.Key));
            default:
                throw new InvalidOperationException("A verdict is either accepted or refused.");
        }
    }

    private static LiveWorkshop Take(LiveWorkshop workshop, ActivityRun run, Entry entry) =>
        workshop with { Runs = workshop.Runs.SetItem(run.Id, run), Keys = workshop.Keys.Add(entry.Key), Revision = workshop.Revision + 1 };

    private static Decision GoTo(LiveWorkshop workshop, ActivityId? id, DateTimeOffset now)
    {
        if (workshop.Status != WorkshopStatus.Live)
            return Refuse(workshop, workshop.Status == WorkshopStatus.Ended ? "workshop-ended" : "workshop-not-live");
        if (id == workshop.OnStage)
            return Unchanged(workshop);

        Activity? activity = null;
        if (id is { } wanted && (activity = workshop.Find(wanted)) is null)
            return Refuse(workshop, "no-such-activity");

        var events = ImmutableArray.CreateBuilder<LiveEvent>();
        var next = workshop;
        if (workshop.CurrentRun is { } leaving)
        {
            // An exercise that is left open closes behind the facilitator: nobody answers what is no longer on stage.
            (next, var closed) = Close(next, LeaveStage(leaving, now, stopTimer: true), events);
            next = Put(next, closed, events);
        }

        next = next with { OnStage = id, RoomIsBlank = false };
        events.Add(new LiveEvent.StageChanged(id));
        if (activity is not null)
        {
            var run = next.Runs.GetValueOrDefault(activity.Id) ?? NewRun(next, activity);
            var countdown = workshop.Rulebook.Of(activity).StartsTimer ? Run(run.Countdown ?? Planned(activity), now) : run.Countdown;
            next = Put(next, run with { OnStageSince = now, Countdown = countdown }, events);
        }

        return new Decision(Touch(next, stage: true), events.ToImmutable(), Done);
    }

    private static ActivityRun NewRun(LiveWorkshop workshop, Activity activity)
    {
        var rules = workshop.Rulebook.Of(activity);
        // What takes no answers has nothing to wait for: a teach screen shows at once.
        var phase = rules.TakesAnswers ? Phase.Waiting : Phase.Revealed;
        return new ActivityRun(
            activity.Id, phase, null, TimeSpan.Zero, null, false, rules.Start(activity),
            ImmutableDictionary<AuthorKey, string>.Empty, []);
    }

    private static Decision SetPhase(LiveWorkshop workshop, Phase phase, DateTimeOffset now)
    {
        if (workshop.Status != WorkshopStatus.Live)
            return Refuse(workshop, workshop.Status == WorkshopStatus.Ended ? "workshop-ended" : "workshop-not-live");
        if (workshop.Current is not { } activity || workshop.CurrentRun is not { } run)
            return Refuse(workshop, "not-on-stage");
        if (run.Phase == phase)
            return Unchanged(workshop);
        if (!workshop.Rulebook.Of(activity).TakesAnswers && phase is Phase.Open or Phase.Closed)
            return Refuse(workshop, "not-allowed");

        var events = ImmutableArray.CreateBuilder<LiveEvent>();
        var (next, changed) = phase is Phase.Closed or Phase.Revealed ? Close(workshop, run, events) : (workshop, run);
        if (phase is Phase.Closed or Phase.Revealed && changed.Countdown is { IsRunning: true } timer)
            changed = changed with { Countdown = new Countdown(null, timer.LeftAt(now)) };
        next = Put(next, changed with { Phase = phase }, events) with { RoomIsBlank = false };
        return new Decision(Touch(next, stage: true), events.ToImmutable(), Done);
    }

    /// <summary>
    /// Closes an open run. Of an anonymous activity, the segments that are too small to be shown are forgotten, here and on disk:
    /// a department of two would otherwise be a name.
    /// </summary>
    private static (LiveWorkshop Workshop, ActivityRun Run) Close(LiveWorkshop workshop, ActivityRun run, ImmutableArray<LiveEvent>.Builder events)
    {
        if (run.Phase != Phase.Open)
            return (workshop, run);

        var small = run.SlotDepartments.Values
            .GroupBy(d => d, StringComparer.Ordinal)
            .Where(g => g.Count() < workshop.Info.Threshold)
            .Select(g => g.Key)
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        var closed = run with { Phase = Phase.Closed };
        if (small.IsEmpty)
            return (workshop, closed);

        events.Add(new LiveEvent.SlotDepartmentsForgotten(run.Id, small));
        var kept = run.SlotDepartments.RemoveRange(run.SlotDepartments.Where(s => small.Contains(s.Value, StringComparer.Ordinal)).Select(s => s.Key));
        return (workshop, closed with { SlotDepartments = kept });
    }

    private static Decision ShowWhileOpen(LiveWorkshop workshop, bool shown)
    {
        if (workshop.CurrentRun is not { } run)
            return Refuse(workshop, "not-on-stage");
        if (run.ShownWhileOpen == shown)
            return Unchanged(workshop);
        var events = ImmutableArray.CreateBuilder<LiveEvent>();
        var next = Put(workshop, run with { ShownWhileOpen = shown }, events);
        return new Decision(Touch(next, stage: true), events.ToImmutable(), Done);
    }

    private static ActivityRun LeaveStage(ActivityRun run, DateTimeOffset now, bool stopTimer) => run with
    {
        Spent = run.SpentAt(now),
        OnStageSince = null,
        Countdown = stopTimer && run.Countdown is { IsRunning: true } timer ? new Countdown(null, timer.LeftAt(now)) : run.Countdown,
    };

    private static Decision ChangeCountdown(LiveWorkshop workshop, DateTimeOffset now, Func<Countdown?, Activity, Countdown?> change)
    {
        if (workshop.Status != WorkshopStatus.Live)
            return Refuse(workshop, "workshop-not-live");
        if (workshop.Current is not { } activity || workshop.CurrentRun is not { } run)
            return Refuse(workshop, "not-on-stage");

        var countdown = change(run.Countdown, activity);
        if (countdown == run.Countdown)
            return Unchanged(workshop);
        var events = ImmutableArray.CreateBuilder<LiveEvent>();
        var next = Put(workshop, run with { Countdown = countdown }, events);
        return new Decision(Touch(next, stage: true), events.ToImmutable(), Done);
    }

    private static Countdown Planned(Activity activity) => new(null, TimeSpan.FromMinutes(activity.Minutes));

    private static Countdown Run(Countdown timer, DateTimeOffset now) =>
        timer.IsRunning ? timer : new Countdown(now + timer.Remaining, timer.Remaining);

    private static Countdown Add(Countdown? timer, TimeSpan by, DateTimeOffset now)
    {
        var left = (timer?.LeftAt(now) ?? TimeSpan.Zero) + by;
        left = left < TimeSpan.Zero ? TimeSpan.Zero : left;
        return timer is { IsRunning: false } ? new Countdown(null, left) : new Countdown(now + left, left);
    }

    private static Decision ReplaceAgenda(LiveWorkshop workshop, ImmutableArray<Activity> agenda)
    {
        if (workshop.Status == WorkshopStatus.Ended)
            return Refuse(workshop, "workshop-ended");
        if (agenda.Select(a => a.Id).Distinct().Count() != agenda.Length || agenda.Any(a => !workshop.Rulebook.Knows(a.Type)))
            return Refuse(workshop, "agenda-not-valid");
        if (agenda.Any(a => !workshop.Rulebook.Of(a).Check(a).IsEmpty))
            return Refuse(workshop, "agenda-not-valid");

        // What has been on stage holds answers that were given under its settings and its label.
        var kept = workshop.Agenda.Where(a => workshop.Runs.ContainsKey(a.Id));
        foreach (var old in kept)
        {
            var now = agenda.FirstOrDefault(a => a.Id == old.Id);
            if (now is null || now.Type != old.Type || now.Anonymity != old.Anonymity || now.Settings.GetRawText() != old.Settings.GetRawText())
                return Refuse(workshop, "agenda-run-changed");
        }

        return new Decision(Touch(workshop with { Agenda = agenda }, stage: true), [new LiveEvent.AgendaReplaced(agenda)], Done);
    }

    // Presence is not stored: it is what is true now.
    private static Decision Connect(LiveWorkshop workshop, Command.Connect connect)
    {
        if (!workshop.Participants.ContainsKey(connect.Participant))
            return Refuse(workshop, "not-a-participant");

        var runs = workshop.Runs;
        foreach (var (id, slot) in connect.Slots)
        {
            // A slot counts as this person's only if it exists: a phone cannot mark somebody as having answered.
            if (workshop.Find(id) is { Anonymity: Anonymity.Anonymous } activity && runs.TryGetValue(id, out var run)
                && workshop.Rulebook.Of(activity).HasAnswered(workshop.ContextOf(activity), run.State, slot))
            {
                runs = runs.SetItem(id, run with { AnsweredInMemory = run.AnsweredInMemory.Add(connect.Participant) });
            }
        }

        var phones = workshop.Connections.GetValueOrDefault(connect.Participant);
        return new Decision(Touch(workshop with { Runs = runs, Connections = workshop.Connections.SetItem(connect.Participant, phones + 1) }), [], Done);
    }

    private static Decision Disconnect(LiveWorkshop workshop, ParticipantId participant)
    {
        var phones = workshop.Connections.GetValueOrDefault(participant);
        if (phones == 0)
            return Unchanged(workshop);
        var connections = phones == 1 ? workshop.Connections.Remove(participant) : workshop.Connections.SetItem(participant, phones - 1);
        return new Decision(Touch(workshop with { Connections = connections }), [], Done);
    }

    private static LiveWorkshop Put(LiveWorkshop workshop, ActivityRun run, ImmutableArray<LiveEvent>.Builder events)
    {
        events.Add(new LiveEvent.RunChanged(run));
        return workshop with { Runs = workshop.Runs.SetItem(run.Id, run) };
    }

    private static LiveWorkshop Touch(LiveWorkshop workshop, bool stage = false) => workshop with
    {
        Revision = workshop.Revision + 1,
        StageRevision = stage ? workshop.StageRevision + 1 : workshop.StageRevision,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
