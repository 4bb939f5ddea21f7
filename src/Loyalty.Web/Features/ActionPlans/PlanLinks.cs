using System.Globalization;
using Loyalty.Engine;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using System.Security.Cryptography;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>Whose plan a private link opens.</summary>
public sealed record PlanLink(WorkshopId Workshop, ParticipantId Participant);

/// <summary>
/// Private links to plans: signed and encrypted, valid for a year, and worthless once the plan's link version is raised.
/// Nothing is stored for a link, so a sheet can be printed again at any time.
/// </summary>
public sealed class PlanLinks(IDataProtectionProvider protection, IDbContextFactory<LoyaltyDb> databases)
{
    /// <summary>Long enough for the last check-in and the follow-up workshop after it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(366);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Loyalty.PlanLink.v1").ToTimeLimitedDataProtector();

    /// <summary>The last part of the link's address.</summary>
    public string TokenFor(WorkshopId workshop, ParticipantId participant, int version) =>
        protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{workshop}{participant}{version}"), Lifetime);

    /// <summary>What a link opens, or null if it is forged, expired or revoked.</summary>
    public async Task<PlanLink?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = protector.Unprotect(token);
        }
        catch (CryptographicException)
        {
            // Forged, cut off by a mail program, expired, or of another server: all the same to whoever holds it.
            return null;
        }

        if (text.Length < 65
            || !WorkshopId.TryParse(text[..32], out var workshop)
            || !Guid.TryParse(text[32..64], out var participant)
            || !int.TryParse(text[64..], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var current = await VersionAsync(db, workshop.Value, participant, cancellationToken);
        return current == version ? new PlanLink(workshop, new ParticipantId(participant)) : null;
    }

    /// <summary>A plan that is not drawn yet has the version that it will begin with.</summary>
    private static async Task<int> VersionAsync(LoyaltyDb db, Guid workshop, Guid participant, CancellationToken cancellationToken) =>
        await db.ActionPlans.Where(p => p.WorkshopId == workshop && p.ParticipantId == participant).Select(p => p.LinkVersion).FirstOrDefaultAsync(cancellationToken);
}
