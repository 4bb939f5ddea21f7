using System.Net;
using Loyalty.Web.Identity;

namespace Loyalty.Tests.Identity;

public sealed class FirstRunTests
{
    [Fact]
    public async Task Printed_link_creates_the_administrator_and_signs_them_in()
    {
        await using var app = new LoyaltyApp();
        var browser = app.NewBrowser();

        var answer = await browser.PostAsync(app.SetupLink, "setup", Ada());

        Assert.Equal("/people", Browser.LeadsTo(answer));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/people")).StatusCode);
        var person = Assert.Single(await app.Accounts.ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([Roles.Administrator], person.Roles);
    }

    [Fact]
    public async Task Used_link_is_gone_and_says_so()
    {
        await using var app = new LoyaltyApp();
        await app.NewBrowser().PostAsync(app.SetupLink, "setup", Ada());

        var answer = await app.NewBrowser().GetAsync(app.SetupLink);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await Browser.TextOf(answer);
        Assert.Contains("the set-up link no longer works", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form method", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/setup")]
    [InlineData("/setup?token=")]
    [InlineData("/setup?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Wrong_token_is_refused_without_a_form(string link)
    {
        await using var app = new LoyaltyApp();

        var answer = await app.NewBrowser().GetAsync(link);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("Input.Password", await Browser.TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_token_creates_nobody_even_when_the_form_is_sent_by_hand()
    {
        await using var app = new LoyaltyApp();
        var firstRun = (FirstRun)app.Services.GetService(typeof(FirstRun))!;

        var outcome = await firstRun.CreateAdministratorAsync("wrong", "Eve", "eve@example.org", LoyaltyApp.Password, TestContext.Current.CancellationToken);

        Assert.IsType<SetupOutcome.LinkNotValid>(outcome);
        Assert.Empty(await app.Accounts.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refused_password_leaves_the_link_valid()
    {
        await using var app = new LoyaltyApp();
        var fields = Ada();
        fields["Input.Password"] = fields["Input.Again"] = "short";

        var refused = await Browser.TextOf(await app.NewBrowser().PostAsync(app.SetupLink, "setup", fields));
        var accepted = await app.NewBrowser().PostAsync(app.SetupLink, "setup", Ada());

        Assert.Contains("at least 12 characters", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
    }

    [Fact]
    public async Task Two_at_once_make_one_administrator()
    {
        await using var app = new LoyaltyApp();
        var token = app.SetupLink.Split('=')[1];
        var firstRun = (FirstRun)app.Services.GetService(typeof(FirstRun))!;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(each => firstRun.CreateAdministratorAsync(
            token, $"Person {each}", $"person{each}@example.org", LoyaltyApp.Password, TestContext.Current.CancellationToken)));

        Assert.Single(outcomes.OfType<SetupOutcome.Created>());
        Assert.Equal(3, outcomes.OfType<SetupOutcome.AlreadySetUp>().Count());
    }

    private static Dictionary<string, string> Ada() => new()
    {
        ["Input.DisplayName"] = "Ada Marsh",
        ["Input.Email"] = "ada@example.org",
        ["Input.Password"] = LoyaltyApp.Password,
        ["Input.Again"] = LoyaltyApp.Password,
    };
}
