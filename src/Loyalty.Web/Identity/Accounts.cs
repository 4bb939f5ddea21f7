using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Identity;

/// <summary>
/// Everything that is done to accounts. Each call works in a scope of its own, because the callers are circuits that
/// live for hours. Changes run one at a time: two administrators who demote each other in the same moment would
/// otherwise both find the other one still there, and leave nobody.
/// </summary>
public sealed class Accounts(IServiceScopeFactory scopes, TimeProvider time, ILogger<Accounts> log) : IDisposable
{
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(7);

    private readonly SemaphoreSlim _changes = new(1, 1);

    public void Dispose() => _changes.Dispose();

    public async Task<bool> AnyAdministratorAsync()
    {
        await using var work = new Work(scopes);
        return (await work.Users.GetUsersInRoleAsync(Roles.Administrator)).Count > 0;
    }

    public async Task<ImmutableArray<Person>> ListAsync(CancellationToken cancellationToken)
    {
        await using var work = new Work(scopes);
        var users = await work.Users.Users.AsNoTracking().ToListAsync(cancellationToken);
        var roles = new Dictionary<string, HashSet<Guid>>();
        foreach (var role in Roles.All)
            roles[role] = (await work.Users.GetUsersInRoleAsync(role)).Select(user => user.Id).ToHashSet();

        var now = time.GetUtcNow();
        return
        [
            .. users
                .Select(user => new Person(
                    user.Id, user.DisplayName, user.Email!,
                    [.. Roles.All.Where(role => roles[role].Contains(user.Id))],
                    StateOf(user, now), user.CreatedAt,
                    HasValidLink(user, now) ? user.InvitationExpiresAt : null))
                .OrderBy(person => person.DisplayName.Length > 0 ? person.DisplayName : person.Email, StringComparer.CurrentCultureIgnoreCase),
        ];
    }

    /// <summary>Creates somebody with a password at once: the first administrator, or an account of the demonstration.</summary>
    public async Task<AccountOutcome> CreateAsync(
        string displayName, string email, string password, IEnumerable<string> roles, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        await using var work = new Work(scopes);
        var user = NewUser(email);
        user.DisplayName = displayName.Trim();
        var created = await work.Users.CreateAsync(user, password);
        if (!created.Succeeded)
            return new AccountOutcome.Refused(Reasons(created));

        await work.SetRolesAsync(user, roles);
        return new AccountOutcome.Ready(user);
    }

    public async Task<InvitationOutcome> InviteAsync(
        string email, IEnumerable<string> roles, Guid actor, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        await using var work = new Work(scopes);
        if (await work.Users.FindByEmailAsync(email.Trim()) is not null)
            return new InvitationOutcome.EmailTaken();

        var user = NewUser(email);
        var token = NewLink(user);
        var created = await work.Users.CreateAsync(user);
        if (!created.Succeeded)
            return new InvitationOutcome.Refused(Reasons(created));

        await work.SetRolesAsync(user, roles);
        IdentityLog.Invited(log, actor, user.Id);
        return new InvitationOutcome.Ready(user.Id, token, user.InvitationExpiresAt!.Value);
    }

    /// <summary>
    /// A new link for somebody already on the list; an older link ends with it. For somebody who has joined, it is how
    /// a forgotten password is replaced: theirs goes on working until the link is used.
    /// </summary>
    public async Task<InvitationOutcome> RenewLinkAsync(Guid userId, Guid actor, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        await using var work = new Work(scopes);
        if (await work.FindAsync(userId) is not { Disabled: false } user)
            return new InvitationOutcome.NotFound();

        var token = NewLink(user);
        Require(await work.Users.UpdateAsync(user));
        IdentityLog.Invited(log, actor, user.Id);
        return new InvitationOutcome.Ready(user.Id, token, user.InvitationExpiresAt!.Value);
    }

    public async Task<AccountChange> RevokeLinkAsync(Guid userId, Guid actor, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        await using var work = new Work(scopes);
        if (await work.FindAsync(userId) is not { } user)
            return AccountChange.NotFound;

        EndLink(user);
        Require(await work.Users.UpdateAsync(user));
        IdentityLog.InvitationRevoked(log, actor, userId);
        return AccountChange.Done;
    }

    /// <summary>Whom a link is for, or null when it is not valid (any more).</summary>
    public async Task<AppUser?> FindInvitedAsync(string token, CancellationToken cancellationToken)
    {
        await using var work = new Work(scopes);
        return await FindInvitedAsync(work, token, cancellationToken);
    }

    public async Task<AccountOutcome> AcceptAsync(
        string token, string displayName, string password, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        await using var work = new Work(scopes);
        if (await FindInvitedAsync(work, token, cancellationToken) is not { } user)
            return new AccountOutcome.LinkNotValid();

        foreach (var validator in work.Users.PasswordValidators)
        {
            var valid = await validator.ValidateAsync(work.Users, user, password);
            if (!valid.Succeeded)
                return new AccountOutcome.Refused(Reasons(valid));
        }

        // One update for all of it: the link is spent in the same moment in which the password takes hold.
        user.DisplayName = displayName.Trim();
        user.PasswordHash = work.Users.PasswordHasher.HashPassword(user, password);
        user.EmailConfirmed = true;
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        EndLink(user);
        EndSessions(user);
        Require(await work.Users.UpdateAsync(user));
        IdentityLog.InvitationAccepted(log, user.Id);
        return new AccountOutcome.Ready(user);
    }

