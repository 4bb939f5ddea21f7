using System.Text;
using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <summary>
/// A facilitator's own programme, from a ready-made agenda to a workshop that runs on it: a screen of their own, another order by
/// keyboard alone, a slip taken back, two versions, and the file that goes out and comes in.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class ProgrammeTests(BrowserFixture browsers) : IAsyncLifetime
{
    private const string Title = "Our own <i>morning</i>";
    private const string OwnStep = "How we do it here";

    private static readonly Agenda Agenda = CurriculumLibrary.Load("en").Agendas.Single(a => a.Id == "ninety-minutes");

    private readonly People people = new(browsers);
    private ServerProcess server = null!;
    private IPage page = null!;

    private ILocator Rows => page.Locator(".agenda-row");

    private ILocator OwnTitle => Rows.Filter(new() { HasText = OwnStep }).Locator(".row-title");

    private ILocator Lead => page.Locator(".page-header .lead");

    private ILocator Said => page.Locator(".visually-hidden[role=status]");

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        page = await people.NewPageAsync(1440, 900);
    }

    public async ValueTask DisposeAsync()
    {
        await people.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Programme_is_made_kept_in_versions_taken_elsewhere_and_planned_with()
    {
        var line = await server.LineWithAsync("/setup?token=");
        await new Facilitator(page, server.Url).SetUpAsync(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());

        await BeginWithAgendaAsync();
        await AddOwnScreenAsync();
        await ReorderByKeyboardAsync();
        await SaveTwoVersionsAsync();
        var exported = await ExportAsync();
        await RefuseBrokenFilesAsync(exported);
        await ImportAsync(exported);
        await PlanAWorkshopAsync();
        Assert.Empty(people.Accidents);
    }

    private async Task BeginWithAgendaAsync()
    {
        await page.OpenLiveAsync($"{server.Url}/programmes/new");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Begin with: {Agenda.Title}" }).ClickAsync();
        await Expect(page.Locator(".row-title")).ToHaveTextAsync(Agenda.Activities.Select(a => a.Title));
        await page.Locator("#programme-title").FillAsync(Title);
        await page.Locator("#programme-title").PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Title);
    }

    /// <summary>In Markdown; what is HTML in it stays words.</summary>
    private async Task AddOwnScreenAsync()
    {
        await page.Locator("#add-type").SelectOptionAsync("teach");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await page.GetByLabel("Name in the agenda").FillAsync(OwnStep);
        await page.Locator("#setting-headline").FillAsync("Three sentences");
        await page.Locator("#setting-markdown").FillAsync("We **never** say no.\n\n- First we listen\n- <b>Then</b> we ask");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        var preview = page.Locator(".room-preview .teach-prose");
        await Expect(preview.Locator("strong")).ToHaveTextAsync("never");
        await Expect(preview.Locator("li")).ToHaveTextAsync(["First we listen", "<b>Then</b> we ask"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep these changes" }).ClickAsync();
        await Expect(Rows.Last).ToContainTextAsync(OwnStep);
    }

    private async Task ReorderByKeyboardAsync()
    {
        // Whoever works without a mouse goes on where they were.
        await Expect(OwnTitle).ToBeFocusedAsync();
        foreach (var place in new[] { Agenda.Activities.Length, Agenda.Activities.Length - 1 })
        {
            await page.Keyboard.PressAsync("Alt+ArrowUp");
            await Expect(Said).ToContainTextAsync($"{OwnStep} is now step {place} of {Agenda.Activities.Length + 1}");
            await Expect(Rows.Nth(place - 1)).ToContainTextAsync(OwnStep);
            await Expect(OwnTitle).ToBeFocusedAsync();
        }

        // A slip, taken back.
        await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {OwnStep}" }).PressAsync("Enter");
        await Expect(Rows).ToHaveCountAsync(Agenda.Activities.Length);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).PressAsync("Enter");
        await Expect(Rows.Nth(Agenda.Activities.Length - 2)).ToContainTextAsync(OwnStep);
    }

    private async Task SaveTwoVersionsAsync()
    {
        await SaveAsync();
        await page.WaitForURLAsync(url => Guid.TryParse(new Uri(url).Segments[^1], out _));
        await Expect(Lead).ToHaveTextAsync("Version 1, saved");

        await page.GetByLabel($"Minutes for {OwnStep}").FillAsync("7");
        await page.GetByLabel($"Minutes for {OwnStep}").PressAsync("Tab");
        await Expect(Lead).ToHaveTextAsync("Version 1, with changes that are not saved yet");
        await SaveAsync();
        await Expect(Lead).ToHaveTextAsync("Version 2, saved");
        await Expect(page.Locator(".versions a")).ToHaveTextAsync(["Version 2", "Version 1"]);
    }

    private async Task<string> ExportAsync()
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export version 2" }).ClickAsync());
        var exported = await File.ReadAllTextAsync(await download.PathAsync());
        using var file = JsonDocument.Parse(exported);
        var own = Assert.Single(file.RootElement.GetProperty("activities").EnumerateArray(), a => a.GetProperty("title").GetString() == OwnStep);
        Assert.Equal(7, own.GetProperty("minutes").GetInt32());
        return exported;
    }

    /// <summary>With the line and the reason, and nothing is kept of it.</summary>
    private async Task RefuseBrokenFilesAsync(string exported)
    {
        await page.OpenLiveAsync($"{server.Url}/programmes");
        var lines = exported.Split('\n');
        var wrong = Array.FindIndex(lines, l => l.Contains("\"minutes\": 7", StringComparison.Ordinal));
        lines[wrong] = lines[wrong].Replace('7', '0');
        await ChooseFileAsync(string.Join('\n', lines));
        await Expect(page.Locator("#import-problems")).ToContainTextAsync("Nothing was imported.");
        await Expect(page.Locator("#import-problems li")).ToHaveTextAsync([$"Line {wrong + 1}: “minutes” should be a whole number from 1 to {Activity.MaxMinutes}."]);

        await ChooseFileAsync(string.Join('\n', lines.Take(3).Append("oops")));
        await Expect(page.Locator("#import-problems li")).ToHaveTextAsync(["Line 4: From here on it is not valid JSON."]);
        await page.ReloadAsync();
        await Expect(page.Locator(".programme-title")).ToHaveTextAsync([Title]);
    }

    private async Task ImportAsync(string exported)
    {
        await page.OpenLiveAsync($"{server.Url}/programmes");
        await ChooseFileAsync(exported);
        await page.WaitForURLAsync(url => Guid.TryParse(new Uri(url).Segments[^1], out _));
        await Expect(Lead).ToHaveTextAsync("Version 1, saved");
        await Expect(Rows).ToHaveCountAsync(Agenda.Activities.Length + 1);
        await Expect(Rows.Nth(Agenda.Activities.Length - 2)).ToContainTextAsync(OwnStep);
    }

    private async Task PlanAWorkshopAsync()
    {
        await page.UntilLiveAsync(async () =>
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Plan a workshop" }).ClickAsync();
            await page.WaitForURLAsync("**/workshops/new?programme=*");
            await page.ReloadAsync();
        });
        await Expect(page.Locator(".agenda.is-chosen")).ToContainTextAsync(Title);
        await page.GetByLabel("Title").FillAsync("Monday");
        await page.GetByLabel("Client organisation").FillAsync("Harbour & Sons");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the workshop" }).ClickAsync();
        await Expect(page.Locator(".steps .title")).ToHaveCountAsync(Agenda.Activities.Length + 1);
        await Expect(page.Locator(".steps .title").Nth(Agenda.Activities.Length - 2)).ToHaveTextAsync(OwnStep);
        await Expect(page.Locator(".origin a")).ToContainTextAsync(Title);
    }

    private Task SaveAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

    private Task ChooseFileAsync(string text) =>
        page.Locator("#import-file").SetInputFilesAsync(new FilePayload { Name = "programme.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(text) });
}
