using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Microsoft.Data.Sqlite;

namespace Loyalty.Web.Storage;

/// <summary>The journal's own connection and its prepared statements. The tables are those of <see cref="LoyaltyDb"/>.</summary>
internal sealed class JournalConnection : IDisposable
{
    private readonly SqliteConnection connection;
    // A commit must not wait for the log to be moved into the database: that is done when nobody waits. Without a quiet moment it is
    // done all the same once the log has this many pages (64 MB).
    private const string Pragmas = "PRAGMA wal_autocheckpoint=16384; PRAGMA cache_size=-16384;";

    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly PreparedStatement insertResponse;
    private readonly PreparedStatement insertParticipant;

    private JournalConnection(SqliteConnection connection)
    {
        this.connection = connection;
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        insertResponse = new PreparedStatement(
            connection,
            """
            INSERT INTO Responses ("Key", WorkshopId, ActivityId, AuthorKind, AuthorId, SlotDepartment, Type, SchemaVersion, Json, At)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        insertParticipant = new PreparedStatement(
            connection, "INSERT INTO Participants (Id, WorkshopId, Name, Department, TokenHash, JoinedAt) VALUES (?, ?, ?, ?, ?, ?)");
    }

    public static JournalConnection Open(DataDirectory data, Action<SqliteConnection>? told)
    {
        // Not pooled: it lives as long as the journal, and after an error it must really be closed.
        var opened = new SqliteConnection(data.ConnectionString + ";Pooling=False");
        try
        {
            opened.Open();
            ConnectionPragmas.Apply(opened);
            using (var pragmas = opened.CreateCommand())
            {
                pragmas.CommandText = Pragmas;
                pragmas.ExecuteNonQuery();
            }

            told?.Invoke(opened);
            return new JournalConnection(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Writes all events in one transaction; durable on return.</summary>
    /// <exception cref="SqliteException">Nothing was written.</exception>
    public void Write(IEnumerable<(WorkshopId Workshop, IReadOnlyList<LiveEvent> Events)> batches)
    {
        begin.ExecuteNonQuery();
        try
        {
            foreach (var (workshop, events) in batches)
            {
                foreach (var e in events)
                    Write(workshop, e);
            }

            commit.ExecuteNonQuery();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    /// <summary>Moves what is in the log into the database, as far as no reader is in the way. The log is then written from its beginning again.</summary>
    public void Checkpoint() => Execute("PRAGMA wal_checkpoint(PASSIVE)");

    private void Write(WorkshopId workshop, LiveEvent e)
    {
        switch (e)
        {
            case LiveEvent.EntryAccepted { Entry: var entry }:
                insertResponse
                    .Bind(1, entry.Key.Value).Bind(2, workshop.Value).Bind(3, entry.Activity.Value).Bind(4, (long)entry.Author.Kind).Bind(5, entry.Author.Id)
                    .Bind(6, entry.SlotDepartment).Bind(7, entry.Type).Bind(8, entry.SchemaVersion).Bind(9, entry.Json).Bind(10, entry.At?.ToUnixTimeMilliseconds())
                    .Run();
                break;
            case LiveEvent.ParticipantJoined { Participant: var p } joined:
                insertParticipant
                    .Bind(1, p.Id.Value).Bind(2, workshop.Value).Bind(3, p.Name).Bind(4, p.Department).Bind(5, joined.TokenHash).Bind(6, p.JoinedAt.ToUnixTimeMilliseconds())
                    .Run();
                break;
            case LiveEvent.ParticipantChanged { Participant: var p }:
                Execute("UPDATE Participants SET Name = $name, Department = $department WHERE Id = $id", ("$name", p.Name), ("$department", p.Department), ("$id", p.Id.Value));
                break;
            case LiveEvent.StageChanged stage:
                Execute("UPDATE Workshops SET OnStage = $activity WHERE Id = $id", ("$activity", stage.OnStage?.Value), ("$id", workshop.Value));
                break;
            case LiveEvent.RunChanged { Run: var run }:
                WriteRun(workshop, run);
                break;
            case LiveEvent.StatusChanged status:
                WriteStatus(workshop, status);
                break;
            case LiveEvent.SlotDepartmentsForgotten forgotten:
                foreach (var department in forgotten.Departments)
                {
                    Execute("UPDATE Responses SET SlotDepartment = NULL WHERE WorkshopId = $workshop AND ActivityId = $activity AND SlotDepartment = $department",
                        ("$workshop", workshop.Value), ("$activity", forgotten.Activity.Value), ("$department", department));
                }

                break;
            case LiveEvent.AgendaReplaced replaced:
                Execute("UPDATE Workshops SET Agenda = $agenda WHERE Id = $id", ("$agenda", AgendaJson.Write(replaced.Agenda)), ("$id", workshop.Value));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "The journal does not know this event.");
        }
    }

    private void WriteRun(WorkshopId workshop, ActivityRun run) => Execute(
        """
        INSERT INTO ActivityRuns (WorkshopId, ActivityId, Phase, OnStageSince, Spent, CountdownEndsAt, CountdownRemaining, ShownWhileOpen)
        VALUES ($workshop, $activity, $phase, $since, $spent, $ends, $remaining, $shown)
        ON CONFLICT (WorkshopId, ActivityId) DO UPDATE SET
            Phase = excluded.Phase, OnStageSince = excluded.OnStageSince, Spent = excluded.Spent,
            CountdownEndsAt = excluded.CountdownEndsAt, CountdownRemaining = excluded.CountdownRemaining, ShownWhileOpen = excluded.ShownWhileOpen
        """,
        ("$workshop", workshop.Value), ("$activity", run.Id.Value), ("$phase", (int)run.Phase), ("$since", Milliseconds(run.OnStageSince)),
        ("$spent", (long)run.Spent.TotalMilliseconds), ("$ends", Milliseconds(run.Countdown?.EndsAt)),
        ("$remaining", (long?)run.Countdown?.Remaining.TotalMilliseconds), ("$shown", run.ShownWhileOpen));

    private void WriteStatus(WorkshopId workshop, LiveEvent.StatusChanged status) => Execute(
        """
        UPDATE Workshops SET
            Status = $status,
            StartedAt = CASE WHEN $status = $live THEN COALESCE(StartedAt, $at) ELSE StartedAt END,
            EndedAt = CASE WHEN $status = $ended THEN $at ELSE EndedAt END
        WHERE Id = $id
        """,
        ("$status", (int)status.Status), ("$live", (int)WorkshopStatus.Live), ("$ended", (int)WorkshopStatus.Ended), ("$at", Milliseconds(status.At)), ("$id", workshop.Value));

    private SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Prepare();
        return command;
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private void Rollback()
    {
        try
        {
            using var rollback = connection.CreateCommand();
            rollback.CommandText = "ROLLBACK";
            rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself (disk full, I/O error); the caller gets the error that led here.
        }
    }

    private static object? Milliseconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    public void Dispose()
    {
        begin.Dispose();
        commit.Dispose();
        insertResponse.Dispose();
        insertParticipant.Dispose();
        connection.Dispose();
    }
}
