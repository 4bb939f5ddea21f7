using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Engine.Live;

/// <summary>Builds the running state from what the journal kept: the same fold that ran when the entries were taken.</summary>
public static class Restore
{
    /// <param name="now">
    /// Revisions start at this moment's milliseconds, so that they rise across restarts and no phone mistakes an old stage for a new one.
    /// </param>
    public static LiveWorkshop From(StoredWorkshop stored, ExerciseRulebook rulebook, DateTimeOffset now)
    {
        var participants = ImmutableDictionary.CreateBuilder<ParticipantId, Participant>();
        var tokens = ImmutableDictionary.CreateBuilder<Guid, ParticipantId>();
        foreach (var (participant, tokenHash) in stored.Participants)
        {
            participants.Add(participant.Id, participant);
            if (tokenHash is { } hash)
                tokens.Add(hash, participant.Id);
        }

        var revision = now.ToUnixTimeMilliseconds();
        var workshop = new LiveWorkshop(
            stored.Id, stored.Info, stored.Status, stored.Agenda, stored.OnStage,
            ImmutableDictionary<ActivityId, ActivityRun>.Empty, participants.ToImmutable(), tokens.ToImmutable(),
            [], ImmutableDictionary<ParticipantId, int>.Empty, revision, revision, rulebook)
        {
            StartedAt = stored.StartedAt,
        };

        var runs = ImmutableDictionary.CreateBuilder<ActivityId, ActivityRun>();
        foreach (var run in stored.Runs)
        {
            if (workshop.Find(run.Id) is { } activity)
            {
                runs[run.Id] = new ActivityRun(
                    run.Id, run.Phase, run.OnStageSince, run.Spent, run.Countdown, run.ShownWhileOpen, rulebook.Of(activity).Start(activity),
                    ImmutableDictionary<AuthorKey, string>.Empty, []);
            }
        }

        // Replaying knows one activity at a time, so that several are replayed side by side, and the keys gathered beside them: a hall waits for this.
        var groups = stored.Entries.GroupBy(e => e.Activity).ToList();
        var unknown = groups.Find(g => !runs.ContainsKey(g.Key));
        if (unknown is not null)
            throw new InvalidOperationException($"The journal holds entries of {unknown.Key}, which never was on stage.");
        var keys = Task.Run(() => ImmutableHashSet.CreateRange(groups.SelectMany(g => g).Select(e => e.Key)));
        try
        {
            var replayed = groups.AsParallel().Select(group =>
            {
                var activity = workshop.Find(group.Key)!;
                return Replay(runs[activity.Id], activity, rulebook.Of(activity), group, stored.Info.Threshold);
            }).ToList();
            foreach (var run in replayed)
                runs[run.Id] = run;
        }
        catch (AggregateException e)
        {
            // Whoever wants the workshop, and the log, get what the rules said and not that several were replayed at once.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return workshop with { Runs = runs.ToImmutable(), Keys = keys.GetAwaiter().GetResult() };
    }

    private static ActivityRun Replay(ActivityRun run, Activity activity, ExerciseRules rules, IEnumerable<Entry> entries, int threshold)
    {
        var context = RulesContext.For(activity, Phase.Open, threshold);
        var state = run.State;
        var departments = run.SlotDepartments.ToBuilder();
        foreach (var entry in entries)
        {
            state = rules.Replay(context, state, entry.Key, entry.Author, entry.Json, entry.SchemaVersion);
            if (entry is { Author.Kind: AuthorKind.Slot, SlotDepartment: { } department })
                departments[entry.Author] = department;
        }

        return run with { State = state, SlotDepartments = departments.ToImmutable() };
    }
}
