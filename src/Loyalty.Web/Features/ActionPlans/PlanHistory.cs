using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>A plan as it once was.</summary>
public sealed record PlanVersion(DateTimeOffset? At, PlanDocument Plan);

/// <summary>What a plan was before: nothing is kept for this, the responses hold every version there ever was.</summary>
public sealed class PlanHistory(IDbContextFactory<LoyaltyDb> databases, LiveDirectory directory)
{
    /// <summary>A plan is kept on every pause of its writer; pauses shorter than this are the same version.</summary>
    public static readonly TimeSpan OneSitting = TimeSpan.FromMinutes(10);

    /// <summary>The versions, the latest first.</summary>
    public async Task<ImmutableArray<PlanVersion>> OfAsync(WorkshopId id, ParticipantId participant, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(id, cancellationToken) is not { Current: var workshop } || PlanShelf.PlanActivity(workshop) is not var (activity, source))
            return [];

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await db.Responses.AsNoTracking()
            .Where(r => r.WorkshopId == id.Value && r.ActivityId == activity.Id.Value && r.AuthorKind == AuthorKind.Participant && r.AuthorId == participant.Value)
            .OrderBy(r => r.Sequence)
            .ToListAsync(cancellationToken);

        var rules = workshop.Rulebook.Of(activity);
        var context = RulesContext.For(activity, Phase.Open, workshop.Info.Threshold);
        var state = rules.Start(activity);
        var author = AuthorKey.Of(participant);
        var versions = new List<PlanVersion>();
        foreach (var entry in entries)
        {
            state = rules.Replay(context, state, new EntryKey(entry.Key), author, entry.Json, entry.SchemaVersion);
            var version = new PlanVersion(entry.At, source.Plans(state).First(p => p.Author == author).Plan);
            if (versions.Count > 0 && versions[^1].Plan.State == version.Plan.State && version.At - versions[^1].At < OneSitting)
                versions.RemoveAt(versions.Count - 1);
            versions.Add(version);
        }

        versions.Reverse();
        return [.. versions];
    }
}
