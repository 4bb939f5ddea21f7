using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Plans;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>What HR looks for, as it stands in the address. Null or empty is "any".</summary>
public sealed record PlanFilter(
    string? Text, string? Organisation, string? Department, Guid? Workshop, string? Opportunity, string? Rung, string? Due, string? State)
{
    /// <summary>Dates that have passed and about which nothing was told.</summary>
    public const string Overdue = "overdue";

    public const string Week = "week";
    public const string Month = "month";
    public const string Final = "final";
    public const string Draft = "draft";

    /// <summary>As an address of the list, with another page.</summary>
    public string ToQuery(int page) => QueryString.Create(
        Values.Append(KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture))).Where(v => v.Value is { Length: > 0 })).ToUriComponent();

    /// <summary>The names that the filter has in addresses and forms, and what they are set to.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Values =>
    [
        new("q", Text), new("organisation", Organisation), new("department", Department), new("workshop", Workshop?.ToString("N")),
        new("opportunity", Opportunity), new("rung", Rung), new("due", Due), new("state", State),
    ];
}

/// <summary>A plan in the list over all workshops.</summary>
/// <param name="First">What its first commitment says.</param>
/// <param name="Opportunities">What its commitments are about, each once.</param>
public sealed record PlanLine(
    Guid WorkshopId, Guid ParticipantId, string Name, string? Department, string Workshop, string Organisation, DateOnly Date,
    bool IsFinal, int Commitments, string First, IReadOnlyList<string> Opportunities, DateOnly? NextCheckIn);

/// <param name="Total">Plans that match, on all pages.</param>
public sealed record PlanMatches(ImmutableArray<PlanLine> Lines, int Total, int Page)
{
    public int Pages => Math.Max(1, (Total + PlanSearch.PageSize - 1) / PlanSearch.PageSize);
}

/// <summary>What can be chosen in the filter: only what some plan has.</summary>
public sealed record PlanChoices(
    ImmutableArray<string> Organisations, ImmutableArray<string> Departments, ImmutableArray<(Guid Id, string Title, DateOnly Date)> Workshops,
    ImmutableArray<(string Id, string Name)> Opportunities, ImmutableArray<(string Id, string Name)> Rungs);

