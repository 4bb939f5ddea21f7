using Loyalty.Engine;
using Loyalty.Engine.Live;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>Writes the measures of one activity.</summary>
internal static class MeasureTable
{
    // Rows per transaction. A hall's grades are 75,000 rows; written in one go they would keep the journal waiting.
    private const int Chunk = 1_000;

    public static async Task WriteAsync(LoyaltyDb db, LiveWorkshop workshop, ActivityId id, CancellationToken cancellationToken)
    {
        var rows = workshop.MeasuresOf(id).Select(m => new MeasureRow
        {
            WorkshopId = workshop.Id.Value,
            ActivityId = id.Value,
            ParticipantId = m.Author.Participant is { } author && workshop.Participants.GetValueOrDefault(author) is { IsErased: false } ? author.Value : null,
            Department = workshop.DepartmentOf(id, m.Author),
            Name = m.Name,
            Subject = m.Subject,
            Item = m.Item,
            Value = m.Value,
        }).ToList();

        var first = true;
        foreach (var chunk in rows.Chunk(Chunk).DefaultIfEmpty([]))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (first)
                await db.Measures.Where(m => m.WorkshopId == workshop.Id.Value && m.ActivityId == id.Value).ExecuteDeleteAsync(cancellationToken);
            first = false;
            db.Measures.AddRange(chunk);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }
}
