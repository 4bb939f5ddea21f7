using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>
/// Keeps the plan tables in step with the plans that participants sent. Rows keep their ids, so that links and check-ins stay
/// with a commitment when its words change.
/// </summary>
internal static class PlanTables
{
    public static async Task WriteAsync(LoyaltyDb db, LiveWorkshop workshop, Activity activity, IPlanSource source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.ActionPlans
            .Include(p => p.Commitments).ThenInclude(c => c.CheckIns)
            .Where(p => p.WorkshopId == workshop.Id.Value && p.ActivityId == activity.Id.Value)
            .AsSplitQuery()
            .ToDictionaryAsync(p => p.ParticipantId, cancellationToken);

        var people = new PeopleByName(workshop);
        foreach (var (author, plan) in source.Plans(workshop.StateOf(activity)))
        {
            if (author.Participant is not { } participant || workshop.Participants.GetValueOrDefault(participant) is not { IsErased: false })
                continue;
            if (!rows.TryGetValue(participant.Value, out var row))
            {
                row = new ActionPlanRow { Id = Guid.CreateVersion7(), WorkshopId = workshop.Id.Value, ActivityId = activity.Id.Value, ParticipantId = participant.Value };
                db.ActionPlans.Add(row);
            }

            row.IsFinal = plan.State == PlanState.Final;
            WriteCommitments(db, row, plan, commitment => source.NamesOf(activity, commitment), people, workshop.Info.Date);
        }

        // Only rows with a real change count as updated: drawing again must not look like an edit.
        foreach (var entry in db.ChangeTracker.Entries<ActionPlanRow>())
        {
            if (entry.State == EntityState.Added || HasChanged(db, entry.Entity))
                entry.Entity.UpdatedAt = now;
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static bool HasChanged(LoyaltyDb db, ActionPlanRow plan) =>
        db.Entry(plan).State == EntityState.Modified
        || db.ChangeTracker.Entries<CommitmentRow>().Any(c => c.Entity.PlanId == plan.Id && c.State != EntityState.Unchanged);

    private static void WriteCommitments(
        LoyaltyDb db, ActionPlanRow row, PlanDocument plan, Func<Commitment, (string Opportunity, string Rung)> namesOf, PeopleByName people, DateOnly workshopDate)
    {
        foreach (var gone in row.Commitments.Where(c => plan.Commitments.All(p => p.Number != c.Number)).ToList())
        {
            row.Commitments.Remove(gone);
            db.Remove(gone);
        }

        foreach (var commitment in plan.Commitments)
        {
            var kept = row.Commitments.FirstOrDefault(c => c.Number == commitment.Number);
            if (kept is null)
            {
                kept = new CommitmentRow { Id = Guid.CreateVersion7(), PlanId = row.Id, Number = commitment.Number };
                row.Commitments.Add(kept);
                db.Add(kept);
            }

            kept.Opportunity = commitment.Opportunity;
            kept.Rung = commitment.Rung;
            kept.What = commitment.What;
            kept.Situation = commitment.Situation;
            kept.FirstStep = commitment.FirstStep;
            kept.By = commitment.By;
            kept.Evidence = commitment.Evidence;
            kept.Help = commitment.Help;
            (kept.OpportunityName, kept.RungName) = namesOf(commitment);
            kept.Expectation = commitment.Expectation;
            kept.Feedback = commitment.Feedback;
            kept.Consequence = commitment.Consequence;
            WritePartner(kept, commitment.Partner, people, row.ParticipantId);

            foreach (var gone in kept.CheckIns.Where(c => !commitment.CheckIns.Contains(c.Days)).ToList())
            {
                kept.CheckIns.Remove(gone);
                db.Remove(gone);
            }

            foreach (var days in commitment.CheckIns.Where(d => kept.CheckIns.All(c => c.Days != d)))
            {
                var checkIn = new CheckInRow { Id = Guid.CreateVersion7(), CommitmentId = kept.Id, Days = days, DueOn = workshopDate.AddDays(days) };
                kept.CheckIns.Add(checkIn);
                db.Add(checkIn);
            }
        }
    }

    /// <summary>Another partner is asked anew, and the link of the one before ends. Who has answered stays who they are, whoever joins later under that name.</summary>
    private static void WritePartner(CommitmentRow row, string partner, PeopleByName people, Guid author)
    {
        if (!string.Equals(row.Partner, partner, StringComparison.OrdinalIgnoreCase))
        {
            row.PartnerAnswer = PartnerAnswer.Asked;
            row.PartnerAnsweredAt = null;
            row.PartnerEmail = null;
            row.PartnerLinkVersion++;
        }

        row.Partner = partner;
        if (row.PartnerAnswer == PartnerAnswer.Asked)
            row.PartnerId = people.Find(partner) is { } found && found != author ? found : null;
    }

    /// <summary>Finds somebody by a name that only they have.</summary>
    private sealed class PeopleByName(LiveWorkshop workshop)
    {
        private readonly Dictionary<string, Guid?> byName = workshop.Participants.Values
            .Where(p => !p.IsErased)
            .GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.Count() == 1 ? (Guid?)g.First().Id.Value : null, StringComparer.OrdinalIgnoreCase);

        public Guid? Find(string name) => byName.GetValueOrDefault(name);
    }
}
