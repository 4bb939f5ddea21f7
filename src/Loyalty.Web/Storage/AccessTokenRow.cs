using System.ComponentModel.DataAnnotations;
using Loyalty.Web.Identity;

namespace Loyalty.Web.Storage;

/// <summary>Lets a program read figures in the name of somebody with an account. The secret itself is nowhere: it is shown once, when it is made.</summary>
public sealed class AccessTokenRow
{
    public const int NameLength = 60;

    public Guid Id { get; set; }
    public Guid UserId { get; set; }

    /// <summary>What its owner calls it, such as the system that uses it.</summary>
    [MaxLength(NameLength)]
    public required string Name { get; set; }

    [MaxLength(SecretToken.HashLength)]
    public required string Hash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>To the hour; null if it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
