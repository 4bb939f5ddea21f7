using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>Reads a workshop back from its tables.</summary>
internal static class WorkshopLoader
{
    public static async Task<StoredWorkshop?> LoadAsync(DataDirectory data, WorkshopId id, CancellationToken cancellationToken)
    {
        await using var db = new LoyaltyDb(new DbContextOptionsBuilder<LoyaltyDb>().UseSqlite(data.ConnectionString).Options);

        // One snapshot over all tables: nothing may be written between reading the runs and reading their entries.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var row = await db.Workshops.AsNoTracking().FirstOrDefaultAsync(w => w.Id == id.Value, cancellationToken);
        if (row is null)
            return null;

        var runs = await db.ActivityRuns.AsNoTracking().Where(r => r.WorkshopId == id.Value).ToListAsync(cancellationToken);
        var participants = await db.Participants.AsNoTracking().Where(p => p.WorkshopId == id.Value).ToListAsync(cancellationToken);
        var responses = await db.Responses.AsNoTracking().Where(r => r.WorkshopId == id.Value).OrderBy(r => r.Sequence).ToListAsync(cancellationToken);

        return new StoredWorkshop(
            id,
            InfoOf(row),
            row.Status,
            AgendaJson.Read(row.Agenda),
            row.OnStage is { } activity ? new ActivityId(activity) : null,
            [.. runs.Select(RunOf)],
            [.. participants.Select(p => (new Participant(new ParticipantId(p.Id), p.Name, p.Department, p.TokenHash is not null, p.JoinedAt), p.TokenHash))],
            responses.Select(EntryOf),
            row.StartedAt);
    }

    public static WorkshopInfo InfoOf(WorkshopRow row) => new(
        row.Code, row.Title, row.Organisation, row.Date, AgendaJson.ReadDepartments(row.Departments), row.Language, row.Threshold, row.RehearsalOf is not null)
    {
        SlotMinutes = row.SlotMinutes,
    };

    private static StoredRun RunOf(ActivityRunRow row) => new(
        new ActivityId(row.ActivityId),
        row.Phase,
        row.OnStageSince,
        row.Spent,
        row.CountdownRemaining is { } remaining ? new Countdown(row.CountdownEndsAt, remaining) : null,
        row.ShownWhileOpen);

    private static Entry EntryOf(ResponseRow row) => new(
        new EntryKey(row.Key), new ActivityId(row.ActivityId), new AuthorKey(row.AuthorKind, row.AuthorId), row.SlotDepartment,
        row.Type, row.SchemaVersion, row.Json, row.At);
}