    public async Task<AccountChange> SetRolesAsync(
        Guid userId, IReadOnlyCollection<string> roles, Guid actor, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        await using var work = new Work(scopes);
        if (await work.FindAsync(userId) is not { } user)
            return AccountChange.NotFound;

        var before = await work.Users.GetRolesAsync(user);
        if (before.Contains(Roles.Administrator) && !roles.Contains(Roles.Administrator))
        {
            if (userId == actor)
                return AccountChange.Yourself;
            if (await work.IsLastAdministratorAsync(user))
                return AccountChange.LastAdministrator;
        }

        await work.SetRolesAsync(user, roles);
        if (before.Except(roles).Any())
        {
            // A role that was taken away ends now, not at the next sign-in; one that was added arrives by itself.
            EndSessions(user);
            Require(await work.Users.UpdateAsync(user));
        }

        IdentityLog.RolesChanged(log, actor, userId, string.Join(", ", roles));
        return AccountChange.Done;
    }

    public async Task<AccountChange> SetDisabledAsync(
        Guid userId, bool disabled, Guid actor, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        await using var work = new Work(scopes);
        if (await work.FindAsync(userId) is not { } user)
            return AccountChange.NotFound;

        if (disabled)
        {
            if (userId == actor)
                return AccountChange.Yourself;
            if (await work.IsLastAdministratorAsync(user))
                return AccountChange.LastAdministrator;
            EndLink(user);
        }

        user.Disabled = disabled;
        EndSessions(user);
        Require(await work.Users.UpdateAsync(user));
        if (disabled)
            IdentityLog.Disabled(log, actor, userId);
        else
            IdentityLog.Enabled(log, actor, userId);
        return AccountChange.Done;
    }

    private static PersonState StateOf(AppUser user, DateTimeOffset now) =>
        user.Disabled ? PersonState.Disabled
        : user.PasswordHash is not null ? PersonState.Active
        : HasValidLink(user, now) ? PersonState.Invited
        : user.InvitationHash is null ? PersonState.InvitationRevoked
        : PersonState.InvitationExpired;

    private static bool HasValidLink(AppUser user, DateTimeOffset now) =>
        user.InvitationHash is not null && user.InvitationExpiresAt > now && !user.Disabled;

    private async Task<AppUser?> FindInvitedAsync(Work work, string token, CancellationToken cancellationToken)
    {
        var hash = SecretToken.Hash(token);
        var user = await work.Users.Users.SingleOrDefaultAsync(user => user.InvitationHash == hash, cancellationToken);
        return user is not null && HasValidLink(user, time.GetUtcNow()) ? user : null;
    }

    private AppUser NewUser(string email) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        UserName = email.Trim(),
        Email = email.Trim(),
        CreatedAt = time.GetUtcNow(),
    };

    private string NewLink(AppUser user)
    {
        var token = SecretToken.Create();
        user.InvitationHash = SecretToken.Hash(token);
        user.InvitedAt = time.GetUtcNow();
        user.InvitationExpiresAt = user.InvitedAt + InvitationLifetime;
        return token;
    }

    private static void EndLink(AppUser user)
    {
        user.InvitationHash = null;
        user.InvitationExpiresAt = null;
    }

    // Every cookie and every circuit carries the stamp of its sign-in, and ends when it no longer matches.
    private static void EndSessions(AppUser user) =>
        user.SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));

    private static ImmutableArray<string> Reasons(IdentityResult result) =>
        [.. result.Errors.Select(error => error.Description)];

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(string.Join(' ', Reasons(result)));
    }

    private async Task<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        return new Turn(_changes);
    }

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    /// <summary>One operation's scope.</summary>
    private sealed class Work(IServiceScopeFactory scopes) : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope = scopes.CreateAsyncScope();

        public UserManager<AppUser> Users => _scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();

        private RoleManager<IdentityRole<Guid>> RoleStore =>
            _scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();

        public Task<AppUser?> FindAsync(Guid userId) => Users.FindByIdAsync(userId.ToString());

        /// <summary>An administrator who cannot sign in (disabled, or never joined) does not keep the house open.</summary>
        public async Task<bool> IsLastAdministratorAsync(AppUser user)
        {
            var able = (await Users.GetUsersInRoleAsync(Roles.Administrator))
                .Where(one => one is { Disabled: false, PasswordHash: not null })
                .Select(one => one.Id)
                .ToList();
            return able.Count == 1 && able[0] == user.Id;
        }

        public async Task SetRolesAsync(AppUser user, IEnumerable<string> roles)
        {
            var wanted = roles.Intersect(Roles.All).ToList();
            foreach (var role in wanted)
            {
                if (!await RoleStore.RoleExistsAsync(role))
                    Require(await RoleStore.CreateAsync(new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7() }));
            }

            var before = await Users.GetRolesAsync(user);
            Require(await Users.RemoveFromRolesAsync(user, before.Except(wanted).ToList()));
            Require(await Users.AddToRolesAsync(user, wanted.Except(before).ToList()));
        }

        public ValueTask DisposeAsync() => _scope.DisposeAsync();
    }
}
