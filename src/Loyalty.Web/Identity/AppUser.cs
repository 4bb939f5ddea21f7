using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Identity;

/// <summary>Somebody with an account: an administrator, a facilitator or HR. Participants have none.</summary>
[Index(nameof(InvitationHash), IsUnique = true)]
public sealed class AppUser : IdentityUser<Guid>
{
    public const int DisplayNameLength = 80;

    [MaxLength(DisplayNameLength)]
    public string DisplayName { get; set; } = "";

    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? InvitedAt { get; set; }

    public DateTimeOffset? InvitationExpiresAt { get; set; }

    /// <summary>The hash of the link's secret; the link itself exists only where the administrator copied it to.</summary>
    [MaxLength(SecretToken.HashLength)]
    public string? InvitationHash { get; set; }
}
