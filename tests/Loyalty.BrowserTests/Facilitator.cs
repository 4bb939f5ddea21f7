using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <summary>The one who prepares and leads; also the administrator of a fresh server.</summary>
internal sealed class Facilitator(IPage page, string server)
{
    private const int MostPresses = 30;

    public IPage Page => page;

    /// <summary>Opens the one-time link and creates the first account, which stays signed in.</summary>
    public async Task SetUpAsync(string link)
    {
        await page.GotoAsync(link);
        await page.GetByLabel("Your name").FillAsync("Ada Admin");
        await page.GetByLabel("Email address").FillAsync("ada@example.org");
        await page.Locator("input[type=password]").First.FillAsync("a long enough passphrase");
        await page.Locator("input[type=password]").Last.FillAsync("a long enough passphrase");
        await page.Locator("main button.button-primary").ClickAsync();
        await page.WaitForURLAsync("**/people");
    }

    /// <summary>Plans a workshop with the ninety-minute agenda. Returns its id.</summary>
    public async Task<string> PlanAsync(string title, string organisation, params string[] departments)
    {
        await page.OpenLiveAsync($"{server}/workshops/new");
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByLabel("Client organisation").FillAsync(organisation);
        await page.GetByLabel("Departments").FillAsync(string.Join('\n', departments));
        await page.Locator(".agenda").Filter(new() { HasText = "Ninety minutes" }).Locator("input[type=radio]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the workshop" }).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/workshops/", StringComparison.Ordinal) && !url.EndsWith("/new", StringComparison.Ordinal));
        return new Uri(page.Url).Segments[^1];
    }

    /// <summary>Starts it from its page, which leads to the console. Returns the join code.</summary>
    public async Task<string> StartAsync(string workshop)
    {
        await page.OpenLiveAsync($"{server}/workshops/{workshop}");
        var code = await page.Locator("dd.code").TextContentAsync();
        await page.UntilLiveAsync(async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
            await page.WaitForURLAsync("**/console");
            await page.ReloadAsync();
        });
        return code!.Trim();
    }

    /// <summary>Presses the big button, which must say these words, and waits until the given phone has heard of it.</summary>
    public async Task NextAsync(string words, Phone witness)
    {
        // The console takes a second press within a third of a second for the same one, and a test is quicker than a hand: like
        // a hand, it presses again if nothing happened. If the first press was only slow, the button says other words by then.
        var before = await witness.Stage.GetAttributeAsync("data-revision");
        for (var presses = 1; ; presses++)
        {
            await page.Locator(".moves-next").Filter(new() { HasText = words }).ClickAsync();
            try
            {
                await Expect(witness.Stage).Not.ToHaveAttributeAsync("data-revision", before!, new() { Timeout = 1_000 });
                return;
            }
            catch (PlaywrightException) when (presses < MostPresses)
            {
                // Pressed again.
            }
        }
    }

    /// <summary>Shows so many more points of a screen that has several.</summary>
    public async Task ThroughThePointsAsync(int points, Phone witness)
    {
        for (var point = 0; point < points; point++)
            await NextAsync("Next point", witness);
    }

    public async Task EndAsync(Phone witness)
    {
        await page.Locator(".moves-next").Filter(new() { HasText = "End the workshop" }).ClickAsync();
        await page.Locator("dialog[open] .button-primary").ClickAsync();
        await Expect(witness.Stage).ToHaveAttributeAsync("data-status", "ended");
    }
}
