using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>Writes the measures of one activity.</summary>
internal static class MeasureTable
{
    // Rows per transaction. A hall's grades are 75,000 rows; written in one go they would keep the journal waiting.
    private const int Chunk = 1_000;

    private const string Insert =
        "INSERT INTO Measures (WorkshopId, ActivityId, ParticipantId, SlotId, Department, Name, Subject, Item, Value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    public static async Task WriteAsync(LoyaltyDb db, LiveWorkshop workshop, ActivityId id, CancellationToken cancellationToken)
    {
        // Open for the whole: the statement belongs to the connection. By hand, because the change tracker costs more than SQLite does.
        await db.Database.OpenConnectionAsync(cancellationToken);
        using var insert = new PreparedStatement((SqliteConnection)db.Database.GetDbConnection(), Insert);
        var first = true;
        foreach (var chunk in workshop.MeasuresOf(id).Chunk(Chunk).DefaultIfEmpty([]))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (first)
                await db.Measures.Where(m => m.WorkshopId == workshop.Id.Value && m.ActivityId == id.Value).ExecuteDeleteAsync(cancellationToken);
            first = false;
            foreach (var measure in chunk)
            {
                insert
                    .Bind(1, workshop.Id.Value).Bind(2, id.Value).Bind(3, PersonOf(workshop, measure)).Bind(4, SlotOf(workshop, measure))
                    .Bind(5, workshop.DepartmentOf(id, measure.Author)).Bind(6, measure.Name).BindAnyText(7, measure.Subject).BindAnyText(8, measure.Item).BindReal(9, measure.Value)
                    .Run();
            }

            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static Guid? PersonOf(LiveWorkshop workshop, Measure measure) =>
        measure.Author.Participant is { } author && workshop.Participants.GetValueOrDefault(author) is { IsErased: false } ? author.Value : null;

    private static Guid? SlotOf(LiveWorkshop workshop, Measure measure) =>
        workshop.Info.AsksToCompare && measure.Author is { Kind: AuthorKind.Slot } slot ? slot.Id : null;
}
