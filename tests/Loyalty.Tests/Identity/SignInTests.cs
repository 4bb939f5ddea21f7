using System.Net;
using Loyalty.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Identity;

public sealed class SignInTests
{
    private const string Email = "fay@example.org";

    [Theory]
    [InlineData(Roles.Administrator, "/workshops")]
    [InlineData(Roles.Facilitator, "/workshops")]
    [InlineData(Roles.HR, "/hr")]
    public async Task Each_role_starts_at_its_own_pages(string role, string home)
    {
        await using var app = new LoyaltyApp();
        await app.AddAsync(Email, role);

        var answer = await app.NewBrowser().PostAsync("/sign-in", "sign-in", Fields());

        Assert.Equal(home, Browser.LeadsTo(answer));
    }

    [Fact]
    public async Task Page_asked_for_is_returned_to()
    {
        await using var app = new LoyaltyApp();
        await app.AddAsync(Email, Roles.Administrator);
        var browser = app.NewBrowser();

        var asked = await browser.GetAsync("/people");
        var answer = await browser.PostAsync(Browser.LeadsTo(asked)!, "sign-in", Fields());

        Assert.Equal("/people", Browser.LeadsTo(answer));
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/workshops/1?tab=2", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("\\\\evil.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("evil.example", false)]
    public void ReturnUrl_is_local_only_as_a_path_on_this_host(string? url, bool local) => Assert.Equal(local, ReturnUrl.IsLocal(url));

    [Fact]
    public async Task Return_to_another_host_is_refused()
    {
        await using var app = new LoyaltyApp();
        await app.AddAsync(Email, Roles.Facilitator);
        var page = $"/sign-in?{ReturnUrl.Parameter}={Uri.EscapeDataString("//evil.example")}";
        var browser = app.NewBrowser();

        var signedIn = await browser.PostAsync(page, "sign-in", Fields());
        var already = await browser.GetAsync(page);

        Assert.Equal("/workshops", Browser.LeadsTo(signedIn));
        Assert.Equal("/workshops", Browser.LeadsTo(already));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_ten_minutes()
    {
        await using var app = new LoyaltyApp();
        var user = await app.AddAsync(Email, Roles.Facilitator);
        var browser = app.NewBrowser();
        for (var attempt = 0; attempt < 5; attempt++)
            await browser.PostAsync("/sign-in", "sign-in", Fields("wrong password"));

        var locked = await browser.PostAsync("/sign-in", "sign-in", Fields());
        var until = await LockedUntilAsync(app, user.Id);
        await UnlockAsync(app, user.Id);
        var unlocked = await browser.PostAsync("/sign-in", "sign-in", Fields());

        Assert.Equal(HttpStatusCode.OK, locked.StatusCode);
        Assert.InRange(until - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Redirect, unlocked.StatusCode);
    }

    [Fact]
    public async Task Every_refusal_reads_the_same()
    {
        await using var app = new LoyaltyApp();
        var boss = await app.AddAsync("boss@example.org", Roles.Administrator);
        await app.AddAsync(Email, Roles.Facilitator);
        var disabled = await app.AddAsync("gone@example.org", Roles.Facilitator);
        await app.Accounts.SetDisabledAsync(disabled.Id, disabled: true, boss.Id, TestContext.Current.CancellationToken);

        var wrong = await NoticeAsync(app, Email, "wrong password");
        var unknown = await NoticeAsync(app, "nobody@example.org", LoyaltyApp.Password);
        var shut = await NoticeAsync(app, "gone@example.org", LoyaltyApp.Password);

        Assert.Contains("do not match", wrong, StringComparison.Ordinal);
        Assert.Equal(wrong, unknown);
        Assert.Equal(wrong, shut);
    }

    [Fact]
    public async Task Form_without_its_token_is_refused()
    {
        await using var app = new LoyaltyApp();
        await app.AddAsync(Email, Roles.Facilitator);
        var fields = Fields();
        fields["_handler"] = "sign-in";

        var answer = await app.NewBrowser().SendAsync("/sign-in", fields);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("loyalty.sign-in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Too_many_tries_from_one_address_are_turned_away_with_a_sentence()
    {
        await using var app = new LoyaltyApp { AttemptsPerMinute = 3 };
        var browser = app.NewBrowser();
        for (var attempt = 0; attempt < 3; attempt++)
            await browser.PostAsync("/sign-in", "sign-in", Fields());

        var answer = await browser.PostAsync("/sign-in", "sign-in", Fields());

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Please wait a minute", await Browser.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var app = new LoyaltyApp();
        await app.AddAsync(Email, Roles.Facilitator);
        var browser = await app.SignedInAsync(Email);

        await browser.PostAsync("/change-password", "/sign-out", []);

        var answer = await browser.GetAsync("/change-password");
        Assert.StartsWith("/sign-in", Browser.LeadsTo(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await using var app = new LoyaltyApp();
        await app.AddAsync(Email, Roles.Facilitator);
        var here = await app.SignedInAsync(Email);
        var there = await app.SignedInAsync(Email);

        var answer = await here.PostAsync("/change-password", "change-password", new()
        {
            ["Input.Current"] = LoyaltyApp.Password,
            ["Input.Password"] = "another long password",
            ["Input.Again"] = "another long password",
        });

        Assert.Contains("Your password was changed", await Browser.TextOf(answer), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/change-password")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/change-password")).StatusCode);
    }

    private static Dictionary<string, string> Fields(string password = LoyaltyApp.Password) =>
        new() { ["Input.Email"] = Email, ["Input.Password"] = password };

    private static async Task<string> NoticeAsync(LoyaltyApp app, string email, string password)
    {
        var page = await Browser.TextOf(await app.NewBrowser().PostAsync(
            "/sign-in", "sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = password }));
        var start = page.IndexOf("role=\"alert\">", StringComparison.Ordinal);
        return page[start..page.IndexOf("</div>", start, StringComparison.Ordinal)];
    }

    private static async Task<DateTimeOffset> LockedUntilAsync(LoyaltyApp app, Guid id)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByIdAsync(id.ToString());
        return user!.LockoutEnd!.Value;
    }

    // The framework's lockout reads the real clock, so the end is moved instead of the time.
    private static async Task UnlockAsync(LoyaltyApp app, Guid id)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        await users.SetLockoutEndDateAsync((await users.FindByIdAsync(id.ToString()))!, DateTimeOffset.UtcNow.AddSeconds(-1));
    }
}
