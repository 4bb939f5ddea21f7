using System.Net;
using Loyalty.Web.Identity;

namespace Loyalty.Tests.Identity;

public sealed class AccountsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disabled_person_loses_the_open_session_and_cannot_sign_in_until_enabled()
    {
        await using var app = new LoyaltyApp();
        var boss = await app.AddAsync("boss@example.org", Roles.Administrator);
        var fay = await app.AddAsync("fay@example.org", Roles.Facilitator);
        var open = await app.SignedInAsync("fay@example.org");

        Assert.Equal(AccountChange.Done, await app.Accounts.SetDisabledAsync(fay.Id, disabled: true, boss.Id, Cancellation));

        app.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.StartsWith("/sign-in", Browser.LeadsTo(await open.GetAsync("/change-password")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(app)).StatusCode);

        await app.Accounts.SetDisabledAsync(fay.Id, disabled: false, boss.Id, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(app)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await open.GetAsync("/change-password")).StatusCode);
    }

    [Fact]
    public async Task Role_taken_away_ends_the_sessions_that_had_it()
    {
        await using var app = new LoyaltyApp();
        var boss = await app.AddAsync("boss@example.org", Roles.Administrator);
        var other = await app.AddAsync("other@example.org", Roles.Administrator, Roles.HR);
        var open = await app.SignedInAsync("other@example.org");
        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync("/people")).StatusCode);

        await app.Accounts.SetRolesAsync(other.Id, [Roles.HR], boss.Id, Cancellation);

        app.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.Redirect, (await open.GetAsync("/people")).StatusCode);
    }

    [Fact]
    public async Task Role_added_arrives_without_signing_in_again()
    {
        await using var app = new LoyaltyApp();
        var boss = await app.AddAsync("boss@example.org", Roles.Administrator);
        var fay = await app.AddAsync("fay@example.org", Roles.Facilitator);
        var open = await app.SignedInAsync("fay@example.org");
        Assert.Equal("/access-denied", (await open.GetAsync("/people")).Headers.Location?.AbsolutePath);

        await app.Accounts.SetRolesAsync(fay.Id, [Roles.Facilitator, Roles.Administrator], boss.Id, Cancellation);

        app.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync("/people")).StatusCode);
    }

    [Fact]
    public async Task Nobody_disables_or_demotes_themselves()
    {
        await using var app = new LoyaltyApp();
        var boss = await app.AddAsync("boss@example.org", Roles.Administrator);
        await app.AddAsync("other@example.org", Roles.Administrator);

        Assert.Equal(AccountChange.Yourself, await app.Accounts.SetDisabledAsync(boss.Id, disabled: true, boss.Id, Cancellation));
        Assert.Equal(AccountChange.Yourself, await app.Accounts.SetRolesAsync(boss.Id, [Roles.HR], boss.Id, Cancellation));
    }

    [Fact]
    public async Task Last_administrator_who_can_sign_in_stays_one()
    {
        await using var app = new LoyaltyApp();
        var boss = await app.AddAsync("boss@example.org", Roles.Administrator);
        var other = await app.AddAsync("other@example.org", Roles.Administrator);
        await app.Accounts.InviteAsync("not-yet-here@example.org", [Roles.Administrator], boss.Id, Cancellation);
        await app.Accounts.SetDisabledAsync(other.Id, disabled: true, boss.Id, Cancellation);

        Assert.Equal(AccountChange.LastAdministrator, await app.Accounts.SetDisabledAsync(boss.Id, disabled: true, other.Id, Cancellation));
        Assert.Equal(AccountChange.LastAdministrator, await app.Accounts.SetRolesAsync(boss.Id, [Roles.HR], other.Id, Cancellation));
    }

    [Fact]
    public async Task Two_administrators_who_demote_each_other_at_once_leave_one()
    {
        await using var app = new LoyaltyApp();
        var one = await app.AddAsync("one@example.org", Roles.Administrator);
        var two = await app.AddAsync("two@example.org", Roles.Administrator);

        var changes = await Task.WhenAll(
            app.Accounts.SetRolesAsync(one.Id, [Roles.HR], two.Id, Cancellation),
            app.Accounts.SetRolesAsync(two.Id, [Roles.HR], one.Id, Cancellation));

        Assert.Equal([AccountChange.Done, AccountChange.LastAdministrator], changes.Order());
    }

    private static Task<HttpResponseMessage> SignInAsync(LoyaltyApp app) => app.NewBrowser().PostAsync(
        "/sign-in", "sign-in", new() { ["Input.Email"] = "fay@example.org", ["Input.Password"] = LoyaltyApp.Password });
}
