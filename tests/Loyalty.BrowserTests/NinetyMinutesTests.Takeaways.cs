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
    private const string ChangedMind = "I changed my mind at home";

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
        await what.FillAsync(ChangedMind);
        await page.GetByRole(AriaRole.Button, new() { Name = "I am done" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved.");
        var changed = await PdfAsync(page, $"{page.Url}/plan.pdf");
        Assert.Contains(ChangedMind, WordsOf(changed), StringComparison.Ordinal);
    }

    private async Task HandPlansToHRAsync()
    {
        var link = await facilitator.InviteAsync("hanna@example.org", "HR");
        await hr.AcceptAsync(link, "Hanna Resources");
        await hr.WaitForURLAsync("**/hr");
        await hr.Context.ClearCookiesAsync();
        await hr.SignInAsync(server.Url, "hanna@example.org");
        await hr.WaitForURLAsync("**/hr");
        await hr.GotoAsync($"{server.Url}/hr/workshops");
        await hr.GetByRole(AriaRole.Link, new() { Name = Title }).ClickAsync();
        await Expect(hr.Locator("table.shelf tbody tr")).ToHaveCountAsync(7);
        await Expect(hr.Locator("main")).ToContainTextAsync("7 participants, 7 plans, 7 of them finished.");

        var one = await DownloadPdfAsync(AriaRole.Link, $"Plan of {HostileNameShown} as PDF");
        Assert.True(one.IsTagged);
        HoldsPlanOf(phones[2], WordsOf(one));
        await UntilChangedPlanHasReachedHRAsync();

        var merged = await DownloadPdfAsync(AriaRole.Button, "One PDF");
        HoldAllPlans([.. merged.Pages.Select(WithoutLineEnds)]);
        Assert.Equal(
            phones.SelectMany(phone => new[] { ShownName(phone), FinalCommitmentOf(phone) }).Order(StringComparer.Ordinal),
            merged.Bookmarks.Order(StringComparer.Ordinal));

        using var zip = new ZipArchive(new MemoryStream(await DownloadAsync(AriaRole.Button, "ZIP, one PDF each")));
        Assert.Contains($"{phones[4].Name}.pdf", zip.Entries.Select(entry => entry.Name));
        HoldAllPlans([.. zip.Entries.Select(entry => WordsOf(PdfFile.Read(ReadAll(entry))))]);

        var csv = Encoding.UTF8.GetString(await DownloadAsync(AriaRole.Link, "Everything as CSV"));
        var lines = csv.Split('\n');
        Assert.Single(lines, line => line.Contains("She brings her sister every time 🎂", StringComparison.Ordinal) && line.Contains("Ada Brook", StringComparison.Ordinal));
        Assert.All(phones, phone => Assert.Contains(lines, line => line.Contains(ShownName(phone), StringComparison.Ordinal) && line.Contains($"Begin with {phones.IndexOf(phone)} customers", StringComparison.Ordinal)));
        Assert.Contains(ChangedMind, csv, StringComparison.Ordinal);
        Assert.DoesNotContain(CommitmentOf(phones[1]), csv, StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=", csv, StringComparison.Ordinal);
        // Anonymous words of seven people are not given to anybody: it takes ten.
        Assert.DoesNotContain("Reason 0", csv, StringComparison.Ordinal);
    }

    /// <summary>Plans are drawn into HR's tables shortly after they were sent.</summary>
    private async Task UntilChangedPlanHasReachedHRAsync()
    {
        for (var tries = 1; ; tries++)
        {
            var text = WordsOf(await DownloadPdfAsync(AriaRole.Link, $"Plan of {phones[1].Name} as PDF"));
            if (tries == 20 || text.Contains(ChangedMind, StringComparison.Ordinal))
            {
                HoldsPlanOf(phones[1], text);
                return;
            }
        }
    }

    /// <summary>One text for each phone, with that phone's plan in it.</summary>
    private void HoldAllPlans(IReadOnlyList<string> texts)
    {
        Assert.Equal(phones.Count, texts.Count);
        Assert.All(phones, phone => HoldsPlanOf(phone, Assert.Single(texts, text => text.Contains(PrintedName(phone), StringComparison.Ordinal))));
    }

    private void HoldsPlanOf(Phone phone, string text)
    {
        Assert.Contains(PrintedName(phone), text, StringComparison.Ordinal);
        Assert.Contains(FinalCommitmentOf(phone), text, StringComparison.Ordinal);
        Assert.Contains(OpportunityOf(phone), text, StringComparison.Ordinal);
        Assert.Contains($"Begin with {phones.IndexOf(phone)} customers", text, StringComparison.Ordinal);
        Assert.Contains(By.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en")), text, StringComparison.Ordinal);
        Assert.Contains("<b>everybody</b>", text, StringComparison.Ordinal);
    }

    private string FinalCommitmentOf(Phone phone) => phone == phones[1] ? ChangedMind : CommitmentOf(phone);

    private static string WordsOf(PdfFile pdf) => WithoutLineEnds(pdf.Text);

    // Where a line of paper happens to end is nobody's business here.
    private static string WithoutLineEnds(string page) => page.Replace('\n', ' ');

    private static string ShownName(Phone phone) => phone.Name == HostileName ? HostileNameShown : phone.Name;

    // What is beyond the product's own typeface is printed with whatever fonts the machine has, if any; bookmarks and file names have it all.
    private static string PrintedName(Phone phone) => ShownName(phone).Replace(" 李", "", StringComparison.Ordinal);

    private async Task<PdfFile> DownloadPdfAsync(AriaRole role, string name) => PdfFile.Read(await DownloadAsync(role, name));

    private async Task<byte[]> DownloadAsync(AriaRole role, string name)
    {
        // Exactly: "ZIP, one PDF each" has "one PDF" in it, too.
        var download = await hr.RunAndWaitForDownloadAsync(() => hr.GetByRole(role, new() { Name = name, Exact = true }).ClickAsync());
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
