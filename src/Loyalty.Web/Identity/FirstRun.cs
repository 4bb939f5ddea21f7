using System.Collections.Immutable;

namespace Loyalty.Web.Identity;

public abstract record SetupOutcome
{
    private SetupOutcome()
    {
    }

    public sealed record Created(AppUser Administrator) : SetupOutcome;

    public sealed record AlreadySetUp : SetupOutcome;

    public sealed record LinkNotValid : SetupOutcome;

    public sealed record Refused(ImmutableArray<string> Reasons) : SetupOutcome;
}

/// <summary>
/// The way in when nobody has an account: whoever can read the server's output may create the administrator, once.
/// The token lives in memory as a hash; a restart makes a new one.
/// </summary>
public sealed class FirstRun(Accounts accounts, ILogger<FirstRun> log) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile string? _hash;

    public void Dispose() => _one.Dispose();

    /// <summary>Makes the token, or returns null when an administrator exists.</summary>
    public async Task<string?> OpenAsync()
    {
        if (await accounts.AnyAdministratorAsync())
            return null;

        var token = SecretToken.Create();
        _hash = SecretToken.Hash(token);
        return token;
    }

    /// <summary>Null when this token may go on to create the administrator, else why not.</summary>
    public async Task<SetupOutcome?> CheckAsync(string? token)
    {
        if (await accounts.AnyAdministratorAsync())
            return new SetupOutcome.AlreadySetUp();
        if (SecretToken.Matches(token, _hash))
            return null;

        IdentityLog.SetupRefused(log);
        return new SetupOutcome.LinkNotValid();
    }

    public async Task<SetupOutcome> CreateAdministratorAsync(
        string? token, string displayName, string email, string password, CancellationToken cancellationToken)
    {
        // Two posts of the same link at once must not make two administrators: the second one waits, and finds the first.
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (await CheckAsync(token) is { } refusal)
                return refusal;

            switch (await accounts.CreateAsync(displayName, email, password, [Roles.Administrator], cancellationToken))
            {
                case AccountOutcome.Ready(var administrator):
                    _hash = null;
                    IdentityLog.AdministratorCreated(log, administrator.Id);
                    return new SetupOutcome.Created(administrator);
                case AccountOutcome.Refused(var reasons):
                    return new SetupOutcome.Refused(reasons);
                default:
                    return new SetupOutcome.LinkNotValid();
            }
        }
        finally
        {
            _one.Release();
        }
    }
}
