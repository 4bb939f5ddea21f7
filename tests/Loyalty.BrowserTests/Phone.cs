using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <summary>One participant's phone. Every answer waits until the phone itself says that the server has it.</summary>
internal sealed partial class Phone(IPage page, string name, string department)
{
    public IPage Page => page;

    public string Name => name;

    public string Department => department;

    /// <summary>What its anonymous answers have in common with those of another workshop; null if they may not be compared.</summary>
    public string? ComparisonCode { get; private set; }

    /// <summary>The tokens that it holds for anonymous activities.</summary>
    public async Task<string> TokensAsync() => await page.EvaluateAsync<string>("Object.keys(localStorage).filter(key => key.endsWith('.slots')).map(key => localStorage[key]).join()");

    /// <summary>What is on stage: the activity's type is on the form or view in it, its phase on itself.</summary>
    public ILocator Stage => page.Locator("#stage > .stage");

    public ILocator Status => page.Locator("#status");

    public ILocator Pill => page.Locator("#pill");

    private ILocator Send => page.Locator("#answer button.primary[type=submit]:visible");

    public async Task JoinByCodeAsync(string server, string code)
    {
        await page.GotoAsync(server);
        await page.GetByLabel("Code").FillAsync(code.ToLowerInvariant());
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await IntroduceAsync();
    }

    /// <param name="asked">What to do while the phone asks whether its answers may be compared.</param>
    public async Task JoinByLinkAsync(string server, string code, Func<Task>? asked = null)
    {
        await page.GotoAsync($"{server}/j/{code}");
        await IntroduceAsync(asked);
    }

    public Task OpenAsync(string type) => ShowsAsync(type, "open");

    public Task ShowsAsync(string type, string phase) => page.Locator($"#stage > .stage[data-phase='{phase}'] [data-exercise='{type}']").WaitForAsync();

    public Task SavedAsync() => page.Locator("#status", new() { HasText = "Saved." }).WaitForAsync();

    /// <summary>Posts to the column of this label.</summary>
    public async Task PostAsync(string column, string text)
    {
        await page.Locator("label.board-column").Filter(new() { HasText = column }).First.ClickAsync();
        await page.Locator("#board-text").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Post" }).ClickAsync();
        await SavedAsync();
    }

    public ILocator OwnPosts => page.Locator("[data-own-items] [data-text]");

    public async Task ScoreAsync(int score, string why)
    {
        await ScoreUnsentAsync(score, why);
        await SavedAsync();
    }

    /// <summary>Presses "send", and does not wait for what becomes of it.</summary>
    public async Task ScoreUnsentAsync(int score, string why)
    {
        await page.Locator($"label.number-choice:has(input[value='{score}'])").ClickAsync();
        await NextStepAsync();
        await page.Locator("#why").FillAsync(why);
        await Send.ClickAsync();
    }

    /// <summary>Counts with the thumb, or types, as different people do.</summary>
    public async Task CountAsync(int[] numbers, bool byThumb = false)
    {
        await FillCountersAsync(numbers, byThumb);
        await Send.ClickAsync();
        await SavedAsync();
    }

    /// <summary>Counts on two questions, one after the other.</summary>
    public async Task TallyAsync(int[] received, int[] given)
    {
        await FillCountersAsync(received, byThumb: false);
        await NextStepAsync();
        await FillCountersAsync(given, byThumb: false);
        await Send.ClickAsync();
        await SavedAsync();
    }

    /// <summary>Puts lists in order by tapping; an empty one is left out.</summary>
    public async Task RankAsync(params string[][] lists)
    {
        for (var i = 0; i < lists.Length; i++)
        {
            foreach (var item in lists[i])
                await Rows.Filter(new() { HasText = item }).Locator("button[aria-pressed]").ClickAsync();
            if (i < lists.Length - 1)
                await NextStepAsync();
        }

        await Send.ClickAsync();
        await SavedAsync();
    }

