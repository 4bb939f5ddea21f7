using Loyalty.Engine.Curriculum;
using Loyalty.Web.Exercises.Contract;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <summary>
/// The whole day in a rehearsal: simulated people and two phones go through every activity. Each is opened, answered, closed and
/// revealed; while the first of each exercise type is open, the server loses its power; and at the end each has its part in the report.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed partial class FullDayTests(BrowserFixture browsers) : IAsyncLifetime
{
    /// <summary>The id of the activity to begin with, for whoever works on one of them: the day is long.</summary>
    private static readonly string? From = Environment.GetEnvironmentVariable("LOYALTY_TEST_FROM");

    /// <summary>A folder for pictures of every exercise on the room display and on the narrow phone.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("LOYALTY_TEST_PICTURES");

    private const int Simulated = 24;

    private static readonly Agenda Day = CurriculumLibrary.Load("en").Agendas.Single(a => a.Id == "full-day");

    private static readonly ExerciseCatalogue Catalogue = ExerciseCatalogue.Discover();

    private readonly People people = new(browsers);
    private readonly List<Phone> phones = [];
    private readonly HashSet<string> restartedInto = [];
    private ServerProcess server = null!;
    private Facilitator facilitator = null!;
    private IPage room = null!;
    private string workshop = "";

    private Phone Witness => phones[0];

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync("--Loyalty:Simulation:Speed", "40");
        facilitator = new Facilitator(await people.NewPageAsync(1440, 900), server.Url);
        room = await people.NewPageAsync(1920, 1080);
    }

    public async ValueTask DisposeAsync()
    {
        await people.DisposeAsync();
        await server.DisposeAsync();
    }

    // It takes more than five minutes, so it runs on request: `-explicit only`. EveryActivityTests holds the same in process on every run.
    [Fact(Explicit = true)]
    public async Task Every_activity_is_opened_answered_revealed_restarted_into_and_reported()
    {
        await ArriveAsync();
        var played = Day.Activities.SkipWhile(a => From is not null && a.Id.Value != From).ToList();
        foreach (var activity in played)
        {
            try
            {
                await PlayAsync(activity);
                if (activity != played[^1])
                    await facilitator.NextAsync("Next step", Witness);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"“{activity.Title}” ({activity.Id}, {activity.Type}): {e.Message}", e);
            }
        }

        await facilitator.EndAsync(Witness);
        Assert.Equal(played.Where(a => RulesOf(a).TakesAnswers).Select(a => a.Type).Distinct().Order(), restartedInto.Order());
        await ReportsAsync(played);
        Assert.Empty(people.Accidents);
    }

    private async Task ArriveAsync()
    {
        var line = await server.LineWithAsync("/setup?token=");
        await facilitator.SetUpAsync(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
        var draft = await facilitator.PlanAsync("The whole day", "Harbour & Sons", Day.Title, "Reception", "Kitchen");
        (workshop, var code) = await facilitator.RehearseAsync(draft, Simulated);
        await room.OpenLiveAsync($"{server.Url}/room/{code}");
        phones.Add(await people.NewPhoneAsync("Ada Brook", "Reception"));
        phones.Add(await people.NewPhoneAsync("Bartłomiej Őz", "Kitchen", width: 320, height: 640));
        await EachAsync(phone => phone.JoinByLinkAsync(server.Url, code));
        await Expect(facilitator.Page.Locator(".people-here strong")).ToHaveTextAsync($"{Simulated + phones.Count}");
        if (From is null)
            await facilitator.NextAsync("Begin", Witness);
        else
            await facilitator.Page.Locator(".agenda-steps .step").Filter(new() { HasText = Day.Activities.Single(a => a.Id.Value == From).Title }).First.ClickAsync();
    }

    private async Task PlayAsync(Activity activity)
    {
        await Expect(facilitator.Page.Locator("#stage-title")).ToHaveTextAsync(activity.Title);
        var rules = RulesOf(activity);
        if (rules.TakesAnswers)
        {
            await facilitator.NextAsync("Open for answers", Witness);
            await EachAsync(phone => phone.OpenAsync(activity.Type));
            await AnswerAsync(activity);
            if (restartedInto.Add(activity.Type))
                await LosePowerAsync(activity);
            await facilitator.NextAsync("Close answers", Witness);
            await ApproveAsync();
            await facilitator.NextAsync("Show the results", Witness);
            await EachAsync(phone => phone.ShowsAsync(activity.Type, "revealed"));
            await ShowsResultsAsync();
        }

        while (await facilitator.NextWordsAsync() == "Next point")
            await facilitator.NextAsync("Next point", Witness);
        if (!rules.TakesAnswers && rules.HasResults)
            await ShowsInsightAsync();
        await LooksRightAsync();
        await TakePicturesAsync(activity, "shown");
        Assert.DoesNotContain(server.Output.Split('\n'), l => l.StartsWith("fail:", StringComparison.Ordinal) || l.StartsWith("crit:", StringComparison.Ordinal) || l.StartsWith("Unhandled exception", StringComparison.Ordinal));
    }

    /// <summary>Through all parts that the exercise has; in each, the phones give what they are asked for.</summary>
    private async Task AnswerAsync(Activity activity)
    {
        while (true)
        {
            await LooksRightAsync();
            await EachAsync(phone => phone.AnswerAsync(phones.IndexOf(phone)));
            await TakePicturesAsync(activity, "answered");
            await LooksRightAsync();
            if (await facilitator.NextWordsAsync() != "Next part")
                break;
            await facilitator.NextAsync("Next part", Witness);
            var part = await Witness.Stage.GetAttributeAsync("data-part");
            await EachAsync(phone => Expect(phone.Stage).ToHaveAttributeAsync("data-part", part!));
        }

        await CountsAsync(EnoughOf(activity));
    }

    /// <summary>In the middle of it, and nobody touches anything: one phone comes back by itself, the other is opened anew.</summary>
    private async Task LosePowerAsync(Activity activity)
    {
        var own = await Task.WhenAll(phones.Select(phone => phone.OwnAnswerAsync()));
        var answered = await AnsweredAsync();

        await server.KillAsync();
        await Expect(room.Locator("[data-server-lost]")).ToBeVisibleAsync();
        await Expect(facilitator.Page.Locator("[data-server-lost]").First).ToBeVisibleAsync();
        await EachAsync(phone => Expect(phone.Pill).ToHaveTextAsync("Reconnecting …"));
        await server.StartAgainAsync();

        await Expect(room.Locator("[data-server-lost]")).ToBeHiddenAsync();
        await Expect(facilitator.Page.Locator("[data-server-lost]").First).ToBeHiddenAsync();
        await Expect(phones[0].Pill).ToHaveTextAsync("Connected");
        await phones[1].Page.ReloadAsync();
        await EachAsync(phone => phone.OpenAsync(activity.Type));
        await Task.WhenAll(phones.Zip(own, (phone, answer) => phone.ShowsOwnAnswerAsync(answer)));
        await CountsAsync(answered);
    }

    /// <summary>On a board where the facilitator reads first, nothing is shown that was not approved.</summary>
    private async Task ApproveAsync()
    {
        var approve = facilitator.Page.Locator(".board-console .tools .button-primary");
        while (await approve.IsVisibleAsync())
        {
            var words = await approve.TextContentAsync();
            await approve.ClickAsync();
            await facilitator.Page.WaitForFunctionAsync("words => document.querySelector('.board-console .tools .button-primary')?.textContent !== words", words);
        }
    }

    private async Task ShowsResultsAsync()
    {
        await Expect(room.Locator(".screen-phase")).ToHaveTextAsync("Our result");
        await Expect(room.Locator(".stage-results .stage-body")).ToBeVisibleAsync();
        await Expect(room.Locator(".stage-results .stage-body")).Not.ToBeEmptyAsync();
        await Expect(room.Locator(".stage-note")).ToHaveCountAsync(0);
    }

    private async Task ShowsInsightAsync()
    {
        await Expect(room.Locator(".screen-main")).Not.ToContainTextAsync("There is nothing to compare yet");
        await Expect(room.Locator(".screen-main > *").First).Not.ToBeEmptyAsync();
    }

    /// <summary>Each exercise and insight has a part in the report that says something.</summary>
    private async Task ReportsAsync(IReadOnlyList<Activity> played)
    {
        var page = facilitator.Page;
        await page.GotoAsync($"{server.Url}/workshops/{workshop}/report");
        foreach (var activity in played.Where(a => RulesOf(a).HasResults))
        {
            var part = page.Locator("section.report-activity").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = activity.Title, Exact = true }) });
            Assert.True(await part.CountAsync() == 1, $"“{activity.Title}” ({activity.Id}) has no part in the report.");
            var words = (await part.InnerTextAsync()).Replace(activity.Title, "", StringComparison.Ordinal).Trim();
            if (activity.Prompt.Length > 0) // an insight asks nothing
                words = words.Replace(activity.Prompt, "", StringComparison.Ordinal).Trim();
            Assert.True(words.Length > 0, $"“{activity.Title}” ({activity.Id}) has an empty part in the report.");
            Assert.True(!Nothing.Any(nothing => words.Contains(nothing, StringComparison.Ordinal)), $"“{activity.Title}” ({activity.Id}) says in the report: {words}");
        }

        if (Pictures is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "report.png"), FullPage = true });
    }
}
