using System.Collections.Immutable;
using System.Globalization;
using System.Net.Mail;
using Loyalty.Engine;
using Loyalty.Web.Live;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.ActionPlans.CheckIns;

/// <summary>Somebody to be reminded of a check-in, and what to tell them.</summary>
/// <param name="Email">Null if they gave none.</param>
/// <param name="Unclear">It was being sent when the server died; nobody knows whether it went.</param>
public sealed record Reminder(Guid CheckIn, bool ToPartner, string Name, string? Email, string Workshop, DateOnly DueOn, string Subject, string Body, bool Unclear);

/// <summary>
/// Reminders of check-ins that are due: by mail where a server is configured and the person left an address, otherwise as a list for
/// HR to copy from. Each goes out once, whatever happens to the process in between.
/// </summary>
internal sealed class Reminders(
    IDbContextFactory<LoyaltyDb> databases, PlanLinks links, Mailer mailer, IStringLocalizer<CheckInsText> text, TimeProvider time, ILogger<Reminders> log)
{
    /// <summary>Later than this after its day, a check-in is on the board as overdue, and a mail about it would only puzzle.</summary>
    private const int DaysToSend = 14;

    /// <summary>Everybody who is to be reminded now and was not, those who have an address and those who have none.</summary>
    public async Task<ImmutableArray<Reminder>> DueAsync(Uri origin, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var oldest = today.AddDays(-DaysToSend);
        var rows = await (
            from checkIn in db.CheckIns
            join c in db.Commitments on checkIn.CommitmentId equals c.Id
            join plan in db.ActionPlans on c.PlanId equals plan.Id
            join w in db.Workshops on plan.WorkshopId equals w.Id
            where w.RehearsalOf == null && c.What != "" && checkIn.DueOn <= today && checkIn.DueOn >= oldest
            orderby checkIn.DueOn, plan.Participant!.Name
            select new
            {
                checkIn.Id,
                checkIn.DueOn,
                Commitment = c,
                plan.WorkshopId,
                plan.ParticipantId,
                plan.LinkVersion,
                plan.Email,
                Author = plan.Participant!.Name,
                w.Title,
                w.Language,
                Told = checkIn.Reports.Select(r => r.ByPartner).ToList(),
                Reminded = checkIn.Reminders.Select(r => new { r.ToPartner, r.State }).ToList(),
            }).AsSplitQuery().ToListAsync(cancellationToken);

        var due = ImmutableArray.CreateBuilder<Reminder>();
        foreach (var row in rows)
        {
            foreach (var toPartner in (bool[])[false, true])
            {
                var reminded = row.Reminded.Where(r => r.ToPartner == toPartner).Select(r => (ReminderState?)r.State).FirstOrDefault();
                if (row.Told.Contains(toPartner) || reminded is ReminderState.Sent or ReminderState.PassedOn || (toPartner && row.Commitment.PartnerAnswer != PartnerAnswer.Accepted))
                    continue;

                CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = PhoneCulture.Of(row.Language);
                var path = toPartner
                    ? $"/partner/{links.PartnerTokenFor(row.Commitment.Id, row.Commitment.PartnerLinkVersion)}"
                    : $"/plan/{links.TokenFor(new WorkshopId(row.WorkshopId), new ParticipantId(row.ParticipantId), row.LinkVersion)}/check-ins";
                var day = row.DueOn.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);
                var address = new Uri(origin, path).AbsoluteUri;
                due.Add(new Reminder(
                    row.Id, toPartner, toPartner ? row.Commitment.Partner : row.Author, toPartner ? row.Commitment.PartnerEmail : row.Email, row.Title, row.DueOn,
                    toPartner ? text["Mail.Partner.Subject", row.Author] : text["Mail.Subject"],
                    toPartner ? text["Mail.Partner.Body", row.Commitment.Partner, row.Author, row.Commitment.What, day, address] : text["Mail.Body", row.Author, row.Commitment.What, day, address],
                    reminded == ReminderState.Sending));
            }
        }

        return due.ToImmutable();
    }

    /// <summary>Sends what is due to those who left an address; how many went.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        if (mailer.PublicUrl is not { } origin)
            return 0;

        var sent = 0;
        foreach (var reminder in (await DueAsync(origin, cancellationToken)).Where(r => r is { Email: not null, Unclear: false }))
        {
            // Written down first. A crash between the two loses at most one mail, and never sends one twice.
            if (!await ClaimAsync(reminder, cancellationToken))
                continue;
            try
            {
                await mailer.SendAsync(reminder.Email!, reminder.Subject, reminder.Body, cancellationToken);
                await MarkAsync(reminder.CheckIn, reminder.ToPartner, ReminderState.Sent, CancellationToken.None);
                sent++;
            }
            catch (SmtpException e)
            {
                // The server said no, or was not there: it did not go, and is tried again on the next round.
                CheckInsLog.NotSent(log, e, reminder.CheckIn);
                await ReleaseAsync(reminder, CancellationToken.None);
            }
        }

        return sent;
    }

    /// <summary>HR has told them, so nothing is sent any more.</summary>
    public Task PassedOnAsync(Guid checkIn, bool toPartner, CancellationToken cancellationToken) => MarkAsync(checkIn, toPartner, ReminderState.PassedOn, cancellationToken);

    private async Task<bool> ClaimAsync(Reminder reminder, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO Reminders (CheckInId, ToPartner, State, At)
             SELECT Id, {reminder.ToPartner}, {(int)ReminderState.Sending}, {now} FROM CheckIns WHERE Id = {reminder.CheckIn}
             ON CONFLICT DO NOTHING
             """,
            cancellationToken) == 1;
    }

    private async Task MarkAsync(Guid checkIn, bool toPartner, ReminderState state, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO Reminders (CheckInId, ToPartner, State, At)
             SELECT Id, {toPartner}, {(int)state}, {now} FROM CheckIns WHERE Id = {checkIn}
             ON CONFLICT DO UPDATE SET State = excluded.State, At = excluded.At
             """,
            cancellationToken);
    }

    private async Task ReleaseAsync(Reminder reminder, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Reminders.Where(r => r.CheckInId == reminder.CheckIn && r.ToPartner == reminder.ToPartner && r.State == ReminderState.Sending).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Looks four times an hour whether somebody is to be reminded.</summary>
internal sealed class RemindersInTime(
    Reminders reminders, Mailer mailer, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<Reminders> log) : WorkAfterStart(lifetime)
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(15);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        if (mailer.PublicUrl is null)
            return;
        using var timer = new PeriodicTimer(Round, time);
        do
        {
            try
            {
                if (await reminders.SendDueAsync(stoppingToken) is > 0 and var sent)
                    CheckInsLog.Sent(log, sent);
            }
            catch (Exception e) when (e is DbUpdateException or Microsoft.Data.Sqlite.SqliteException)
            {
                CheckInsLog.RoundFailed(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
