using System.Net;
using Loyalty.Web.Identity;

namespace Loyalty.Tests.Identity;

public sealed class InvitationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepted_invitation_signs_in_with_its_roles_and_works_once()
    {
        await using var app = new LoyaltyApp();
        var ready = await InviteAsync(app);
        var browser = app.NewBrowser();

        var accepted = await browser.PostAsync($"/invite/{ready.Token}", "accept", Fields());
        var again = await app.NewBrowser().GetAsync($"/invite/{ready.Token}");

        Assert.Equal("/hr", Browser.LeadsTo(accepted));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/change-password")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        var person = await PersonAsync(app, ready.UserId);
        Assert.Equal((PersonState.Active, "Hana Ito"), (person.State, person.DisplayName));
    }

    [Fact]
    public async Task Invitation_runs_out_after_seven_days()
    {
        await using var app = new LoyaltyApp();
        var ready = await InviteAsync(app);

        app.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        var before = await app.NewBrowser().GetAsync($"/invite/{ready.Token}");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var after = await app.NewBrowser().GetAsync($"/invite/{ready.Token}");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
        Assert.IsType<AccountOutcome.LinkNotValid>(await app.Accounts.AcceptAsync(ready.Token, "Hana", LoyaltyApp.Password, Cancellation));
        Assert.Equal(PersonState.InvitationExpired, (await PersonAsync(app, ready.UserId)).State);
    }

    [Fact]
    public async Task Withdrawn_invitation_no_longer_works()
    {
        await using var app = new LoyaltyApp();
        var ready = await InviteAsync(app);

        await app.Accounts.RevokeLinkAsync(ready.UserId, Guid.NewGuid(), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, (await app.NewBrowser().GetAsync($"/invite/{ready.Token}")).StatusCode);
        Assert.Equal(PersonState.InvitationRevoked, (await PersonAsync(app, ready.UserId)).State);
    }

    [Fact]
    public async Task Withdrawn_invitation_is_not_accepted_by_a_form_that_was_already_open()
    {
        await using var app = new LoyaltyApp();
        var ready = await InviteAsync(app);

        await app.Accounts.RevokeLinkAsync(ready.UserId, Guid.NewGuid(), Cancellation);

        Assert.IsType<AccountOutcome.LinkNotValid>(await app.Accounts.AcceptAsync(ready.Token, "Hana", LoyaltyApp.Password, Cancellation));
    }

    [Fact]
    public async Task New_link_ends_the_older_one()
    {
        await using var app = new LoyaltyApp();
        var first = await InviteAsync(app);

        var second = Assert.IsType<InvitationOutcome.Ready>(await app.Accounts.RenewLinkAsync(first.UserId, Guid.NewGuid(), Cancellation));

        Assert.Equal(HttpStatusCode.NotFound, (await app.NewBrowser().GetAsync($"/invite/{first.Token}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.NewBrowser().GetAsync($"/invite/{second.Token}")).StatusCode);
    }

    [Fact]
    public async Task Link_for_somebody_who_forgot_their_password_replaces_it_and_ends_their_sessions()
    {
        await using var app = new LoyaltyApp();
        var user = await app.AddAsync("fay@example.org", Roles.Facilitator);
        var old = await app.SignedInAsync("fay@example.org");
        var ready = Assert.IsType<InvitationOutcome.Ready>(await app.Accounts.RenewLinkAsync(user.Id, Guid.NewGuid(), Cancellation));

        await app.Accounts.AcceptAsync(ready.Token, "Fay", "another long password", Cancellation);

        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await old.GetAsync("/change-password")).StatusCode);
        var signIn = await app.NewBrowser().PostAsync("/sign-in", "sign-in", new() { ["Input.Email"] = "fay@example.org", ["Input.Password"] = "another long password" });
        Assert.Equal(HttpStatusCode.Redirect, signIn.StatusCode);
    }

    [Fact]
    public async Task Refused_password_leaves_the_invitation_valid()
    {
        await using var app = new LoyaltyApp();
        var ready = await InviteAsync(app);

        var outcome = await app.Accounts.AcceptAsync(ready.Token, "Hana", "short", Cancellation);

        Assert.Contains("12", Assert.Single(Assert.IsType<AccountOutcome.Refused>(outcome).Reasons), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.NewBrowser().GetAsync($"/invite/{ready.Token}")).StatusCode);
    }

    [Fact]
    public async Task Address_already_on_the_list_is_not_invited_twice()
    {
        await using var app = new LoyaltyApp();
        await InviteAsync(app);

        var outcome = await app.Accounts.InviteAsync("HANA@example.org ", [Roles.HR], Guid.NewGuid(), Cancellation);

        Assert.IsType<InvitationOutcome.EmailTaken>(outcome);
    }

    private static async Task<InvitationOutcome.Ready> InviteAsync(LoyaltyApp app) =>
        Assert.IsType<InvitationOutcome.Ready>(await app.Accounts.InviteAsync("hana@example.org", [Roles.HR], Guid.NewGuid(), Cancellation));

    private static async Task<Person> PersonAsync(LoyaltyApp app, Guid id) =>
        (await app.Accounts.ListAsync(Cancellation)).Single(person => person.Id == id);

    private static Dictionary<string, string> Fields() => new()
    {
        ["Input.DisplayName"] = "Hana Ito",
        ["Input.Password"] = LoyaltyApp.Password,
        ["Input.Again"] = LoyaltyApp.Password,
    };
}