    /// <summary>The same with the keyboard alone.</summary>
    public async Task RankByKeyboardAsync(params string[][] lists)
    {
        for (var i = 0; i < lists.Length; i++)
        {
            // In any order first, and then each to its place with the arrows.
            foreach (var item in lists[i].Reverse())
                await Rows.Filter(new() { HasText = item }).Locator("button[aria-pressed]").PressAsync("Enter");
            for (var place = 0; place < lists[i].Length; place++)
            {
                var row = Rows.Filter(new() { HasText = lists[i][place] });
                for (var at = lists[i].Length - 1; at > place; at--)
                    await row.Locator("[data-by='-1']").PressAsync("Space");
                await Expect(Rows.Nth(place)).ToContainTextAsync(lists[i][place]);
            }

            if (i < lists.Length - 1)
                await page.Locator(".steps button.primary").PressAsync("Enter");
        }

        await Send.PressAsync("Enter");
        await SavedAsync();
    }

    /// <summary>Gives grades such as "A-", or "?" for "can't say": for each rung, one for each subject.</summary>
    public async Task GradeAsync(params string[][] rungs)
    {
        for (var i = 0; i < rungs.Length; i++)
        {
            for (var subject = 0; subject < rungs[i].Length; subject++)
            {
                var row = page.Locator("fieldset.grades:visible .grade-row").Nth(subject);
                await row.Locator($"[data-letter='{rungs[i][subject][0]}']").ClickAsync();
                if (rungs[i][subject] is [_, var sign])
                    await row.Locator($"[data-sign='{sign}']").ClickAsync();
            }

            if (i < rungs.Length - 1)
                await NextStepAsync();
        }

        await Send.ClickAsync();
        await SavedAsync();
    }

    public async Task PlanAsync(string what, string opportunity, string step, DateOnly by)
    {
        await page.Locator("[name='c1.what']").FillAsync(what);
        await page.Locator("label.choice:has([name='c1.opportunity'])").Filter(new() { HasText = opportunity }).ClickAsync();
        await page.Locator("[name='c1.step']").FillAsync(step);
        await page.Locator("[name='c1.by']").FillAsync($"{by:yyyy-MM-dd}");
        await DoneAsync();
        await SavedAsync();
    }

    public Task DoneAsync() => page.GetByRole(AriaRole.Button, new() { Name = "I am done" }).ClickAsync();

    private ILocator Rows => page.Locator("fieldset.ranking:visible .ranking-list > li");

    private Task NextStepAsync() => page.Locator(".steps button.primary").ClickAsync();

    private async Task FillCountersAsync(int[] numbers, bool byThumb)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var counter = page.Locator(".counter:visible").Nth(i);
            if (!byThumb)
                await counter.Locator("input").FillAsync($"{numbers[i]}");
            for (var n = 0; byThumb && n < numbers[i]; n++)
                await counter.Locator("[data-by='1']").ClickAsync();
        }
    }

    private async Task IntroduceAsync(Func<Task>? asked = null)
    {
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Your department").SelectOptionAsync(department);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(Stage).ToBeVisibleAsync();
        await Expect(Pill).ToHaveTextAsync("Connected");
        await (asked?.Invoke() ?? Task.CompletedTask);
        await DecideToCompareAsync();
    }

    /// <summary>The reception agrees to be compared with another workshop, the kitchen does not. Whoever types a wrong code is told so.</summary>
    private async Task DecideToCompareAsync()
    {
        var card = page.Locator("#compare");
        if (department != "Reception")
        {
            await card.GetByRole(AriaRole.Button, new() { Name = "No, thank you" }).ClickAsync();
        }
        else
        {
            ComparisonCode = await card.GetByLabel("Your code").InputValueAsync();
            await card.GetByLabel("Your code").FillAsync("0OI1L");
            await card.GetByRole(AriaRole.Button, new() { Name = "Yes, compare mine" }).ClickAsync();
            await Expect(card.Locator(".field-error")).ToBeVisibleAsync();
            await Expect(card.GetByLabel("Your code")).ToBeFocusedAsync();
            await card.GetByLabel("Your code").FillAsync(ComparisonCode.ToLowerInvariant());
            await card.GetByRole(AriaRole.Button, new() { Name = "Yes, compare mine" }).ClickAsync();
        }

        await Expect(card.GetByLabel("Your code")).ToBeHiddenAsync();
        await Expect(card).ToContainTextAsync(ComparisonCode ?? "not compared");
    }
}
