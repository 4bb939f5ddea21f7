using System.Collections.Immutable;

namespace Loyalty.Web.Identity;

public enum PersonState
{
    Active,
    Invited,
    InvitationExpired,
    InvitationRevoked,
    Disabled,
}

/// <summary>What the People page shows of somebody. <see cref="LinkExpiresAt"/> is set while an unused link is valid.</summary>
public sealed record Person(
    Guid Id,
    string DisplayName,
    string Email,
    ImmutableArray<string> Roles,
    PersonState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LinkExpiresAt);

public enum AccountChange
{
    Done,
    NotFound,
    Yourself,
    LastAdministrator,
}

public abstract record InvitationOutcome
{
    private InvitationOutcome()
    {
    }

    /// <summary>The token is handed out here and nowhere else; only its hash is kept.</summary>
    public sealed record Ready(Guid UserId, string Token, DateTimeOffset ExpiresAt) : InvitationOutcome;

    public sealed record EmailTaken : InvitationOutcome;

    public sealed record NotFound : InvitationOutcome;

    public sealed record Refused(ImmutableArray<string> Reasons) : InvitationOutcome;
}

public abstract record AccountOutcome
{
    private AccountOutcome()
    {
    }

    public sealed record Ready(AppUser User) : AccountOutcome;

    /// <summary>The link was used, revoked, has run out or never existed.</summary>
    public sealed record LinkNotValid : AccountOutcome;

    public sealed record Refused(ImmutableArray<string> Reasons) : AccountOutcome;
}
