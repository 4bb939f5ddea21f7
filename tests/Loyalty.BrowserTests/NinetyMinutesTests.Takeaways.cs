using Loyalty.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <content>What is left when everybody has gone home: each plan with its author.</content>
public sealed partial class NinetyMinutesTests
{
    private async Task TakePlansHomeAsync()
    {
        var author = phones[1];
        await Expect(author.Page.Locator($".plan-links a[href='/j/{code}/plan.pdf']")).ToBeVisibleAsync();
        var own = await PdfAsync(author.Page, $"{server.Url}/j/{code}/plan.pdf");
        Assert.Contains(author.Name, WordsOf(own), StringComparison.Ordinal);
        Assert.Contains(CommitmentOf(author), WordsOf(own), StringComparison.Ordinal);
        Assert.DoesNotContain(CommitmentOf(phones[0]), WordsOf(own), StringComparison.Ordinal);

        // The private link goes on working when the workshop is over.
        var page = author.Page;
        await page.Locator(".plan-links a[href$='/plan']").ClickAsync();
        await page.WaitForURLAsync("**/plan/*");
        await StaysWithinItsScreenAsync(page);
        var what = page.Locator("[name='c1.what']");
        await Expect(what).ToHaveValueAsync(CommitmentOf(author));
        await what.FillAsync("I changed my mind at home");
        await page.GetByRole(AriaRole.Button, new() { Name = "I am done" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved.");
        var changed = await PdfAsync(page, $"{page.Url}/plan.pdf");
        Assert.Contains("I changed my mind at home", WordsOf(changed), StringComparison.Ordinal);
    }

    // Where a line of paper happens to end is nobody's business here.
    private static string WordsOf(PdfFile pdf) => pdf.Text.Replace('\n', ' ');

    // With the cookies of this phone, as its browser would fetch it.
    private static async Task<PdfFile> PdfAsync(IPage page, string url)
    {
        var response = await page.Context.APIRequest.GetAsync(url);
        Assert.Equal("application/pdf", response.Headers["content-type"]);
        return PdfFile.Read(await response.BodyAsync());
    }
}
