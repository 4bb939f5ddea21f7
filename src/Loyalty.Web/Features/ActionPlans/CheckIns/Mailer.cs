using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using Loyalty.Web.Ui;

namespace Loyalty.Web.Features.ActionPlans.CheckIns;

/// <summary>Sends plain letters through the mail server of the settings <c>Loyalty:Smtp:*</c>. Without one there is no mail.</summary>
internal sealed class Mailer(IConfiguration configuration)
{
    private const string Section = "Loyalty:Smtp";

    private readonly string? host = configuration[$"{Section}:Host"] is { Length: > 0 } name ? name : null;

    /// <summary>The address that links in letters begin with; null if there is no mail.</summary>
    public Uri? PublicUrl { get; } = configuration[$"{Section}:Host"] is { Length: > 0 } ? new Uri(configuration[JoinAddress.PublicUrl]!) : null;

    /// <summary>Stops the start with a clear sentence if the settings do not go together.</summary>
    public static void CheckSettings(IConfiguration configuration)
    {
        if (configuration[$"{Section}:Host"] is not { Length: > 0 })
            return;
        if (!MailAddress.TryCreate(configuration[$"{Section}:From"], out _))
            throw new InvalidOperationException($"{Section}:Host is set, but {Section}:From is no address that letters can come from, such as loyalty@example.org.");
        if (configuration[JoinAddress.PublicUrl] is not { Length: > 0 })
            throw new InvalidOperationException($"{Section}:Host is set, but {JoinAddress.PublicUrl} is not: the links in letters would lead nowhere.");
        if (configuration[$"{Section}:Port"] is { Length: > 0 } port && !(int.TryParse(port, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65_536))
            throw new InvalidOperationException($"{Section}:Port is '{port}', which is not a port.");
    }

    /// <exception cref="SmtpException">The letter was not taken.</exception>
    public async Task SendAsync(string to, string subject, string body, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient(host, configuration.GetValue($"{Section}:Port", 587))
        {
            EnableSsl = configuration.GetValue($"{Section}:StartTls", true),
            Timeout = 30_000,
        };
        if (configuration[$"{Section}:User"] is { Length: > 0 } user)
            client.Credentials = new NetworkCredential(user, configuration[$"{Section}:Password"]);
        using var letter = new MailMessage(configuration[$"{Section}:From"]!, to)
        {
            // A name in the subject is what somebody typed: a line break in it would begin another header.
            Subject = subject.ReplaceLineEndings(" "),
            Body = body,
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        letter.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no holiday notes in return
        await client.SendMailAsync(letter, cancellationToken);
    }
}
