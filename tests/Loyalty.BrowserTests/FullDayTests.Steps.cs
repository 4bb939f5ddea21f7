using System.Globalization;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <content>What is done in every activity of the day.</content>
public sealed partial class FullDayTests
{
    /// <summary>How views say that they have nothing to show.</summary>
    private static readonly string[] Nothing = ["No answers yet", "Results appear once", "There is nothing to compare yet", "There is nothing to work on"];

    private static ExerciseRules RulesOf(Activity activity) => Catalogue.Of(activity).Rules;

    /// <summary>Enough for the threshold by far. A few simulated people never answer; and where one writes for a whole group, there are as many answers as groups.</summary>
    private static int EnoughOf(Activity activity) => activity is { Type: "group-work", Anonymity: not Anonymity.Anonymous } ? 3 : 7;

    private Task EachAsync(Func<Phone, Task> act) => Task.WhenAll(phones.Select(act));

    private async Task<int> AnsweredAsync() => int.Parse((await facilitator.Page.Locator(".stage-count strong").TextContentAsync())!, CultureInfo.InvariantCulture);

    /// <summary>Console and room display count at least so many; the simulated people go on answering.</summary>
    private async Task CountsAsync(int answers)
    {
        await facilitator.Page.WaitForFunctionAsync("answers => Number(document.querySelector('.stage-count strong')?.textContent) >= answers", answers);
        await room.WaitForFunctionAsync("answers => Number(document.querySelector('.screen-count strong')?.textContent) >= answers", answers);
    }

    /// <summary>Nothing is wider than its screen.</summary>
    private async Task LooksRightAsync()
    {
        foreach (var page in phones.Select(phone => phone.Page).Append(room))
        {
            var (width, screen) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), page.ViewportSize!.Width);
            Assert.True(width <= screen, $"{width} pixels wide on a screen of {screen}.");
        }
    }

    private async Task TakePicturesAsync(Activity activity, string moment)
    {
        if (Pictures is null || (!RulesOf(activity).HasResults && moment != "shown"))
            return;
        var name = Path.Combine(Pictures, string.Create(CultureInfo.InvariantCulture, $"{Day.Activities.IndexOf(activity):00}-{activity.Id}-{moment}"));
        await room.ScreenshotAsync(new() { Path = name + "-room.png" });
        await phones[^1].Page.ScreenshotAsync(new() { Path = name + "-phone.png", FullPage = true });
    }
}
