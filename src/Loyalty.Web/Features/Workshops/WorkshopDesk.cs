using System.Collections.Immutable;
using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.Workshops;

/// <summary>A workshop in a list.</summary>
/// <param name="Joined">How many have joined so far.</param>
/// <param name="Owner">The name of the facilitator whom it belongs to.</param>
/// <param name="RehearsalOf">The workshop that it rehearses, or null if it is a real one.</param>
public sealed record WorkshopLine(
    WorkshopId Id,
    string Title,
    string Organisation,
    DateOnly Date,
    string Code,
    WorkshopStatus Status,
    int Joined,
    int Planned,
    Guid OwnerId,
    string Owner,
    WorkshopId? RehearsalOf,
    DateTimeOffset CreatedAt);

/// <summary>A workshop with its plan, and what has been gathered in it.</summary>
public sealed record WorkshopDetails(
    WorkshopLine Line,
    ImmutableArray<string> Departments,
    string Language,
    int Threshold,
    bool AsksToCompare,
    ImmutableArray<Activity> Agenda,
    int Responses,
    int Plans,
    TimeSpan? Lasted,
    ProgrammeUse? Programme);

/// <summary>The programme that an agenda was taken from.</summary>
/// <param name="Title">As it was called then; null if it has been deleted since.</param>
public sealed record ProgrammeUse(Guid Id, int Version, string? Title);

public enum DeskOutcome
{
    Done,

    /// <summary>It does not exist, or is somebody else's: the two are not told apart.</summary>
    NotFound,

    /// <summary>It has been started, so it cannot be changed, deleted or started.</summary>
    NotDraft,

    /// <summary>A step of the agenda cannot be run by this server.</summary>
    AgendaCannotRun,

    /// <summary>It could not be stored just now.</summary>
    Busy,
}

