using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Loyalty.Engine;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>Whose plan a private link opens.</summary>
public sealed record PlanLink(WorkshopId Workshop, ParticipantId Participant);

/// <summary>
/// Private links to plans: signed and encrypted, valid for a year, and worthless once the plan's link version is raised.
/// Nothing is stored for a link, so a sheet can be printed again at any time.
/// </summary>
public sealed class PlanLinks(IDataProtectionProvider protection, IDbContextFactory<LoyaltyDb> databases, TimeProvider time)
{
    /// <summary>Long enough for the last check-in and the follow-up workshop after it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(366);

    private const int Length = 16 + 16 + 4;

    private const int PartnerLength = 16 + 4;

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Loyalty.PlanLink.v1").ToTimeLimitedDataProtector();

    // A purpose of its own: one kind of link can never be read as the other.
    private readonly ITimeLimitedDataProtector partners = protection.CreateProtector("Loyalty.PartnerLink.v1").ToTimeLimitedDataProtector();

    /// <summary>The last part of the link's address.</summary>
    public string TokenFor(WorkshopId workshop, ParticipantId participant, int version)
    {
        // Bytes, not text: the code on the sheet is scanned off a wall, and every character makes it finer.
        var plain = new byte[Length];
        workshop.Value.TryWriteBytes(plain);
        participant.Value.TryWriteBytes(plain.AsSpan(16));
        BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(32), version);
        return Base64Url.EncodeToString(protector.Protect(plain, time.GetUtcNow() + Lifetime));
    }

    /// <summary>The last part of the address at which an accountability partner finds one commitment.</summary>
    public string PartnerTokenFor(Guid commitment, int version)
    {
        var plain = new byte[PartnerLength];
        commitment.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(16), version);
        return Base64Url.EncodeToString(partners.Protect(plain, time.GetUtcNow() + Lifetime));
    }

    /// <summary>The commitment that a partner's link opens, or null if it is forged, expired, or another partner was named since.</summary>
    public async Task<Guid?> OpenPartnerAsync(string token, CancellationToken cancellationToken)
    {
        if (Read(partners, token) is not { Length: PartnerLength } plain)
            return null;
        var commitment = new Guid(plain.AsSpan(0, 16));
        var version = BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(16));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Commitments.AnyAsync(c => c.Id == commitment && c.PartnerLinkVersion == version && c.Partner != "", cancellationToken) ? commitment : null;
    }

    /// <summary>What a link opens, or null if it is forged, expired or revoked.</summary>
    public async Task<PlanLink?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (Read(protector, token) is not { Length: Length } plain)
            return null;
        var workshop = new WorkshopId(new Guid(plain.AsSpan(0, 16)));
        var participant = new Guid(plain.AsSpan(16, 16));
        var version = BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(32));

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var current = await VersionAsync(db, workshop.Value, participant, cancellationToken);
        return current == version ? new PlanLink(workshop, new ParticipantId(participant)) : null;
    }

    private byte[]? Read(ITimeLimitedDataProtector sealer, string token)
    {
        try
        {
            // Expiry is judged by the clock that is injected; the protector only knows the machine's.
            var plain = sealer.Unprotect(Base64Url.DecodeFromChars(token), out var expires);
            return expires < time.GetUtcNow() ? null : plain;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            // Forged, cut off by a mail program, expired, or of another server: all the same to whoever holds it.
            return null;
        }
    }

    /// <summary>A plan that is not drawn yet has the version that it will begin with.</summary>
    private static async Task<int> VersionAsync(LoyaltyDb db, Guid workshop, Guid participant, CancellationToken cancellationToken) =>
        await db.ActionPlans.Where(p => p.WorkshopId == workshop && p.ParticipantId == participant).Select(p => p.LinkVersion).FirstOrDefaultAsync(cancellationToken);
}
