using System.Globalization;
using System.IO.Compression;
using System.Text;
using Loyalty.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <content>What is left when everybody has gone home: each plan with its author, and all of them with HR.</content>
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

    private async Task HandPlansToHRAsync()
    {
        var page = facilitator.Page;
        await page.GotoAsync($"{server.Url}/hr");
        await page.GetByRole(AriaRole.Link, new() { Name = Title }).ClickAsync();
        await Expect(page.Locator("table.shelf tbody tr")).ToHaveCountAsync(7);
        await Expect(page.Locator("main")).ToContainTextAsync("7 participants, 7 plans, 7 of them finished.");

        var one = PdfFile.Read(await DownloadAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = $"Plan of {HostileNameShown} as PDF" }).ClickAsync()));
        Assert.True(one.IsTagged);
        HoldsPlanOf(phones[2], CommitmentOf(phones[2]), WordsOf(one));

        var merged = PdfFile.Read(await DownloadAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "One PDF" }).ClickAsync()));
        Assert.Equal(7, merged.Pages.Count);
        Assert.All(phones, phone => HoldsPlanOf(phone, phone == phones[1] ? "I changed my mind at home" : CommitmentOf(phone), WordsOf(merged)));

        using var zip = new ZipArchive(new MemoryStream(await DownloadAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "ZIP, one PDF each" }).ClickAsync())));
        var files = zip.Entries.Select(entry => WordsOf(PdfFile.Read(ReadAll(entry)))).ToList();
        Assert.Equal(7, files.Count);
        Assert.All(phones, phone => Assert.Single(files, text => text.Contains(ShownName(phone), StringComparison.Ordinal)));

        var csv = Encoding.UTF8.GetString(await DownloadAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = "Everything as CSV" }).ClickAsync()));
        Assert.Contains("I changed my mind at home", csv, StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=", csv, StringComparison.Ordinal);
        // Anonymous answers are there, without anybody's name on their lines.
        Assert.DoesNotContain(csv.Split('\n'), line => line.Contains("Reason 0", StringComparison.Ordinal) && line.Contains("Ada", StringComparison.Ordinal));
    }

    private void HoldsPlanOf(Phone phone, string commitment, string text)
    {
        Assert.Contains(ShownName(phone), text, StringComparison.Ordinal);
        Assert.Contains(commitment, text, StringComparison.Ordinal);
        Assert.Contains(OpportunityOf(phone), text, StringComparison.Ordinal);
        Assert.Contains($"Begin with {phones.IndexOf(phone)} customers", text, StringComparison.Ordinal);
        Assert.Contains(By.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en")), text, StringComparison.Ordinal);
        Assert.Contains("<b>everybody</b>", text, StringComparison.Ordinal);
    }

    // Where a line of paper happens to end is nobody's business here.
    private static string WordsOf(PdfFile pdf) => pdf.Text.Replace('\n', ' ');

    private static string ShownName(Phone phone) => phone.Name == HostileName ? HostileNameShown : phone.Name;

    private static async Task<byte[]> DownloadAsync(IPage page, Func<Task> press)
    {
        var download = await page.RunAndWaitForDownloadAsync(press, new() { Timeout = 60_000 });
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    // With the cookies of this phone, as its browser would fetch it.
    private static async Task<PdfFile> PdfAsync(IPage page, string url)
    {
        var response = await page.Context.APIRequest.GetAsync(url);
        Assert.Equal("application/pdf", response.Headers["content-type"]);
        return PdfFile.Read(await response.BodyAsync());
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var all = new MemoryStream();
        content.CopyTo(all);
        return all.ToArray();
    }
}