/// <summary>Finds plans in all workshops that HR sees. Everything is asked of the database, a page at a time.</summary>
public sealed class PlanSearch(IDbContextFactory<LoyaltyDb> databases, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>Workshops that can be chosen from; with more, the organisation is chosen first.</summary>
    private const int MostWorkshops = 300;

    public async Task<PlanMatches> FindAsync(PlanFilter filter, int page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var found = Matching(db, filter, today);
        var total = await found.CountAsync(cancellationToken);
        page = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        var rows = await found
            .OrderByDescending(f => f.Workshop.Date).ThenBy(f => f.Workshop.Title).ThenBy(f => f.Person.Name).ThenBy(f => f.Plan.Id)
            .Skip((page - 1) * PageSize).Take(PageSize)
            .Select(f => new
            {
                f.Plan.WorkshopId,
                f.Plan.ParticipantId,
                f.Person.Name,
                f.Person.Department,
                f.Workshop.Title,
                f.Workshop.Organisation,
                f.Workshop.Date,
                f.Plan.IsFinal,
                Commitments = f.Plan.Commitments.OrderBy(c => c.Number).Select(c => new { c.What, c.OpportunityName }).ToList(),
                Next = f.Plan.Commitments.SelectMany(c => c.CheckIns).Where(c => c.DueOn >= today).Min(c => (DateOnly?)c.DueOn),
            })
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        return new PlanMatches(
            [.. rows.Select(r => new PlanLine(
                r.WorkshopId, r.ParticipantId, r.Name, r.Department, r.Title, r.Organisation, r.Date, r.IsFinal, r.Commitments.Count, r.Commitments[0].What,
                [.. r.Commitments.Select(c => c.OpportunityName).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)], r.Next))],
            total, page);
    }

    /// <summary>The plans of all pages, in the order of the list.</summary>
    public async Task<ImmutableArray<(Guid Workshop, Guid Participant)>> AllAsync(PlanFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await Matching(db, filter, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))
            .OrderByDescending(f => f.Workshop.Date).ThenBy(f => f.Workshop.Title).ThenBy(f => f.Person.Name).ThenBy(f => f.Plan.Id)
            .Select(f => new { f.Plan.WorkshopId, f.Plan.ParticipantId })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => (r.WorkshopId, r.ParticipantId))];
    }

    public async Task<PlanChoices> ChoicesAsync(string? organisation, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = Seen(db);
        var here = organisation is { Length: > 0 } ? all.Where(f => f.Workshop.Organisation == organisation) : all;
        var commitments = all.SelectMany(f => f.Plan.Commitments);
        var workshops = await here.Select(f => new { f.Workshop.Id, f.Workshop.Title, f.Workshop.Date }).Distinct()
            .OrderByDescending(w => w.Date).Take(MostWorkshops).ToListAsync(cancellationToken);
        var opportunities = await commitments.Where(c => c.Opportunity != "").Select(c => new { Id = c.Opportunity, Name = c.OpportunityName }).Distinct().ToListAsync(cancellationToken);
        var rungs = await commitments.Where(c => c.Rung != "").Select(c => new { Id = c.Rung, Name = c.RungName }).Distinct().ToListAsync(cancellationToken);
        return new PlanChoices(
            [.. await all.Select(f => f.Workshop.Organisation).Distinct().Order().ToListAsync(cancellationToken)],
            [.. await here.Where(f => f.Person.Department != null).Select(f => f.Person.Department!).Distinct().Order().ToListAsync(cancellationToken)],
            [.. workshops.Select(w => (w.Id, w.Title, w.Date))],
            Named(opportunities.Select(o => (o.Id, o.Name))),
            Named(rungs.Select(r => (r.Id, r.Name))));
    }

    // One id may have been worded differently from workshop to workshop.
    private static ImmutableArray<(string Id, string Name)> Named(IEnumerable<(string Id, string Name)> items) =>
        [.. items.GroupBy(i => i.Id, StringComparer.Ordinal).Select(g => (g.Key, g.First().Name.Length > 0 ? g.First().Name : g.Key)).OrderBy(i => i.Item2, StringComparer.CurrentCulture)];

    private static IQueryable<Found> Seen(LoyaltyDb db) =>
        from plan in db.ActionPlans
        join workshop in db.Workshops on plan.WorkshopId equals workshop.Id
        where workshop.RehearsalOf == null && plan.Commitments.Any()
        select new Found { Plan = plan, Workshop = workshop, Person = plan.Participant! };

    private static IQueryable<Found> Matching(LoyaltyDb db, PlanFilter filter, DateOnly today)
    {
        var found = Seen(db);
        if (filter.Organisation is { Length: > 0 } organisation)
            found = found.Where(f => f.Workshop.Organisation == organisation);
        if (filter.Department is { Length: > 0 } department)
            found = found.Where(f => f.Person.Department == department);
        if (filter.Workshop is { } workshop)
            found = found.Where(f => f.Workshop.Id == workshop);
        if (filter.State is PlanFilter.Final or PlanFilter.Draft)
            found = found.Where(f => f.Plan.IsFinal == (filter.State == PlanFilter.Final));
        if (filter.Text?.Trim() is { Length: > 0 } text)
        {
            var like = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            found = found.Where(f => EF.Functions.Like(f.Person.Name, like, "\\") || f.Plan.Commitments.Any(c => EF.Functions.Like(c.What, like, "\\")));
        }

        // What was told at a later check-in answers for the dates before it, and what is done is no longer due; as on the follow-up board.
        // One commitment must fit all three: "attitude, due this week" is not "attitude, and something else is due".
        var opportunity = NullIfEmpty(filter.Opportunity);
        var rung = NullIfEmpty(filter.Rung);
        var (from, to) = filter.Due switch
        {
            PlanFilter.Overdue => (DateOnly.MinValue, today.AddDays(-1)),
            PlanFilter.Week => (today, today.AddDays(7)),
            PlanFilter.Month => (today, today.AddDays(30)),
            _ => (DateOnly.MinValue, DateOnly.MaxValue),
        };
        var anyDate = to == DateOnly.MaxValue;
        return opportunity is null && rung is null && anyDate
            ? found
            : found.Where(f => f.Plan.Commitments.Any(c =>
                (opportunity == null || c.Opportunity == opportunity)
                && (rung == null || c.Rung == rung)
                && (anyDate
                    || (!c.CheckIns.Any(k => k.Reports.Any(r => !r.ByPartner && r.State == CheckInState.Done))
                        && ((c.By >= from && c.By <= to && !c.CheckIns.Any(told => told.DueOn >= c.By && told.Reports.Count > 0))
                            || c.CheckIns.Any(k => k.DueOn >= from && k.DueOn <= to && !c.CheckIns.Any(told => told.DueOn >= k.DueOn && told.Reports.Count > 0)))))));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private sealed class Found
    {
        public required ActionPlanRow Plan { get; init; }
        public required WorkshopRow Workshop { get; init; }
        public required ParticipantRow Person { get; init; }
    }
}
