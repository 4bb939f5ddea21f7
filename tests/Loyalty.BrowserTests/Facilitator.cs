using System.Text;
using Loyalty.Engine.Curriculum;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <summary>The one who prepares and leads; also the administrator of a fresh server.</summary>
internal sealed class Facilitator(IPage page, string server)
{
    public IPage Page => page;

    /// <summary>Opens the one-time link and creates the first account, which stays signed in.</summary>
    public async Task SetUpAsync(string link)
    {
        await page.AcceptAsync(link, "Ada Admin", "ada@example.org");
        await page.WaitForURLAsync("**/people");
    }

    /// <summary>Makes an invitation to one role (administrators only). Returns its link.</summary>
    public async Task<string> InviteAsync(string email, string role)
    {
        await page.OpenLiveAsync($"{server}/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
        await page.GetByLabel("Email address").FillAsync(email);
        foreach (var choice in await page.Locator(".check-field").AllAsync())
            await choice.GetByRole(AriaRole.Checkbox).SetCheckedAsync(await choice.Locator("strong").TextContentAsync() == role);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the invitation" }).ClickAsync();
        return await page.Locator("#invitation-link").InputValueAsync();
    }

    /// <summary>Brings in a programme from a file, which becomes the facilitator's own.</summary>
    public async Task ImportAsync(Programme programme)
    {
        await page.OpenLiveAsync($"{server}/programmes");
        await page.Locator("#import-file").SetInputFilesAsync(new FilePayload { Name = "programme.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(ProgrammeFile.Write(programme)) });
        await page.WaitForURLAsync(url => Guid.TryParse(new Uri(url).Segments[^1], out _));
    }

    /// <summary>Plans a workshop with one of the ready-made agendas or programmes. Returns its id.</summary>
    public async Task<string> PlanAsync(string title, string organisation, string agenda, params string[] departments)
    {
        await page.OpenLiveAsync($"{server}/workshops/new");
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByLabel("Client organisation").FillAsync(organisation);
        await page.GetByLabel("Departments").FillAsync(string.Join('\n', departments));
        await page.GetByLabel("Ask people whether they may be compared").CheckAsync();
        await page.Locator(".agenda").Filter(new() { HasText = agenda }).Locator("input[type=radio]").CheckAsync();
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

    /// <summary>Rehearses a workshop with so many simulated participants, which leads to the console. Returns the rehearsal's id and join code.</summary>
    public async Task<(string Workshop, string Code)> RehearseAsync(string workshop, int participants)
    {
        await page.OpenLiveAsync($"{server}/workshops/{workshop}/rehearse");
        await page.GetByLabel("Participants").FillAsync($"{participants}");
        await page.UntilLiveAsync(async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
            await page.WaitForURLAsync("**/console");
            await page.ReloadAsync();
        });
        var code = await page.Locator(".join-code").TextContentAsync();
        return (new Uri(page.Url).Segments[^2].Trim('/'), code!.Replace(" ", "", StringComparison.Ordinal).Trim());
    }

    /// <summary>What the big button would do now.</summary>
    public async Task<string> NextWordsAsync() => (await page.Locator(".moves:not([aria-busy]) .moves-next .moves-words > span").First.TextContentAsync())!;

    /// <summary>Presses the big button, which must say these words, and waits until the console and the given phone show what came of it.</summary>
    public async Task NextAsync(string words, Phone witness)
    {
        var (before, seen) = (await page.Locator(".console").GetAttributeAsync("data-revision"), await witness.Stage.GetAttributeAsync("data-revision"));

        // Done hundreds of times a day, so not by assertions: they look again after a second, and a wait does after a moment.
        await Next(words).ClickAsync();
        await page.Locator($".console:not([data-revision='{before}'])").WaitForAsync();
        await witness.Page.Locator($"#stage > .stage:not([data-revision='{seen}'])").WaitForAsync();
    }

    /// <summary>Shows so many more points of a screen that has several.</summary>
    public async Task ThroughThePointsAsync(int points, Phone witness)
    {
        for (var point = 0; point < points; point++)
            await NextAsync("Next point", witness);
    }

    public async Task EndAsync(Phone witness)
    {
        await Next("End the workshop").ClickAsync();
        await page.Locator("dialog[open] .button-primary").ClickAsync();
        await Expect(witness.Stage).ToHaveAttributeAsync("data-status", "ended");
    }

    // While the console is busy with the last press, it takes another for the same one.
    private ILocator Next(string words) => page.Locator(".moves:not([aria-busy]) .moves-next").Filter(new() { HasText = words });
}
