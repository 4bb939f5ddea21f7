using System.Collections.Immutable;
using System.Net.Mail;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Plans;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.ActionPlans.CheckIns;

/// <summary>A commitment with whose it is and where it was made.</summary>
public sealed record OpenCommitment(CommitmentRow Row, ActionPlanRow Plan, string Author, string Workshop, string Organisation, string Language);

/// <summary>What an author finds behind the private link besides the plan: the commitments to tell about, and those of others that name this person as partner.</summary>
public sealed record AuthorView(string Name, string Workshop, string Organisation, string Language, string? Email, ImmutableArray<CommitmentRow> Commitments, ImmutableArray<OpenCommitment> Asked);

/// <summary>What somebody tells on a check-in, untrusted.</summary>
internal sealed record Told(Guid CheckIn, string? State, string? Happened, string? Next);

/// <summary>Reads and writes what is told about commitments. Whoever calls has opened a private link, and nothing but what it opens can be reached.</summary>
internal sealed class CheckInDesk(IDbContextFactory<LoyaltyDb> databases, TimeProvider time)
{
    /// <summary>The longest address that mail knows (RFC 5321, 4.5.3.1.3, without its brackets).</summary>
    public const int MaxEmail = 254;

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public async Task<AuthorView?> AuthorAsync(PlanLink link, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var workshop = await db.Workshops.AsNoTracking().FirstOrDefaultAsync(w => w.Id == link.Workshop.Value, cancellationToken);
        var person = await db.Participants.AsNoTracking().FirstOrDefaultAsync(p => p.Id == link.Participant.Value && !p.IsErased, cancellationToken);
        if (workshop is null || person is null)
            return null;

        var plan = await Plans(db).FirstOrDefaultAsync(p => p.WorkshopId == workshop.Id && p.ParticipantId == person.Id, cancellationToken);
        var asking = await Plans(db).Where(p => p.Commitments.Any(c => c.PartnerId == person.Id)).ToListAsync(cancellationToken);
        return new AuthorView(
            person.Name, workshop.Title, workshop.Organisation, workshop.Language, plan?.Email,
            [.. (plan?.Commitments ?? []).Where(c => c.What.Length > 0).OrderBy(c => c.Number)],
            [.. asking.SelectMany(p => p.Commitments.Where(c => c.PartnerId == person.Id && c.PartnerAnswer != PartnerAnswer.Declined && c.What.Length > 0)
                .Select(c => new OpenCommitment(c, p, p.Participant!.Name, workshop.Title, workshop.Organisation, workshop.Language)))]);
    }

    /// <summary>One commitment, as its partner sees it.</summary>
    public async Task<OpenCommitment?> CommitmentAsync(Guid commitment, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Plans(db).FirstOrDefaultAsync(p => p.Commitments.Any(c => c.Id == commitment), cancellationToken) is not { } plan)
            return null;
        var workshop = await db.Workshops.AsNoTracking().FirstAsync(w => w.Id == plan.WorkshopId, cancellationToken);
        return new OpenCommitment(plan.Commitments.First(c => c.Id == commitment), plan, plan.Participant!.Name, workshop.Title, workshop.Organisation, workshop.Language);
    }

    /// <summary>Keeps what was told. False if it is not one of these check-ins, or says nothing that is understood.</summary>
    public async Task<bool> TellAsync(IEnumerable<CommitmentRow> open, bool byPartner, Told told, CancellationToken cancellationToken)
    {
        CheckInState? state = told.State switch { "done" => CheckInState.Done, "in-progress" => CheckInState.InProgress, "stuck" => CheckInState.Stuck, _ => null };
        var happened = Fields.Clean(told.Happened);
        var next = Fields.Clean(told.Next);
        if (state is null || happened.Length > Commitment.MaxDetail || next.Length > Commitment.MaxDetail || !open.SelectMany(c => c.CheckIns).Any(c => c.Id == told.CheckIn))
            return false;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // The author may take the check-in out of the plan at this very moment: looked at and written in one transaction.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.CheckIns.AnyAsync(c => c.Id == told.CheckIn, cancellationToken))
            return false;
        var report = await db.CheckInReports.FindAsync([told.CheckIn, byPartner], cancellationToken);
        if (report is null)
            db.CheckInReports.Add(report = new CheckInReportRow { CheckInId = told.CheckIn, ByPartner = byPartner });
        (report.State, report.Happened, report.Next, report.At) = (state.Value, happened, next, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>What the partner says to being asked. Saying no also forgets where to remind them.</summary>
    public async Task AnswerAsync(CommitmentRow commitment, bool accepted, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        // Only while it is still the same partner who was asked.
        var asked = db.Commitments.Where(c => c.Id == commitment.Id && c.PartnerLinkVersion == commitment.PartnerLinkVersion);
        await asked.ExecuteUpdateAsync(
            set => set
                .SetProperty(c => c.PartnerAnswer, accepted ? PartnerAnswer.Accepted : PartnerAnswer.Declined)
                .SetProperty(c => c.PartnerAnsweredAt, now)
                .SetProperty(c => c.PartnerEmail, c => accepted ? c.PartnerEmail : null),
            cancellationToken);
    }

    /// <summary>Where to remind an author or a partner; empty forgets it. False if it is no address.</summary>
    public async Task<bool> RemindAtAsync(PlanLink? author, CommitmentRow? partnerOf, string? email, CancellationToken cancellationToken)
    {
        var address = email?.Trim() is { Length: > 0 } given ? given : null;
        if (address is not null && (address.Length > MaxEmail || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address))
            return false;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (author is not null)
        {
            await db.ActionPlans.Where(p => p.WorkshopId == author.Workshop.Value && p.ParticipantId == author.Participant.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Email, address), cancellationToken);
        }

        if (partnerOf is not null)
        {
            await db.Commitments.Where(c => c.Id == partnerOf.Id && c.PartnerLinkVersion == partnerOf.PartnerLinkVersion)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.PartnerEmail, address), cancellationToken);
        }

        return true;
    }

    private static IQueryable<ActionPlanRow> Plans(LoyaltyDb db) => db.ActionPlans.AsNoTracking().AsSplitQuery()
        .Include(p => p.Participant)
        .Include(p => p.Commitments).ThenInclude(c => c.CheckIns).ThenInclude(c => c.Reports);
}
