using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <summary>
/// Every kind of screen against WCAG 2.2 AA as far as a machine can tell, in light and dark, filled by the demonstration's people;
/// and no phone screen wider than 320 pixels.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed partial class AccessibilityTests(BrowserFixture browsers) : IAsyncLifetime
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    // Light and dark differ in colours and nothing else.
    private static readonly AxeRunOptions RulesOfColour = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    private readonly List<string> problems = [];
    private readonly People people = new(browsers);
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync("--demo");
    }

    public async ValueTask DisposeAsync()
    {
        await people.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Screens_of_every_kind_have_no_violation_of_WCAG_22_AA()
    {
        var console = Address().Match(await server.LineWithAsync("/console")).Value;
        var room = Address().Match(await server.LineWithAsync("/room/")).Value;
        var join = Address().Match(await server.LineWithAsync("Join (this computer)")).Value;
        var password = (await server.LineWithAsync(" Password ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];

        var phone = await people.NewPageAsync(320, 640, phone: true);
        await phone.GotoAsync(server.Url);
        await CheckAsync(phone, "code");
        await phone.GotoAsync(join);
        await CheckAsync(phone, "join");
        await phone.GetByLabel("Your name").FillAsync("Somebody with quite a long name");
        if (await phone.Locator("select").CountAsync() > 0)
            await phone.Locator("select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await phone.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(phone.Locator("#pill")).ToHaveTextAsync("Connected");
        await CheckAsync(phone, "lobby");

        var facilitator = await people.NewPageAsync(1440, 900);
        await facilitator.GotoAsync($"{server.Url}/sign-in");
        await CheckAsync(facilitator, "sign in");
        await facilitator.SignInAsync(server.Url, "administrator@demo.loyalty", password);
        await facilitator.WaitForURLAsync("**/workshops");
        await CheckAsync(facilitator, "workshops");
        await facilitator.OpenLiveAsync(console);

        var display = await people.NewPageAsync(1920, 1080);
        await display.OpenLiveAsync(room);
        await CheckAsync(display, "room, lobby");

        foreach (var (step, type) in new[]
        {
            ("Name one of each", "board"), ("Would they recommend us?", "scale"), ("Ten customers walk in", "allocation"), ("What matters most?", "ranking"),
            ("Grade our success", "grades"), ("Priority against grade", "ladder-gap"), ("Five to one", "tally"), ("My action plan", "action-plan"),
        })
        {
            await facilitator.Locator(".agenda-steps .step").Filter(new() { HasText = step }).First.ClickAsync();
            await Expect(phone.Locator($"#stage [data-exercise='{type}']")).ToBeVisibleAsync();
            if (type != "ladder-gap")
            {
                await SetPhaseAsync("Open");
                await Expect(phone.Locator("#stage > .stage")).ToHaveAttributeAsync("data-phase", "open");
                await CheckAsync(phone, $"phone, {type} open");
                if (type == "board")
                    await CheckAsync(facilitator, "console, board open");

                // The simulated room fills it.
                await Expect(display.Locator(".screen-count strong")).ToHaveTextAsync(FiveOrMore());
                await SetPhaseAsync("Shown");
                await Expect(display.Locator(".stage-results")).ToBeVisibleAsync();
            }

            await CheckAsync(display, $"room, {type} shown");
            await CheckAsync(phone, $"phone, {type} shown");
            await CheckAsync(facilitator, $"console, {type} shown");
        }

        await facilitator.GotoAsync($"{server.Url}/hr/workshops");
        await CheckAsync(facilitator, "HR");
        await facilitator.Locator("table.shelf a").First.ClickAsync();
        await CheckAsync(facilitator, "HR, one workshop");
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
        Assert.Empty(people.Accidents);

        async Task SetPhaseAsync(string phase)
        {
            var button = facilitator.GetByRole(AriaRole.Group, new() { Name = "Phase" }).GetByRole(AriaRole.Button, new() { Name = phase, Exact = true });
            await button.ClickAsync();
            await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        }
    }

    private async Task CheckAsync(IPage page, string screen)
    {
        foreach (var (scheme, rules) in new[] { (ColorScheme.Light, Rules), (ColorScheme.Dark, RulesOfColour) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var found = await page.RunAxe(rules);
            problems.AddRange(found.Violations.Select(violation =>
                $"{screen}, {scheme}: {violation.Id}, {violation.Help}\n{string.Join('\n', violation.Nodes.Take(4).Select(node => $"    {node.Target}  {string.Join("; ", node.Any.Select(check => check.Message))}\n    {node.Html}"))}"));
        }

        if (page.ViewportSize is { Width: 320 } && await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is > 320 and var width)
            problems.Add($"{screen}: {width} pixels wide on a phone of 320");
    }

    [GeneratedRegex(@"http://\S+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?:[5-9]|\d\d+)$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FiveOrMore();
}
