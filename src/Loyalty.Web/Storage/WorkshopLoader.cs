using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Loyalty.Web.Storage;

/// <summary>Reads a workshop back from its tables.</summary>
internal static class WorkshopLoader
{
    public static async Task<StoredWorkshop?> LoadAsync(DataDirectory data, WorkshopId id, CancellationToken cancellationToken)
    {
        await using var db = new LoyaltyDb(new DbContextOptionsBuilder<LoyaltyDb>().UseSqlite(data.ConnectionString).Options);

        // One snapshot over all tables: nothing may be written between reading the runs and reading their entries.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        return await LoadAsync(db, id, cancellationToken);
    }

    /// <summary>The same within the caller's transaction.</summary>
    public static async Task<StoredWorkshop?> LoadAsync(LoyaltyDb db, WorkshopId id, CancellationToken cancellationToken)
    {
        var row = await db.Workshops.AsNoTracking().FirstOrDefaultAsync(w => w.Id == id.Value, cancellationToken);
        if (row is null)
            return null;

        var runs = await db.ActivityRuns.AsNoTracking().Where(r => r.WorkshopId == id.Value).ToListAsync(cancellationToken);
        var participants = await db.Participants.AsNoTracking().Where(p => p.WorkshopId == id.Value).ToListAsync(cancellationToken);
        var entries = await EntriesAsync(db, id, cancellationToken);

        return new StoredWorkshop(
            id,
            InfoOf(row),
            row.Status,
            AgendaJson.Read(row.Agenda),
            row.OnStage is { } activity ? new ActivityId(activity) : null,
            [.. runs.Select(RunOf)],
            [.. participants.Select(p => (new Participant(new ParticipantId(p.Id), p.Name, p.Department, p.TokenHash is not null, p.JoinedAt) { IsErased = p.IsErased }, p.TokenHash))],
            entries,
            row.StartedAt);
    }

    public static WorkshopInfo InfoOf(WorkshopRow row) => new(
        row.Code, row.Title, row.Organisation, row.Date, AgendaJson.ReadDepartments(row.Departments), row.Language, row.Threshold, row.RehearsalOf is not null)
    {
        SlotMinutes = row.SlotMinutes,
        AsksToCompare = row.AsksToCompare,
    };

    private static StoredRun RunOf(ActivityRunRow row) => new(
        new ActivityId(row.ActivityId),
        row.Phase,
        row.OnStageSince,
        row.Spent,
        row.CountdownRemaining is { } remaining ? new Countdown(row.CountdownEndsAt, remaining) : null,
        row.ShownWhileOpen);

    /// <summary>By hand: a hall of five thousand that waits for a server to come up again has tens of thousands of them.</summary>
    private static async Task<List<Entry>> EntriesAsync(LoyaltyDb db, WorkshopId id, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText =
            "SELECT \"Key\", ActivityId, AuthorKind, AuthorId, SlotDepartment, Type, SchemaVersion, Json, At FROM Responses WHERE WorkshopId = $id ORDER BY Sequence";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("$id", id.Value);
        command.Parameters.Add(parameter);

        var entries = new List<Entry>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            entries.Add(new Entry(
                new EntryKey(row.GetGuid(0)),
                new ActivityId(row.GetString(1)),
                new AuthorKey((AuthorKind)row.GetInt32(2), row.GetGuid(3)),
                row.IsDBNull(4) ? null : row.GetString(4),
                row.GetString(5),
                row.GetInt32(6),
                row.GetString(7),
                row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8))));
        }

        return entries;
    }
}
