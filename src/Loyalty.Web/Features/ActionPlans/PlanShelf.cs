using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>A workshop in HR's list.</summary>
public sealed record ShelfWorkshop(Guid Id, string Title, string Organisation, DateOnly Date, WorkshopStatus Status, int Participants, int Plans, int Final);

/// <summary>Somebody in a workshop and how far their plan is.</summary>
/// <param name="IsFinal">Null if there is no plan.</param>
public sealed record ShelfPlan(Guid ParticipantId, string Name, string? Department, bool? IsFinal, int Commitments, DateOnly? NextCheckIn);

/// <summary>A plan with its commitments as they stand in the tables: check-ins, what was told, the partner's answer.</summary>
/// <param name="Email">Where the author wants to be reminded; null unless they asked for it.</param>
public sealed record PlanDetails(PlanSheetModel Sheet, string? Email, DateTimeOffset UpdatedAt, ImmutableArray<CommitmentRow> Commitments);

/// <summary>Reads workshops and plans for HR, and the sheets that are printed.</summary>
public sealed class PlanShelf(IDbContextFactory<LoyaltyDb> databases, LiveDirectory directory, PlanLinks links, TimeProvider time)
{
    /// <summary>The workshops that HR sees: everything that has run, never a rehearsal; the latest first.</summary>
    public async Task<IReadOnlyList<ShelfWorkshop>> WorkshopsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Workshops
            .Where(w => w.RehearsalOf == null && w.Status != WorkshopStatus.Draft)
            .OrderByDescending(w => w.Date).ThenBy(w => w.Title)
            .Select(w => new ShelfWorkshop(
                w.Id, w.Title, w.Organisation, w.Date, w.Status,
                db.Participants.Count(p => p.WorkshopId == w.Id),
                db.ActionPlans.Count(p => p.WorkshopId == w.Id),
                db.ActionPlans.Count(p => p.WorkshopId == w.Id && p.IsFinal)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>One workshop of that list, or null.</summary>
    public async Task<ShelfWorkshop?> WorkshopAsync(Guid id, CancellationToken cancellationToken) =>
        (await WorkshopsAsync(cancellationToken)).FirstOrDefault(w => w.Id == id);

    /// <summary>Everybody in a workshop, by name, with or without a plan.</summary>
    public async Task<IReadOnlyList<ShelfPlan>> PlansAsync(Guid workshop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var plans = await db.ActionPlans
            .Where(p => p.WorkshopId == workshop)
            .Select(p => new { p.ParticipantId, p.IsFinal, Commitments = p.Commitments.Count, Next = p.Commitments.SelectMany(c => c.CheckIns).Where(c => c.DueOn >= today).Min(c => (DateOnly?)c.DueOn) })
            .ToDictionaryAsync(p => p.ParticipantId, cancellationToken);
        var people = await db.Participants.Where(p => p.WorkshopId == workshop).OrderBy(p => p.Name).ToListAsync(cancellationToken);
        return [.. people.Select(p => plans.TryGetValue(p.Id, out var plan)
            ? new ShelfPlan(p.Id, p.Name, p.Department, plan.IsFinal, plan.Commitments, plan.Next)
            : new ShelfPlan(p.Id, p.Name, p.Department, null, 0, null))];
    }

    /// <summary>The sheets of a workshop, by name: of everybody with a plan, or of those who are asked for.</summary>
    public async Task<ImmutableArray<PlanSheetModel>> SheetsAsync(Guid workshopId, IReadOnlySet<Guid>? participants, Uri origin, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var workshop = await db.Workshops.AsNoTracking().FirstOrDefaultAsync(w => w.Id == workshopId, cancellationToken);
        if (workshop is null)
            return [];

        var rows = await db.ActionPlans.AsNoTracking().AsSplitQuery()
            .Include(p => p.Participant)
            .Include(p => p.Commitments).ThenInclude(c => c.CheckIns)
            .Where(p => p.WorkshopId == workshopId && p.Commitments.Count > 0)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(p => participants is null || participants.Contains(p.ParticipantId))
                .OrderBy(p => p.Participant!.Name, StringComparer.CurrentCultureIgnoreCase)
                .Select(p => SheetOf(p, workshop, origin)),
        ];
    }

    /// <summary>One plan with all that hangs on it, or null; for HR, so never of a rehearsal.</summary>
    public async Task<PlanDetails?> PlanAsync(Guid workshopId, Guid participant, Uri origin, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var workshop = await db.Workshops.AsNoTracking().FirstOrDefaultAsync(w => w.Id == workshopId && w.RehearsalOf == null, cancellationToken);
        var row = await db.ActionPlans.AsNoTracking().AsSplitQuery()
            .Include(p => p.Participant)
            .Include(p => p.Commitments).ThenInclude(c => c.CheckIns).ThenInclude(c => c.Reports)
            .FirstOrDefaultAsync(p => p.WorkshopId == workshopId && p.ParticipantId == participant && p.Commitments.Count > 0, cancellationToken);
        return workshop is null || row is null ? null : new PlanDetails(SheetOf(row, workshop, origin), row.Email, row.UpdatedAt, [.. row.Commitments.OrderBy(c => c.Number)]);
    }

    /// <summary>Ends the private link of a plan; the next one that is made works. False if there is no such plan.</summary>
    public async Task<bool> RenewLinkAsync(Guid workshopId, Guid participant, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ActionPlans.Where(p => p.WorkshopId == workshopId && p.ParticipantId == participant)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.LinkVersion, p => p.LinkVersion + 1), cancellationToken) > 0;
    }

    /// <summary>The sheet of one participant as it stands now, not as it was last drawn into the tables; null if there is no plan.</summary>
    public async Task<PlanSheetModel?> OwnSheetAsync(WorkshopId workshopId, ParticipantId participant, Uri origin, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(workshopId, cancellationToken) is not { Current: var workshop }
            || !workshop.Participants.TryGetValue(participant, out var person)
            || PlanActivity(workshop) is not var (activity, source)
            || source.Plans(workshop.StateOf(activity)).FirstOrDefault(p => p.Author.Participant == participant).Plan is not { Commitments.IsEmpty: false } plan)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var version = await db.ActionPlans.Where(p => p.WorkshopId == workshopId.Value && p.ParticipantId == participant.Value).Select(p => p.LinkVersion).FirstOrDefaultAsync(cancellationToken);
        return Sheet(workshopId, workshop.Info, person, plan.State == PlanState.Final, plan.Commitments.Select(c => Named(source.NamesOf(activity, c), c)), version, origin);

        static (Commitment, string, string) Named((string Opportunity, string Rung) names, Commitment commitment) => (commitment, names.Opportunity, names.Rung);
    }

    /// <summary>The activity of the agenda that plans are made in, once it has been on stage.</summary>
    public static (Activity Activity, IPlanSource Source)? PlanActivity(LiveWorkshop workshop)
    {
        foreach (var activity in workshop.Agenda)
        {
            if (workshop.Runs.ContainsKey(activity.Id) && workshop.Rulebook.Of(activity) is IPlanSource source)
                return (activity, source);
        }

        return null;
    }

    private PlanSheetModel SheetOf(ActionPlanRow row, WorkshopRow workshop, Uri origin) => Sheet(
        new WorkshopId(workshop.Id), WorkshopLoader.InfoOf(workshop),
        new Participant(new ParticipantId(row.ParticipantId), row.Participant!.Name, row.Participant.Department, true, row.Participant.JoinedAt),
        row.IsFinal,
        row.Commitments.OrderBy(c => c.Number).Select(c => (CommitmentOf(c), c.OpportunityName, c.RungName)),
        row.LinkVersion, origin);

    private PlanSheetModel Sheet(
        WorkshopId id, WorkshopInfo info, Participant person, bool isFinal, IEnumerable<(Commitment Words, string Opportunity, string Rung)> commitments, int linkVersion, Uri origin) =>
        new(
            person.Id.Value, person.Name, person.Department, info.Title, info.Organisation, info.Date, isFinal,
            [.. commitments.Select(c => new CommitmentModel(c.Words, c.Opportunity, c.Rung, [.. c.Words.CheckIns.Select(days => info.Date.AddDays(days))]))],
            new Uri(origin, $"/plan/{links.TokenFor(id, person.Id, linkVersion)}").AbsoluteUri);

    /// <summary>A commitment as it stands in the table.</summary>
    internal static Commitment CommitmentOf(CommitmentRow row) => new(
        row.Number, row.Opportunity, row.Rung, row.What, row.Situation, row.FirstStep, row.By, row.Evidence, row.Help, row.Partner,
        [.. row.CheckIns.Select(c => c.Days).Order()], row.Expectation, row.Feedback, row.Consequence);
}
