using System.Text;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Microsoft.Data.Sqlite;
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
        using var row = new PreparedStatement(
            (SqliteConnection)db.Database.GetDbConnection(),
            "SELECT \"Key\", ActivityId, AuthorKind, AuthorId, SlotDepartment, Type, SchemaVersion, Json, At FROM Responses WHERE WorkshopId = ? ORDER BY ActivityId, Sequence");
        row.Bind(1, id.Value); // in the order of the index, so that nothing need be sorted

        var entries = new List<Entry>();
        var (activity, department, type) = (new RepeatedText(), new RepeatedText(), new RepeatedText());
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            entries.Add(new Entry(
                new EntryKey(row.Id(0)),
                new ActivityId(activity.Of(row.Utf8(1))),
                new AuthorKey((AuthorKind)row.Number(2), row.Id(3)),
                row.IsNull(4) ? null : department.Of(row.Utf8(4)),
                type.Of(row.Utf8(5)),
                (int)row.Number(6),
                row.Text(7),
                row.IsNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Number(8))));
        }

        return entries;
    }

    /// <summary>Text that is mostly the same as in the row before: one string for all of them.</summary>
    private sealed class RepeatedText
    {
        private byte[] utf8 = [];
        private string text = "";

        public string Of(ReadOnlySpan<byte> next)
        {
            if (!next.SequenceEqual(utf8))
                (utf8, text) = (next.ToArray(), Encoding.UTF8.GetString(next));
            return text;
        }
    }
}
