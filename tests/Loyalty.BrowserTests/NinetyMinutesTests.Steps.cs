using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <content>What the story says again and again.</content>
public sealed partial class NinetyMinutesTests
{
    private Task EachAsync(Func<Phone, Task> act) => Task.WhenAll(phones.Select(act));

    private async Task OpenAsync(string type)
    {
        await facilitator.NextAsync("Open for answers", Witness);
        await EachAsync(phone => phone.OpenAsync(type));
    }

    private async Task CloseAndRevealAsync(int answered)
    {
        await Expect(room.Locator(".screen-count strong")).ToHaveTextAsync($"{answered}");
        await facilitator.NextAsync("Close answers", Witness);
        await facilitator.NextAsync("Show the results", Witness);
        await Expect(room.Locator(".stage-results")).ToBeVisibleAsync();
    }

    /// <summary>What is not revealed is not sent: it is nowhere in the room display's page.</summary>
    private async Task HidesAsync(string[] hidden)
    {
        var html = await room.ContentAsync();
        Assert.All(hidden, words => Assert.DoesNotContain(words, html, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>As the words that were typed, with the name that the label announced.</summary>
    private Task ShowsPostAsync(string kind, string words, string author) =>
        Expect(room.Locator($".column-{kind} .words").Filter(new() { HasText = words })).ToHaveTextAsync($"{words} – {author}");

    private async Task ShowsLadderAsync(int index, string[] rungs, string[] means, string agreement, int count)
    {
        var ladder = room.Locator(".ladder").Nth(index);
        await Expect(ladder.Locator(".rung-name")).ToContainTextAsync(rungs);
        await Expect(ladder.Locator(".rung-mean")).ToHaveTextAsync(means);
        await Expect(ladder.Locator(".ladder-agreement")).ToContainTextAsync($"Kendall’s W {agreement}");
        await Expect(ladder.Locator(".ladder-agreement")).ToContainTextAsync($"n = {count}");
    }

    /// <summary>The organisation's cell of a row has these; the department's is a B and one's own an A−.</summary>
    private async Task ShowsGradesAsync(int row, string letter, string mean, int count)
    {
        var cells = room.Locator(".card-table tbody tr").Nth(row).Locator("td");
        await Expect(cells.Locator(".card-letter")).ToHaveTextAsync([letter, "B", "A−"]);
        await Expect(cells.First.Locator(".card-numbers")).ToContainTextAsync(mean);
        await Expect(cells.First.Locator(".card-numbers")).ToContainTextAsync($"n = {count}");
        await Expect(cells.Last.Locator(".card-numbers")).ToContainTextAsync("3.7");
    }

    /// <summary>As with the blank key of a clicker, and back.</summary>
    private async Task DarkenTheRoomAsync()
    {
        await facilitator.Page.Keyboard.PressAsync(".");
        await Expect(room.Locator(".screen-dark")).ToBeVisibleAsync();
        await Expect(room.Locator("body")).Not.ToContainTextAsync(Title);
        await facilitator.Page.Keyboard.PressAsync("b");
        await Expect(room.Locator("h1")).ToHaveTextAsync(Title);
    }

    private static async Task StaysWithinItsScreenAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{page.Url} is wider than its screen.");
}
