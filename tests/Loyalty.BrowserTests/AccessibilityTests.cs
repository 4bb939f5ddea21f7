using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <summary>
/// Every kind of screen against WCAG 2.2 AA as far as a machine can tell, in light and dark; no phone screen wider than 320 pixels;
/// and every exercise answered on the phone without a finger or a mouse.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed partial class AccessibilityTests(BrowserFixture browsers) : IAsyncDisposable
{
    private static readonly ExerciseCatalogue Catalogue = ExerciseCatalogue.Discover();
    private static readonly ExerciseRulebook Rulebook = new(Catalogue.All.Select(t => t.Rules));
    private static readonly ImmutableArray<Activity> Library = [.. CurriculumLibrary.Load("en").Modules.SelectMany(m => m.Activities)];

    private readonly Axe axe = new();
    private readonly People people = new(browsers);
    private ServerProcess? server;

    public async ValueTask DisposeAsync()
    {
        await people.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task Every_exercise_type_on_phone_console_and_room_display()
    {
        server = await ServerProcess.StartAsync("--Loyalty:Simulation:Speed", "40");
        var (phone, facilitator, room) = await RehearseAsync(EveryType());
        var console = facilitator.Page;
        foreach (var activity in EveryType())
        {
            await console.Locator(".agenda-steps .step").Filter(new() { HasText = activity.Title }).ClickAsync();
            await Expect(console.Locator("#stage-title")).ToHaveTextAsync(activity.Title);
            await Expect(phone.Stage.Locator($"[data-exercise='{activity.Type}']")).ToBeVisibleAsync();
            if (Catalogue.Of(activity).Rules.TakesAnswers)
            {
                await facilitator.NextAsync("Open for answers", phone);
                await phone.OpenAsync(activity.Type);
                await AnswerAsync(activity, phone, facilitator);
                await Expect(room.Locator(".screen-count strong")).ToHaveTextAsync(FiveOrMore());
                await console.GetByRole(AriaRole.Button, new() { Name = "Shown", Exact = true }).ClickAsync();
                await phone.ShowsAsync(activity.Type, "revealed");
                await Expect(room.Locator(".stage-results")).ToBeVisibleAsync();
            }

            await Task.WhenAll(
                axe.LookAsync(phone.Page, $"phone, {activity.Type} shown"),
                axe.LookAsync(console, $"console, {activity.Type} shown", "main"),
                axe.LookAsync(room, $"room, {activity.Type} shown"));
        }

        axe.AssertNothingFound();
        Assert.Empty(people.Accidents);
    }

    /// <summary>Through all parts that the exercise has.</summary>
    private async Task AnswerAsync(Activity activity, Phone phone, Facilitator facilitator)
    {
        while (true)
        {
            await Task.WhenAll(axe.LookAsync(phone.Page, $"phone, {activity.Type} open"), axe.LookAsync(facilitator.Page, $"console, {activity.Type} open", "main"));
            await phone.AnswerByKeyboardAsync();
            if (await facilitator.NextWordsAsync() != "Next part")
                break;
            await facilitator.NextAsync("Next part", phone);
        }
    }

    [Fact]
    public async Task Pages_before_and_after_a_workshop()
    {
        server = await ServerProcess.StartAsync("--demo");
        var phone = await people.NewPageAsync(320, 640, phone: true);
        await LookAtAsync(phone, "/");
        await LookAtAsync(phone, new Uri(await AddressAsync("Join (this computer)")).AbsolutePath);

        var page = await people.NewPageAsync(1440, 900);
        await LookAtAsync(page, "/sign-in");
        var password = (await server.LineWithAsync(" Password ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        await page.SignInAsync(server.Url, "administrator@demo.loyalty", password);
        await page.WaitForURLAsync("**/workshops");

        foreach (var path in new[] { "/workshops", "/workshops/new", "/programmes", "/people", "/operations" })
        {
            await page.OpenLiveAsync(server.Url + path);
            await axe.LookAsync(page, path);
        }

        var finished = new Uri(await AddressAsync("/report")).AbsolutePath;
        foreach (var path in new[] { "/hr", "/hr/follow-up", "/hr/follow-up/reminders", "/hr/workshops", "/hr/people", "/hr/organisations", "/hr/exports", "/trends", "/access-tokens", "/change-password", finished })
            await LookAtAsync(page, path);
        await LookInsideAsync(page, "/hr/workshops", "table.shelf a");
        await LookInsideAsync(page, "/hr", "table.shelf tbody a");
        await LookAtTheLibraryAsync(page);
        await LookAtTheEditorAsync(page);
        axe.AssertNothingFound();
        Assert.Empty(people.Accidents);
    }

    private async Task LookAtAsync(IPage page, string path)
    {
        await page.GotoAsync(server!.Url + path);
        await axe.LookAsync(page, path);
    }

    /// <summary>Follows the first link of a list to what it is a list of.</summary>
    private async Task LookInsideAsync(IPage page, string path, string link)
    {
        await page.GotoAsync(server!.Url + path);
        await page.Locator(link).First.ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath != path);
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await axe.LookAsync(page, $"{path}, one of them");
    }

    private async Task LookAtTheEditorAsync(IPage page)
    {
        await page.OpenLiveAsync($"{server!.Url}/programmes/new");
        await axe.LookAsync(page, "programme, empty");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin with: Ninety minutes" }).ClickAsync();
        await Expect(page.Locator(".agenda-row")).Not.ToHaveCountAsync(0);
        await axe.LookAsync(page, "programme");
        await page.Locator(".row-title").Filter(new() { HasText = "Name one of each" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator(".room-preview")).ToBeVisibleAsync();
        await axe.LookAsync(page, "programme, a step", ".editor");
    }

    private async Task LookAtTheLibraryAsync(IPage page)
    {
        await page.OpenLiveAsync($"{server!.Url}/library");
        await axe.LookAsync(page, "library");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("Grade our success");
        await page.Locator(".picker-activity").First.ClickAsync();
        await Expect(page.Locator(".room-preview")).ToBeVisibleAsync();
        await axe.LookAsync(page, "library, an activity", "main");
    }

    private async Task<string> AddressAsync(string words) => Address().Match(await server!.LineWithAsync(words)).Value;

    /// <summary>A rehearsal of one activity of each type, with a phone of the narrowest kind in it.</summary>
    private async Task<(Phone Phone, Facilitator Facilitator, IPage Room)> RehearseAsync(ImmutableArray<Activity> agenda)
    {
        var facilitator = new Facilitator(await people.NewPageAsync(1440, 900), server!.Url);
        var line = await server.LineWithAsync("/setup?token=");
        await facilitator.SetUpAsync(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
        await facilitator.ImportAsync(new Programme("A bit of everything", "", "en", Programme.UsualStart, agenda.Sum(a => a.Minutes), agenda));
        var draft = await facilitator.PlanAsync("Everything once", "Harbour & Sons", "A bit of everything", "Reception", "Kitchen");
        var (_, code) = await facilitator.RehearseAsync(draft, participants: 24);
        var phone = await people.NewPhoneAsync("Somebody with quite a long name", "Kitchen", width: 320, height: 640);
        await phone.JoinByLinkAsync(server.Url, code, () => axe.LookAsync(phone.Page, "phone, asked to compare"));
        var room = await people.NewPageAsync(1920, 1080);
        await room.OpenLiveAsync($"{server.Url}/room/{code}");
        await Task.WhenAll(axe.LookAsync(phone.Page, "phone, lobby"), axe.LookAsync(room, "room, lobby"), axe.LookAsync(facilitator.Page, "console, lobby"));
        return (phone, facilitator, room);
    }

    /// <summary>The sample of every type that there is; those that look back on something come after it.</summary>
    private static ImmutableArray<Activity> EveryType()
    {
        var samples = Catalogue.All.Select(SampleOf).ToList();
        var inputs = samples.SelectMany(sample => Rulebook.InputsOf(sample)).Distinct().Select(id => Library.Single(a => a.Id == id)).ToList();
        return [.. inputs, .. samples.Where(sample => inputs.All(input => input.Type != sample.Type)).OrderBy(sample => Rulebook.InputsOf(sample).Length)];
    }

    private static Activity SampleOf(ExerciseType type) => new(
        new ActivityId(type.Name), type.Name, $"“{type.Name}” on screen", "Every type", 8, type.Rules.NeedsNames ? Anonymity.Facilitator : Anonymity.Named,
        type.Rules.TakesAnswers ? "What do you say to this, and why do you say it?" : "", "Take your time.", "What surprises you?", JsonSerializer.Deserialize<JsonElement>(type.Sample.Settings), SpeakerNotes.None);

    [GeneratedRegex(@"http://\S+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?:[5-9]|\d\d+)$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FiveOrMore();
}
