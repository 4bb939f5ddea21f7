using System.Net;
using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Tests.Curriculum;
using Loyalty.Tests.Identity;
using Loyalty.Web.Features.ActionPlans;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.ActionPlans;

/// <summary>Who gets what: every page and download of a workshop, asked for by every kind of person.</summary>
public sealed class AccessTests
{
    private const string Owner = "owner@example.org";
    private const string Other = "other@example.org";
    private const string Hr = "hr@example.org";
    private const string Admin = "admin@example.org";

    private static readonly string[] Everybody = ["", Owner, Other, Hr, Admin];

    [Fact]
    public async Task Page_or_download_is_given_to_those_whom_it_is_for_and_to_nobody_else()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();
        var (own, shared) = await AddProgrammesAsync(workshop);
        (string Address, string[] For)[] table =
        [
            ("/workshops", [Owner, Other, Admin]),
            ("/workshops/new", [Owner, Other, Admin]),
            ($"/workshops/{workshop.Id.Value}/report", [Owner, Hr, Admin]),
            ("/library", [Owner, Other, Admin]),
            ("/programmes", [Owner, Other, Admin]),
            ("/programmes/new", [Owner, Other, Admin]),
            ($"/programmes/{own}/export", [Owner, Admin]),
            ($"/programmes/{shared}/export", [Owner, Other, Admin]),
            (ProgrammeFile.SchemaPath, Everybody),
            ($"/workshops/{workshop.Id.Value}/report.pdf", [Owner, Hr, Admin]),
            ($"/workshops/{workshop.Id.Value}/figures.xlsx", [Owner, Hr, Admin]),
            ($"/workshops/{workshop.Id.Value}/figures.csv", [Owner, Hr, Admin]),
            ("/trends", [Hr, Admin]),
            ("/access-tokens", [Hr, Admin]),
            ("/api/v1/openapi.json", Everybody),
            ("/api/v1/workshops", []),
            ($"/api/v1/workshops/{workshop.Id.Value}", []),
            ($"/api/v1/workshops/{workshop.Id.Value}/measures", []),
            ($"/api/v1/workshops/{workshop.Id.Value}/commitments", []),
            ("/hr", [Hr, Admin]),
            ("/hr?q=anna&due=overdue&page=7", [Hr, Admin]),
            ("/hr/workshops", [Hr, Admin]),
            ($"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}", [Hr, Admin]),
            ($"/hr/workshops/{workshop.Id}/erase", [Admin]),
            ("/hr/follow-up", [Hr, Admin]),
            ("/hr/follow-up/reminders", [Hr, Admin]),
            ("/hr/people?q=anna", [Hr, Admin]),
            ($"/hr/people/{workshop.Id}/{workshop.Anna}", [Hr, Admin]),
            ($"/hr/people/{workshop.Id}/{workshop.Anna}.json", [Hr, Admin]),
            ("/hr/organisations", [Hr, Admin]),
            ("/hr/exports", [Hr, Admin]),
            ($"/hr/workshops/{workshop.Id}", [Hr, Admin]),
            ($"/hr/workshops/{workshop.Id}/everything.csv", [Hr, Admin]),
            ($"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}.pdf", [Hr, Admin]),
            ("/people", [Admin]),
            ("/operations", [Admin]),
            ("/change-password", [Owner, Other, Hr, Admin]),
            ("/sign-in", [""]),
            ("/", Everybody),
            ($"/room/{workshop.Code}", Everybody),
            ("/health/live", Everybody),
        ];