/// <summary>What facilitators do with workshops outside the room: plan, change, delete, start. Everybody has their own; an administrator has all.</summary>
public sealed class WorkshopDesk(
    IDbContextFactory<LoyaltyDb> databases, LiveDirectory live, WorkshopCodes codes, AgendaChoices agendas, Organisations organisations, ExerciseRulebook rulebook, TimeProvider time)
{
    /// <summary>The latest first.</summary>
    public async Task<ImmutableArray<WorkshopLine>> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return [.. await Lines(db, Of(db, user).OrderByDescending(w => w.Date).ThenByDescending(w => w.CreatedAt)).ToListAsync(cancellationToken)];
    }

    /// <summary>Null if it does not exist or is somebody else's.</summary>
    public async Task<WorkshopDetails?> FindAsync(ClaimsPrincipal user, WorkshopId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var one = Of(db, user).Where(w => w.Id == id.Value);
        if (await Lines(db, one).FirstOrDefaultAsync(cancellationToken) is not { } line)
            return null;

        var row = await one.AsNoTracking().FirstAsync(cancellationToken);
        return new WorkshopDetails(
            line,
            AgendaJson.ReadDepartments(row.Departments),
            row.Language,
            row.Threshold,
            row.AsksToCompare,
            AgendaJson.Read(row.Agenda),
            await db.Responses.CountAsync(r => r.WorkshopId == row.Id, cancellationToken),
            await db.ActionPlans.CountAsync(p => p.WorkshopId == row.Id, cancellationToken),
            row.EndedAt - row.StartedAt,
            row is { ProgrammeId: { } programme, ProgrammeVersion: { } version }
                ? new ProgrammeUse(
                    programme,
                    version,
                    await db.ProgrammeVersions.Where(v => v.ProgrammeId == programme && v.Number == version).Select(v => v.Title).FirstOrDefaultAsync(cancellationToken))
                : null);
    }

    public async Task<WorkshopId> CreateAsync(Guid owner, WorkshopPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Agenda is not { } agenda)
            throw new ArgumentException("A new workshop needs an agenda.", nameof(plan));

        var id = WorkshopId.New();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Workshops.Add(new WorkshopRow
        {
            Id = id.Value,
            Code = await codes.NewAsync(cancellationToken),
            Title = plan.Title,
            Organisation = plan.Organisation,
            Date = plan.Date,
            Departments = AgendaJson.WriteDepartments(plan.Departments),
            Language = plan.Language,
            Threshold = plan.Threshold,
            AsksToCompare = plan.AsksToCompare,
            PlannedParticipants = plan.PlannedParticipants,
            OwnerId = owner,
            Status = WorkshopStatus.Draft,
            Agenda = AgendaJson.Write(await WithCheckInDaysAsync(agenda, plan.Organisation, cancellationToken)),
            CreatedAt = time.GetUtcNow(),
            SlotMinutes = plan.Origin?.SlotMinutes,
            ProgrammeId = plan.Origin?.Programme,
            ProgrammeVersion = plan.Origin?.Version,
        });
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }

    public async Task<DeskOutcome> ChangeAsync(ClaimsPrincipal user, WorkshopId id, WorkshopPlan plan, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var agenda = plan.Agenda is { } chosen ? AgendaJson.Write(await WithCheckInDaysAsync(chosen, plan.Organisation, cancellationToken)) : null;
        var departments = AgendaJson.WriteDepartments(plan.Departments);
        var (slot, programme, version) = (plan.Origin?.SlotMinutes, plan.Origin?.Programme, plan.Origin?.Version);

        // Asked and changed in one statement: it may be started at this very moment, by the console or by a second browser.
        var changed = await Of(db, user).Where(w => w.Id == id.Value && w.Status == WorkshopStatus.Draft).ExecuteUpdateAsync(
            set => set
                .SetProperty(w => w.Title, plan.Title)
                .SetProperty(w => w.Organisation, plan.Organisation)
                .SetProperty(w => w.Date, plan.Date)
                .SetProperty(w => w.Departments, departments)
                .SetProperty(w => w.Language, plan.Language)
                .SetProperty(w => w.Threshold, plan.Threshold)
                .SetProperty(w => w.AsksToCompare, plan.AsksToCompare)
                .SetProperty(w => w.PlannedParticipants, plan.PlannedParticipants)
                .SetProperty(w => w.Agenda, w => agenda ?? w.Agenda)
                .SetProperty(w => w.SlotMinutes, w => agenda == null ? w.SlotMinutes : slot)
                .SetProperty(w => w.ProgrammeId, w => agenda == null ? w.ProgrammeId : programme)
                .SetProperty(w => w.ProgrammeVersion, w => agenda == null ? w.ProgrammeVersion : version),
            cancellationToken);
        if (changed == 0)
            return await WhyNotAsync(db, user, id, cancellationToken);

        // Whoever has the draft open already holds it as it was; they load it again.
        await live.UnloadAsync(id);
        return DeskOutcome.Done;
    }

    /// <summary>Deletes a draft with its rehearsals, or a rehearsal, whatever its state. What a real room has answered is not deleted here.</summary>
    public async Task<DeskOutcome> DeleteAsync(ClaimsPrincipal user, WorkshopId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var deletable = Of(db, user).Where(w => w.Id == id.Value && (w.Status == WorkshopStatus.Draft || w.RehearsalOf != null));
        if (!await deletable.AnyAsync(cancellationToken))
            return await WhyNotAsync(db, user, id, cancellationToken);

        var all = await db.Workshops.Where(w => w.Id == id.Value || w.RehearsalOf == id.Value).Select(w => new { w.Id, w.Code }).ToListAsync(cancellationToken);

        // Stopped first, so that nothing more is written; and again afterwards, for a page that has loaded it in between.
        foreach (var one in all)
            await live.UnloadAsync(new WorkshopId(one.Id));
        var deleted = await deletable.ExecuteDeleteAsync(cancellationToken);
        foreach (var one in all)
        {
            await live.UnloadAsync(new WorkshopId(one.Id));
            if (deleted > 0)
                codes.Forget(one.Code);
        }

        return deleted > 0 ? DeskOutcome.Done : await WhyNotAsync(db, user, id, cancellationToken);
    }

    public async Task<DeskOutcome> StartAsync(ClaimsPrincipal user, WorkshopId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var agenda = await Of(db, user).Where(w => w.Id == id.Value).Select(w => w.Agenda).FirstOrDefaultAsync(cancellationToken);
        if (agenda is null)
            return DeskOutcome.NotFound;
        if (!agendas.ProblemsOf(AgendaJson.Read(agenda)).IsEmpty)
            return DeskOutcome.AgendaCannotRun;
        if (await live.FindAsync(id, cancellationToken) is not { } host)
            return DeskOutcome.NotFound;

        return await host.SendAsync(new Command.Start(), cancellationToken) switch
        {
            Outcome.Done => DeskOutcome.Done,
            Outcome.Unavailable => DeskOutcome.Busy,
            _ => DeskOutcome.NotDraft,
        };
    }

    /// <summary>Plans offer the check-ins that the organisation has decided on.</summary>
    private async Task<ImmutableArray<Activity>> WithCheckInDaysAsync(ImmutableArray<Activity> agenda, string organisation, CancellationToken cancellationToken)
    {
        var days = await organisations.CheckInDaysAsync(organisation, cancellationToken);
        return days.IsEmpty ? agenda : [.. agenda.Select(a => rulebook.Knows(a.Type) && rulebook.Of(a) is IPlanSource source ? source.WithCheckInDays(a, days) : a)];
    }

    private static async Task<DeskOutcome> WhyNotAsync(LoyaltyDb db, ClaimsPrincipal user, WorkshopId id, CancellationToken cancellationToken) =>
        await Of(db, user).AnyAsync(w => w.Id == id.Value, cancellationToken) ? DeskOutcome.NotDraft : DeskOutcome.NotFound;

    private static IQueryable<WorkshopRow> Of(LoyaltyDb db, ClaimsPrincipal user)
    {
        if (user.IsInRole(Roles.Administrator))
            return db.Workshops;
        var me = user.IsInRole(Roles.Facilitator) ? AppClaims.IdOf(user) : null;
        return db.Workshops.Where(w => me != null && w.OwnerId == me);
    }

    private static IQueryable<WorkshopLine> Lines(LoyaltyDb db, IQueryable<WorkshopRow> workshops) =>
        from w in workshops
        select new WorkshopLine(
            new WorkshopId(w.Id),
            w.Title,
            w.Organisation,
            w.Date,
            w.Code,
            w.Status,
            db.Participants.Count(p => p.WorkshopId == w.Id),
            w.PlannedParticipants,
            w.OwnerId,
            db.Users.Where(u => u.Id == w.OwnerId).Select(u => u.DisplayName).FirstOrDefault() ?? "",
            w.RehearsalOf == null ? null : new WorkshopId(w.RehearsalOf.Value),
            w.CreatedAt);
}
