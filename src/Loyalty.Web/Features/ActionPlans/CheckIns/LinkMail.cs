using System.Net.Mail;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.ActionPlans.CheckIns;

/// <summary>Sends somebody the private link to their plan, because HR says so. The address is not kept.</summary>
internal sealed class LinkMail(PlanShelf shelf, Mailer mailer, IStringLocalizer<ActionPlansText> text, ILogger<LinkMail> log)
{
    /// <summary>What the plan's page says afterwards.</summary>
    public const string Sent = "sent", NoAddress = "no-address", NotSent = "not-sent";

    /// <summary>Whether there is a mail server to send with.</summary>
    public bool IsPossible => mailer.PublicUrl is not null;

    /// <summary>Null if there is no such plan, or no mail.</summary>
    public async Task<string?> SendAsync(Guid workshop, Guid participant, string? to, CancellationToken cancellationToken)
    {
        if (mailer.PublicUrl is not { } origin || await shelf.PlanAsync(workshop, participant, origin, cancellationToken) is not { Sheet: var sheet })
            return null;
        if (to?.Trim() is not { Length: > 0 and <= CheckInDesk.MaxEmail } address || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address)
            return NoAddress;

        try
        {
            await mailer.SendAsync(address, text["Link.Mail.Subject"], text["Link.Mail.Body", sheet.Name, sheet.Workshop, sheet.EditLink, PlanLinks.Lifetime.Days], cancellationToken);
            return Sent;
        }
        catch (SmtpException e)
        {
            CheckInsLog.LinkNotSent(log, e, workshop);
            return NotSent;
        }
    }
}
