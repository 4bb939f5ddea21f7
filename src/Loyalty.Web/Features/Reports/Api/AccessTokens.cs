using System.Collections.Immutable;
using System.Security.Claims;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.Reports.Api;

/// <summary>Tokens with which programs read figures. Each acts for its owner, as long as the account may.</summary>
internal sealed class AccessTokens(IDbContextFactory<LoyaltyDb> databases, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>What a token begins with, so that a tool that looks for leaked secrets knows one when it sees it.</summary>
    public const string Prefix = "loyalty_";

    /// <summary>Days that somebody can choose from.</summary>
    public static ImmutableArray<int> Lifetimes { get; } = [30, 90, 365];

    /// <summary>How exactly the last use is kept: a program that asks often must not write often.</summary>
    private static readonly TimeSpan UseStep = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<AccessTokenRow>> ListAsync(Guid user, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.AccessTokens.AsNoTracking().Where(t => t.UserId == user).OrderByDescending(t => t.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a token and returns its secret, which nobody can ever read again.</summary>
    public async Task<string> CreateAsync(Guid user, string name, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var secret = Prefix + SecretToken.Create();
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.AccessTokens.Add(new AccessTokenRow { Id = Guid.CreateVersion7(), UserId = user, Name = name, Hash = SecretToken.Hash(secret), CreatedAt = now, ExpiresAt = now + lifetime });
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    /// <summary>Ends a token of this user; what is not theirs stays.</summary>
    public async Task RevokeAsync(Guid user, Guid token, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.AccessTokens.Where(t => t.Id == token && t.UserId == user).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Whom a secret speaks for now: with the roles that the account has today. Null if it is unknown, expired, or the account is disabled.</summary>
    public async Task<ClaimsPrincipal?> PrincipalOfAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = SecretToken.Hash(secret);
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var token = await db.AccessTokens.AsNoTracking().FirstOrDefaultAsync(t => t.Hash == hash, cancellationToken);
        if (token is null || token.ExpiresAt <= now)
            return null;

        await using var scope = scopes.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByIdAsync(token.UserId.ToString());
        if (user is null or { Disabled: true })
            return null;

        if (token.LastUsedAt is not { } last || now - last >= UseStep)
            await db.AccessTokens.Where(t => t.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), cancellationToken);
        return await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<AppUser>>().CreateAsync(user);
    }
}
