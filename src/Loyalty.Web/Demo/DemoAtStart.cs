using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Demo;

/// <summary>Builds the demonstration before the server listens, and says how to get in once it does.</summary>
internal sealed class DemoAtStart(
    DemoState state, DemoWorkshops workshops, Accounts accounts, IDbContextFactory<LoyaltyDb> databases, DemoAnnouncement announcement) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After the schema, which is brought up to date while services are starting, and before the server listens, which starts last.
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!state.IsBuilt)
        {
            await CreateAccountAsync(DemoAccounts.Administrator, cancellationToken);
            await CreateAccountAsync(DemoAccounts.HR, cancellationToken);
            var facilitator = await CreateAccountAsync(DemoAccounts.Facilitator, cancellationToken);
            state.Finished = await workshops.CreateFinishedAsync(facilitator, cancellationToken);
            await workshops.CreateDraftAsync(facilitator, cancellationToken);
            state.Live = await workshops.CreateLiveAsync(facilitator, cancellationToken);
            state.Save();
        }
        else if (!await workshops.IsFreshAsync(state.Live, cancellationToken))
        {
            await workshops.DeleteLeftOverAsync(state.Live, cancellationToken);
            state.Live = await workshops.CreateLiveAsync(await FacilitatorAsync(cancellationToken), cancellationToken);
            state.Save();
        }
    }

    // Only now: if the port is taken by a demonstration that is already running, its workshop is left alone.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await workshops.SimulateAsync(state.Live, cancellationToken);
        announcement.Print(state, await workshops.CodeOfAsync(state.Live, cancellationToken));
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Guid> CreateAccountAsync(DemoAccount account, CancellationToken cancellationToken) =>
        await accounts.CreateAsync(account.Name, account.Email, state.Password, [account.Role], cancellationToken) switch
        {
            AccountOutcome.Ready(var user) => user.Id,
            var refused => throw new InvalidOperationException($"The account {account.Email} could not be created: {refused}."),
        };

    private async Task<Guid> FacilitatorAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.Where(u => u.Email == DemoAccounts.Facilitator.Email).Select(u => u.Id).FirstAsync(cancellationToken);
    }
}

/// <summary>Somebody who can sign in to the demonstration.</summary>
internal sealed record DemoAccount(string Name, string Email, string Role);

internal static class DemoAccounts
{
    public static DemoAccount Administrator { get; } = new("Ruth Okafor", "administrator@demo.loyalty", Roles.Administrator);

    public static DemoAccount Facilitator { get; } = new("Miriam Adler", "facilitator@demo.loyalty", Roles.Facilitator);

    public static DemoAccount HR { get; } = new("Jonas Lindqvist", "hr@demo.loyalty", Roles.HR);
}
