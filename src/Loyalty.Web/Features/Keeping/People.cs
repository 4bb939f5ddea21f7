using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.Keeping;

/// <summary>Somebody in one workshop. The same person in two workshops is two of these: participants have no account that would join them.</summary>
public sealed record KeptPerson(Guid Workshop, Guid Id, string Name, string? Department, string Title, string Organisation, DateOnly Date);

/// <summary>One thing that somebody gave.</summary>
public sealed record KeptAnswer(string Activity, string Part, string Item, string Value);

/// <summary>An entry as it is stored, in the order in which it came.</summary>
public sealed record KeptEntry(DateTimeOffset? At, string Activity, string Type, JsonElement Content);

/// <summary>A commitment of somebody's plan, with what was told about it.</summary>
public sealed record KeptCommitment(
    int Number, string Opportunity, string Rung, string What, string Situation, string FirstStep, DateOnly? By, string Evidence, string Help,
    string Expectation, string Feedback, string Consequence, string Partner, string PartnerAnswer, ImmutableArray<KeptCheckIn> CheckIns);

public sealed record KeptCheckIn(DateOnly DueOn, ImmutableArray<KeptReport> Reports, ImmutableArray<KeptReminder> Reminders);

public sealed record KeptReport(bool ByPartner, string State, string Happened, string Next, DateTimeOffset At);

public sealed record KeptReminder(bool ToPartner, string State, DateTimeOffset At);

/// <summary>That somebody was named as a partner, and what they told as one.</summary>
public sealed record KeptPartnership(string Author, string What, string Answer, string? Email, ImmutableArray<KeptCheckIn> CheckIns);

/// <summary>Everything that is kept about one person of one workshop.</summary>
public sealed record PersonFile(
    KeptPerson Person, DateTimeOffset JoinedAt, string? ReminderEmail, ImmutableArray<KeptAnswer> Answers, ImmutableArray<KeptCommitment> Plan,
    ImmutableArray<KeptPartnership> PartnerOf, ImmutableArray<KeptEntry> Entries, int Measures);

/// <summary>Finds people, and gathers what is kept about one of them.</summary>
public sealed class People(IDbContextFactory<LoyaltyDb> databases, LiveDirectory directory)
{
    public const int Most = 100;

    /// <summary>People whose name, or address for reminders, contains the text; the latest first, at most <see cref="Most"/>.</summary>
    public async Task<ImmutableArray<KeptPerson>> FindAsync(string text, CancellationToken cancellationToken)
    {
        var wanted = text.Trim();
        if (wanted.Length == 0)
            return [];
        var like = $"%{wanted.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return [.. await Seen(db)
            .Where(p => EF.Functions.Like(p.Person.Name, like, "\\")
                || db.ActionPlans.Any(a => a.ParticipantId == p.Person.Id && a.Email != null && EF.Functions.Like(a.Email, like, "\\"))
                || db.Commitments.Any(c => c.PartnerId == p.Person.Id && c.PartnerEmail != null && EF.Functions.Like(c.PartnerEmail, like, "\\")))
            .OrderByDescending(p => p.Workshop.Date).ThenBy(p => p.Person.Name)
            .Take(Most)
            .Select(p => new KeptPerson(p.Workshop.Id, p.Person.Id, p.Person.Name, p.Person.Department, p.Workshop.Title, p.Workshop.Organisation, p.Workshop.Date))
            .ToListAsync(cancellationToken)];
    }

    /// <summary>Everything about one person; null if there is no such person, or not any more.</summary>
    public async Task<PersonFile?> FileAsync(Guid workshop, Guid participant, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Seen(db).AsNoTracking().FirstOrDefaultAsync(p => p.Workshop.Id == workshop && p.Person.Id == participant, cancellationToken) is not { } found
            || await directory.FindAsync(new WorkshopId(workshop), cancellationToken) is not { Current: var live })
        {
            return null;
        }

        var plans = await db.ActionPlans.AsNoTracking().AsSplitQuery().Include(p => p.Participant)
            .Include(p => p.Commitments).ThenInclude(c => c.CheckIns).ThenInclude(c => c.Reports)
            .Include(p => p.Commitments).ThenInclude(c => c.CheckIns).ThenInclude(c => c.Reminders)
            .Where(p => p.WorkshopId == workshop && (p.ParticipantId == participant || p.Commitments.Any(c => c.PartnerId == participant)))
            .ToListAsync(cancellationToken);
        var own = plans.FirstOrDefault(p => p.ParticipantId == participant);
        var author = AuthorKey.Of(new ParticipantId(participant));
        var entries = await db.Responses.AsNoTracking()
            .Where(r => r.WorkshopId == workshop && r.AuthorKind == AuthorKind.Participant && r.AuthorId == participant).OrderBy(r => r.Sequence).ToListAsync(cancellationToken);
        return new PersonFile(
            new KeptPerson(workshop, participant, found.Person.Name, found.Person.Department, found.Workshop.Title, found.Workshop.Organisation, found.Workshop.Date),
            found.Person.JoinedAt,
            own?.Email,
            [.. from activity in live.Agenda
                where live.Runs.ContainsKey(activity.Id)
                from row in live.Rulebook.Of(activity).Export(live.ContextOf(activity), live.StateOf(activity))
                where row.Author == author
                select new KeptAnswer(activity.Title, row.Part, row.Item, row.Value)],
            [.. (own?.Commitments ?? []).OrderBy(c => c.Number).Select(c => new KeptCommitment(
                c.Number, c.OpportunityName, c.RungName, c.What, c.Situation, c.FirstStep, c.By, c.Evidence, c.Help, c.Expectation, c.Feedback, c.Consequence,
                c.Partner, c.Partner.Length == 0 ? "" : c.PartnerAnswer.ToString(), CheckInsOf(c, byPartnerOnly: false)))],
            [.. plans.Where(p => p.ParticipantId != participant).SelectMany(p => p.Commitments.Where(c => c.PartnerId == participant)
                .Select(c => new KeptPartnership(p.Participant!.Name, c.What, c.PartnerAnswer.ToString(), c.PartnerEmail, CheckInsOf(c, byPartnerOnly: true))))],
            [.. entries.Select(e => new KeptEntry(e.At, live.Find(new ActivityId(e.ActivityId))?.Title ?? e.ActivityId, e.Type, JsonDocument.Parse(e.Json).RootElement))],
            await db.Measures.CountAsync(m => m.ParticipantId == participant, cancellationToken));
    }

    private static ImmutableArray<KeptCheckIn> CheckInsOf(CommitmentRow commitment, bool byPartnerOnly) =>
    [
        .. commitment.CheckIns.OrderBy(c => c.DueOn).Select(c => new KeptCheckIn(
            c.DueOn,
            [.. c.Reports.Where(r => r.ByPartner || !byPartnerOnly).Select(r => new KeptReport(r.ByPartner, r.State.ToString(), r.Happened, r.Next, r.At))],
            [.. c.Reminders.Where(r => r.ToPartner == byPartnerOnly).Select(r => new KeptReminder(r.ToPartner, r.State.ToString(), r.At))])),
    ];

    // People of rehearsals are simulated.
    private static IQueryable<Found> Seen(LoyaltyDb db) =>
        from person in db.Participants
        join workshop in db.Workshops on person.WorkshopId equals workshop.Id
        where workshop.RehearsalOf == null && !person.IsErased
        select new Found { Person = person, Workshop = workshop };

    private sealed class Found
    {
        public required ParticipantRow Person { get; init; }
        public required WorkshopRow Workshop { get; init; }
    }
}
