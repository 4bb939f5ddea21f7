using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Web.Live.Simulation;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.Rehearsal;

/// <summary>What came of the wish to rehearse.</summary>
public abstract record RehearsalOutcome
{
    private RehearsalOutcome()
    {
    }

    public sealed record Started(WorkshopId Rehearsal) : RehearsalOutcome;

    /// <summary>No such draft, or somebody else's.</summary>
    public sealed record NotFound : RehearsalOutcome;

    /// <summary>It could not be stored, or its agenda cannot be run. Nothing is left behind.</summary>
    public sealed record NotStarted : RehearsalOutcome;
}

/// <summary>
/// Rehearsals: a copy of a draft with a code of its own, run for real with simulated participants. What is gathered in it never
/// counts, because everything that counts leaves out workshops with <see cref="WorkshopRow.RehearsalOf"/>.
/// </summary>
public sealed class Rehearsals(
    IDbContextFactory<LoyaltyDb> databases,
    WorkshopAccess access,
    WorkshopCodes codes,
    LiveDirectory live,
    ExerciseRulebook rulebook,
    Simulations simulations,
    TimeProvider time,
    ILogger<Rehearsals> log)
{
    /// <summary>The draft's title, or null if there is none that this user may rehearse.</summary>
    public async Task<string?> TitleOfAsync(ClaimsPrincipal user, WorkshopId draft, CancellationToken cancellationToken) =>
        await FindDraftAsync(user, draft, cancellationToken) is { } row ? row.Title : null;

    /// <param name="participants">1 to <see cref="SimulatedRoom.MaxParticipants"/>.</param>
    public async Task<RehearsalOutcome> StartAsync(ClaimsPrincipal user, WorkshopId draft, int participants, CancellationToken cancellationToken)
    {
        if (await FindDraftAsync(user, draft, cancellationToken) is not { } row)
            return new RehearsalOutcome.NotFound();
        if (!AgendaJson.Read(row.Agenda).All(CanRun))
            return new RehearsalOutcome.NotStarted();

        var id = WorkshopId.New();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Workshops.Add(new WorkshopRow
        {
            Id = id.Value,
            Code = await codes.NewAsync(cancellationToken),
            Title = row.Title,
            Organisation = row.Organisation,
            Date = DateOnly.FromDateTime(time.GetLocalNow().Date),
            Departments = row.Departments,
            Language = row.Language,
            Threshold = row.Threshold,
            PlannedParticipants = participants,
            OwnerId = row.OwnerId,
            Status = WorkshopStatus.Draft,
            Agenda = row.Agenda,
            CreatedAt = time.GetUtcNow(),
            RehearsalOf = row.Id,
            SlotMinutes = row.SlotMinutes,
            AsksToCompare = row.AsksToCompare,
            ProgrammeId = row.ProgrammeId,
            ProgrammeVersion = row.ProgrammeVersion,
        });
        await db.SaveChangesAsync(cancellationToken);

        if (await live.FindAsync(id, cancellationToken) is { } host && await host.SendAsync(new Command.Start(), cancellationToken) is Outcome.Done)
        {
            simulations.Start(host, participants);
            return new RehearsalOutcome.Started(id);
        }

        await live.UnloadAsync(id);
        await db.Workshops.Where(w => w.Id == id.Value).ExecuteDeleteAsync(cancellationToken);
        return new RehearsalOutcome.NotStarted();
    }

    /// <summary>Lets the simulated participants of rehearsals that were running come back after a restart.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var running = await db.Workshops
            .Where(w => w.RehearsalOf != null && (w.Status == WorkshopStatus.Live || w.Status == WorkshopStatus.Paused))
            .Select(w => new { w.Id, w.PlannedParticipants })
            .ToListAsync(cancellationToken);
        foreach (var rehearsal in running)
        {
            try
            {
                if (await live.FindAsync(new WorkshopId(rehearsal.Id), cancellationToken) is { } host)
                    simulations.Start(host, rehearsal.PlannedParticipants);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that can no longer be read, say because an exercise type was removed, must not keep the server from starting.
                RehearsalLog.NotResumed(log, e, rehearsal.Id);
            }
        }
    }

    private bool CanRun(Activity step) => rulebook.Knows(step.Type) && rulebook.Of(step).Check(step).IsEmpty;

    private async Task<WorkshopRow?> FindDraftAsync(ClaimsPrincipal user, WorkshopId draft, CancellationToken cancellationToken)
    {
        if (!await access.CanRunAsync(user, draft, cancellationToken))
            return null;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Workshops.AsNoTracking()
            .FirstOrDefaultAsync(w => w.Id == draft.Value && w.Status == WorkshopStatus.Draft && w.RehearsalOf == null, cancellationToken);
    }
}