        var wrong = new List<string>();
        foreach (var who in Everybody)
        {
            var browser = who.Length == 0 ? workshop.App.NewBrowser() : await workshop.App.SignedInAsync(who);
            foreach (var (address, allowed) in table.Where(row => row.Address != "/sign-in" || who.Length == 0))
            {
                var answer = await browser.GetAsync(address);
                if ((answer.StatusCode == HttpStatusCode.OK) != allowed.Contains(who))
                    wrong.Add($"{address} for “{who}”: {answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("people/{0}/{1}/erase", Hr)]
    [InlineData("workshops/{0}/erase", Admin)]
    [InlineData("workshops/{0}/plans/{1}/link", Hr)]
    [InlineData("organisations", Hr)]
    [InlineData("follow-up/reminders/passed-on", Hr)]
    public async Task Nothing_is_changed_for_somebody_else_or_without_our_own_form(string path, string allowed)
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();
        var address = "/hr/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, path, workshop.Id, workshop.Anna);

        foreach (var who in Everybody)
        {
            var browser = who.Length == 0 ? workshop.App.NewBrowser() : await workshop.App.SignedInAsync(who);
            var answer = await browser.SendAsync(address, new() { ["sure"] = "true" });
            // Those who may still need the token that only the page gives.
            if (who == allowed)
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            else if (who != Admin)
                Assert.True(answer.StatusCode == HttpStatusCode.Redirect && Browser.LeadsTo(answer) is { } to && (to.StartsWith("/sign-in", StringComparison.Ordinal) || to.StartsWith("/access-denied", StringComparison.Ordinal)), $"{who}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Programme_of_somebody_else_shows_nothing_until_it_is_shared()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();
        var (own, shared) = await AddProgrammesAsync(workshop);
        var other = await workshop.App.SignedInAsync(Other);

        Assert.DoesNotContain("A programme", await other.ReadAsync($"/programmes/{own}"), StringComparison.Ordinal);
        Assert.Contains("A programme", await other.ReadAsync($"/programmes/{shared}"), StringComparison.Ordinal);
        Assert.Contains("A programme", await (await workshop.App.SignedInAsync(Owner)).ReadAsync($"/programmes/{own}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_of_somebody_else_shows_nothing_of_the_workshop()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();
        var console = $"/workshops/{workshop.Id}/console";

        Assert.Contains("Lindenhof", await (await workshop.App.SignedInAsync(Owner)).ReadAsync(console), StringComparison.Ordinal);
        Assert.DoesNotContain("Lindenhof", await (await workshop.App.SignedInAsync(Other)).ReadAsync(console), StringComparison.Ordinal);
    }

    /// <summary>Two programmes of the owner's, the second shared with everybody.</summary>
    private static async Task<(Guid Own, Guid Shared)> AddProgrammesAsync(FinishedWorkshop workshop)
    {
        var shelf = workshop.App.Services.GetRequiredService<ProgrammeShelf>();
        var cancel = TestContext.Current.CancellationToken;
        var owner = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, workshop.Facilitator.Id.ToString()), new Claim(ClaimTypes.Role, Roles.Facilitator)], "test"));
        var own = await shelf.CreateAsync(workshop.Facilitator.Id, Programmes.Of(Programmes.Step("a")), cancel);
        var shared = await shelf.CreateAsync(workshop.Facilitator.Id, Programmes.Of(Programmes.Step("a")), cancel);
        Assert.True(await shelf.ShareAsync(owner, shared, shared: true, cancel));
        return (own, shared);
    }

    [Fact]
    public async Task Addresses_open_to_everybody_are_these_and_no_others()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();

        var open = workshop.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null && e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !route.StartsWith("/_", StringComparison.Ordinal) && !route.StartsWith("/phone/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "/", "/access-denied", "/api/v1/openapi.json", "/appearance", "/health/live", "/health/ready", "/hubs/phone", "/hubs/phone/negotiate", "/invite/{token}",
                "/j/{code}", "/j/{code}/answer", "/j/{code}/plan", "/j/{code}/plan.pdf", "/partner/{token}", "/partner/{token}/check-ins.ics",
                "/plan/{token}", "/plan/{token}/check-ins", "/plan/{token}/check-ins.ics", "/plan/{token}/plan.pdf", "/programme.schema.json",
                "/room/{Code}", "/setup", "/sign-in", "/sign-out", "/{*path}",
            ],
            open);
    }

    [Fact]
    public async Task Rehearsal_is_nowhere_in_the_HR_area()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync(rehearsal: true);
        var hr = await workshop.App.SignedInAsync(Hr);

        foreach (var list in (string[])["/hr", "/hr/workshops", "/hr/follow-up", "/hr/follow-up/reminders", "/hr/people?q=anna"])
            Assert.DoesNotContain(workshop.Id.ToString(), await hr.ReadAsync(list), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hr.GetAsync($"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hr.GetAsync($"/hr/people/{workshop.Id}/{workshop.Anna}.json")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hr.GetAsync($"/hr/workshops/{workshop.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hr.GetAsync($"/hr/workshops/{workshop.Id}/everything.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hr.GetAsync($"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}.pdf")).StatusCode);
    }

    [Fact]
    public async Task Plan_and_its_check_ins_stand_in_their_tables_once_the_workshop_has_ended()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();

        await using var db = await workshop.App.Services.GetRequiredService<IDbContextFactory<LoyaltyDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var plan = await db.ActionPlans.Include(p => p.Commitments).ThenInclude(c => c.CheckIns).SingleAsync(TestContext.Current.CancellationToken);

        Assert.True(plan.IsFinal);
        var commitment = Assert.Single(plan.Commitments);
        Assert.Equal(("Ring every guest the day after", "attitude", new DateOnly(2027, 3, 31)), (commitment.What, commitment.Opportunity, commitment.By!.Value));
        Assert.Equal([new DateOnly(2026, 4, 1)], commitment.CheckIns.Select(c => c.DueOn));
    }

    [Fact]
    public async Task Formula_and_markup_are_text_in_the_CSV_and_on_the_report()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();
        var hr = await workshop.App.SignedInAsync(Hr);

        var csv = await hr.ReadAsync($"/hr/workshops/{workshop.Id}/everything.csv");
        var report = await (await hr.GetAsync($"/workshops/{workshop.Id.Value}/report")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("'=cmd", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", report, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Private_link_opens_the_plan_until_it_is_revoked()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();
        var token = workshop.App.Services.GetRequiredService<PlanLinks>().TokenFor(workshop.Id, workshop.Anna, version: 0);
        var stranger = workshop.App.NewBrowser();

        Assert.Contains("Ring every guest the day after", await stranger.ReadAsync($"/plan/{token}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/plan/{token[..^2]}AA")).StatusCode);

        await using var db = await workshop.App.Services.GetRequiredService<IDbContextFactory<LoyaltyDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await db.ActionPlans.ExecuteUpdateAsync(set => set.SetProperty(p => p.LinkVersion, 1), TestContext.Current.CancellationToken);
        var ended = await stranger.GetAsync($"/plan/{token}");
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (ended.StatusCode, ended.Content.Headers.ContentType?.MediaType));
        Assert.Contains("This link has ended</h1>", await ended.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Private_link_changes_the_plan_after_the_end()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();
        var address = "/plan/" + workshop.App.Services.GetRequiredService<PlanLinks>().TokenFor(workshop.Id, workshop.Anna, version: 0);
        var anna = workshop.App.NewBrowser();

        var answer = await anna.PostAsync(address, address, new() { ["do"] = "final", ["c1.what"] = "Write to every guest within a week", ["c1.opportunity"] = "attitude" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Write to every guest within a week", await anna.ReadAsync(address), StringComparison.Ordinal);
    }
}
