using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.Reports.Trends;

/// <summary>How often a value was given in one cell: as much as comparisons need, and a thousandth of the rows.</summary>
internal sealed record ValueCount(Guid Workshop, string Activity, string Measure, string Subject, string Item, string? Department, double Value, int Count);

/// <summary>A value of somebody who agreed to be compared, and who was in more than one workshop.</summary>
/// <param name="Slot">The same in each of these workshops, in this activity only.</param>
internal sealed record LinkedValue(Guid Workshop, string Activity, string Measure, string Subject, string Item, string? Department, double Value, Guid Slot);

/// <summary>The workshops of an organisation with what was measured in them. Rehearsals, and what has not ended, are not among them.</summary>
internal sealed record TrendData(
    ImmutableArray<(TrendWorkshop Workshop, ImmutableArray<Activity> Agenda)> Workshops, ImmutableArray<ValueCount> Counts, ImmutableArray<LinkedValue> Linked);

/// <summary>Reads what trends are drawn from: the table of measures, and nothing else.</summary>
internal sealed class TrendReader(IDbContextFactory<LoyaltyDb> databases)
{
    // One value a person in each cell, so that values can be counted as people although anonymous ones have no name.
    private static readonly string[] Measures =
        [KnownMeasures.Nps, KnownMeasures.Evaluation, KnownMeasures.Grade, KnownMeasures.Priority, KnownMeasures.Messages, KnownMeasures.Touchpoints, KnownMeasures.Progress];

    // What says something of each person by itself: a share or a gap is the room's.
    private static readonly string[] Compared = [KnownMeasures.Nps, KnownMeasures.Evaluation, KnownMeasures.Grade, KnownMeasures.Touchpoints];

    /// <summary>Organisations with at least one workshop that has ended.</summary>
    public async Task<IReadOnlyList<string>> OrganisationsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Ended(db).Select(w => w.Organisation).Distinct().Order().ToListAsync(cancellationToken);
    }

    public async Task<TrendData> ReadAsync(string organisation, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await Ended(db).AsNoTracking().Where(w => w.Organisation == organisation).OrderBy(w => w.Date).ThenBy(w => w.Id).ToListAsync(cancellationToken);
        var ids = rows.Select(w => w.Id).ToList();
        var counts = await db.Measures
            .Where(m => ids.Contains(m.WorkshopId) && Measures.Contains(m.Name))
            .GroupBy(m => new { m.WorkshopId, m.ActivityId, m.Name, m.Subject, m.Item, m.Department, m.Value })
            .Select(g => new ValueCount(g.Key.WorkshopId, g.Key.ActivityId, g.Key.Name, g.Key.Subject, g.Key.Item, g.Key.Department, g.Key.Value, g.Count()))
            .ToListAsync(cancellationToken);
        var workshops = rows.Select(w => (new TrendWorkshop(w.Id, w.Title, w.Date, w.Threshold, w.AsksToCompare), AgendaJson.Read(w.Agenda)));
        return new TrendData([.. workshops], [.. counts], await LinkedAsync(db, [.. rows.Where(w => w.AsksToCompare).Select(w => w.Id)], cancellationToken));
    }

    private static async Task<ImmutableArray<LinkedValue>> LinkedAsync(LoyaltyDb db, List<Guid> workshops, CancellationToken cancellationToken)
    {
        if (workshops.Count < 2)
            return [];
        var given = db.Measures.Where(m => workshops.Contains(m.WorkshopId) && m.SlotId != null && Compared.Contains(m.Name));
        var again = given.GroupBy(m => m.SlotId).Where(g => g.Select(m => m.WorkshopId).Distinct().Count() > 1).Select(g => g.Key);
        return
        [
            .. await given.Where(m => again.Contains(m.SlotId))
                .Select(m => new LinkedValue(m.WorkshopId, m.ActivityId, m.Name, m.Subject, m.Item, m.Department, m.Value, m.SlotId!.Value))
                .ToListAsync(cancellationToken),
        ];
    }

    private static IQueryable<WorkshopRow> Ended(LoyaltyDb db) => db.Workshops.Where(w => w.RehearsalOf == null && w.Status == WorkshopStatus.Ended);
}
