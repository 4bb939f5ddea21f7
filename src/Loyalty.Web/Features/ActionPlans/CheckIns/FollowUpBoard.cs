using System.Collections.Immutable;
using Loyalty.Engine.Plans;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.ActionPlans.CheckIns;

/// <summary>A commitment on the board.</summary>
public sealed record BoardCommitment(Guid Workshop, Guid Participant, string Author, string? Department, string WorkshopTitle, CommitmentRow Row, FollowUpState State);

/// <param name="Counts">How many there are in each state, whatever state is shown.</param>
public sealed record BoardView(ImmutableArray<BoardCommitment> Lines, ImmutableDictionary<FollowUpState, int> Counts, int Total, int Page, int Pages);

/// <summary>How the commitments of all workshops stand.</summary>
internal sealed class FollowUpBoard(IDbContextFactory<LoyaltyDb> databases, TimeProvider time)
{
    private const int PageSize = 25;

    // What needs somebody comes first.
    private static readonly ImmutableArray<FollowUpState> Order = [FollowUpState.Stuck, FollowUpState.Overdue, FollowUpState.Due, FollowUpState.OnTrack, FollowUpState.Done];

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public async Task<BoardView> ReadAsync(string? organisation, Guid? workshop, FollowUpState? state, int page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var today = Today;

        // The state of each is worked out here from a few columns; the words are fetched for one page only.
        var all = await (
            from plan in db.ActionPlans
            join w in db.Workshops on plan.WorkshopId equals w.Id
            where w.RehearsalOf == null && (organisation == null || w.Organisation == organisation) && (workshop == null || w.Id == workshop)
            from c in plan.Commitments
            where c.What != ""
            select new
            {
                c.Id,
                c.By,
                w.Date,
                CheckIns = c.CheckIns.Select(k => new { k.DueOn, Reports = k.Reports.Select(r => new { r.ByPartner, r.State }).ToList() }).ToList(),
            }).AsSplitQuery().ToListAsync(cancellationToken);
        var standing = all.Select(c => (c.Id, c.Date, State: FollowUp.Of(
            c.By,
            c.CheckIns.Select(k => new CheckInStanding(
                k.DueOn, k.Reports.Where(r => !r.ByPartner).Select(r => (CheckInState?)r.State).FirstOrDefault(), k.Reports.Where(r => r.ByPartner).Select(r => (CheckInState?)r.State).FirstOrDefault())),
            today))).ToList();

        var shown = standing.Where(c => state is null || c.State == state).OrderBy(c => Order.IndexOf(c.State)).ThenByDescending(c => c.Date).ThenBy(c => c.Id).ToList();
        var pages = Math.Max(1, (shown.Count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var here = shown.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        var ids = here.Select(c => c.Id).ToList();
        var rows = await db.Commitments.AsNoTracking().AsSplitQuery().Include(c => c.CheckIns).ThenInclude(k => k.Reports).Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var plans = rows.Values.Select(c => c.PlanId).Distinct().ToList();
        var authors = await (
            from p in db.ActionPlans
            join w in db.Workshops on p.WorkshopId equals w.Id
            where plans.Contains(p.Id)
            select new { p.Id, p.WorkshopId, p.ParticipantId, p.Participant!.Name, p.Participant.Department, w.Title }).ToDictionaryAsync(p => p.Id, cancellationToken);
        return new BoardView(
            [.. here.Where(c => rows.ContainsKey(c.Id)).Select(c =>
            {
                var row = rows[c.Id];
                var author = authors[row.PlanId];
                return new BoardCommitment(author.WorkshopId, author.ParticipantId, author.Name, author.Department, author.Title, row, c.State);
            })],
            standing.GroupBy(c => c.State).ToImmutableDictionary(g => g.Key, g => g.Count()),
            shown.Count, page, pages);
    }

    public async Task<ImmutableArray<string>> OrganisationsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return [.. await db.Workshops.Where(w => w.RehearsalOf == null && db.ActionPlans.Any(p => p.WorkshopId == w.Id)).Select(w => w.Organisation).Distinct().Order().ToListAsync(cancellationToken)];
    }
}
