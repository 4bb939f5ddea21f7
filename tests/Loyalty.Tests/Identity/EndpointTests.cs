using System.Net;
using Loyalty.Web.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Identity;

/// <summary>Walks every endpoint that the program maps, so that a page added later is held to the same.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task Every_endpoint_says_for_whom_it_is()
    {
        await using var app = new LoyaltyApp();

        var silent = Endpoints(app)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(Describe);

        Assert.Empty(silent);
    }

    [Fact]
    public async Task No_endpoint_is_both_for_signed_in_people_and_for_everybody()
    {
        await using var app = new LoyaltyApp();

        // "Everybody" wins over any policy, so a page that says both is open without looking so.
        var both = Endpoints(app)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(Describe);

        Assert.Empty(both);
    }

    [Fact]
    public async Task Every_policy_that_an_endpoint_names_exists()
    {
        await using var app = new LoyaltyApp();
        var policies = app.Services.GetRequiredService<IAuthorizationPolicyProvider>();

        foreach (var name in Endpoints(app).SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()).Select(data => data.Policy).OfType<string>().Distinct())
            Assert.True(await policies.GetPolicyAsync(name) is not null, name);
    }

    [Fact]
    public async Task Endpoint_that_says_nothing_is_closed_to_strangers()
    {
        await using var app = new LoyaltyApp();

        var fallback = await app.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();

        Assert.NotNull(fallback);
    }

    [Fact]
    public async Task Address_that_does_not_exist_asks_nobody_to_sign_in()
    {
        await using var app = new LoyaltyApp();

        var answer = await app.NewBrowser().GetAsync("/no/such/page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await Browser.TextOf(answer);
        Assert.Contains("There is nothing at this address", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en-GB\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/no/such/page")]
    [InlineData("/css/tokens.css")]
    public async Task Every_answer_carries_the_security_headers(string address)
    {
        await using var app = new LoyaltyApp();

        var headers = (await app.NewBrowser().GetAsync(address)).Headers;

        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["same-origin"], headers.GetValues("Referrer-Policy"));
    }

    [Theory]
    [InlineData(Roles.Facilitator)]
    [InlineData(Roles.HR)]
    public async Task People_page_is_for_administrators_only(string role)
    {
        await using var app = new LoyaltyApp();
        await app.AddAsync("somebody@example.org", role);
        var browser = await app.SignedInAsync("somebody@example.org");

        var answer = await browser.GetAsync("/people");

        Assert.Equal("/access-denied", answer.Headers.Location?.AbsolutePath);
        Assert.DoesNotContain("href=\"/people\"", await browser.ReadAsync("/change-password"), StringComparison.Ordinal);
    }

    // Left out: what the framework maps by itself, when the program runs from its build output, to find files made since
    // the build. It takes no conventions, is not there in a published program, and the fallback policy closes it.
    private static IEnumerable<RouteEndpoint> Endpoints(LoyaltyApp app) =>
        app.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .Distinct()
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.DisplayName is not "Fallback {**path:file}");

    private static string Describe(RouteEndpoint endpoint) => $"{endpoint.RoutePattern.RawText} ({endpoint.DisplayName})";
}
