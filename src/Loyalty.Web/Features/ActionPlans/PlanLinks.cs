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

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Loyalty.PlanLink.v1").ToTimeLimitedDataProtector();

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

    /// <summary>What a link opens, or null if it is forged, expired or revoked.</summary>
    public async Task<PlanLink?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        byte[] plain;
        try
        {
            plain = protector.Unprotect(Base64Url.DecodeFromChars(token));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            // Forged, cut off by a mail program, expired, or of another server: all the same to whoever holds it.
            return null;
        }

        if (plain.Length != Length)
            return null;
        var workshop = new WorkshopId(new Guid(plain.AsSpan(0, 16)));
        var participant = new Guid(plain.AsSpan(16, 16));
        var version = BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(32));

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var current = await VersionAsync(db, workshop.Value, participant, cancellationToken);
        return current == version ? new PlanLink(workshop, new ParticipantId(participant)) : null;
    }

    /// <summary>A plan that is not drawn yet has the version that it will begin with.</summary>
    private static async Task<int> VersionAsync(LoyaltyDb db, Guid workshop, Guid participant, CancellationToken cancellationToken) =>
        await db.ActionPlans.Where(p => p.WorkshopId == workshop && p.ParticipantId == participant).Select(p => p.LinkVersion).FirstOrDefaultAsync(cancellationToken);
}
