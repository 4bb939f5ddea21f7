using System.IO.Compression;
using System.Net;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Identity;
using Loyalty.Web.Features.ActionPlans.Bulk;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.ActionPlans;

public sealed class PlanPrintsTests
{
    private const int Others = 3;

    private static Task<FinishedWorkshop> WorkshopAsync() => FinishedWorkshop.CreateAsync(more: (_, _, plan) =>
    [
        .. Enumerable.Range(0, Others).Select(_ => ParticipantId.New()).SelectMany(id => (Command[])
        [
            new Command.Join(id, "Same Name", "Kitchen", Guid.NewGuid()),
            new Command.Submit(EntryKey.New(), plan, id, null, Fields.Of(("do", "final"), ("c1.what", "Greet everybody"), ("c1.opportunity", "attitude"))),
        ]),
    ]);

    private static async Task<string> AskAsync(Browser browser, string format)
    {
        var answer = await browser.PostAsync("/hr", "/hr/prints", new() { ["as"] = format });
        var page = Browser.LeadsTo(answer)!;
        Assert.StartsWith("/hr/prints/", page, StringComparison.Ordinal);
        return page;
    }

    private static async Task<PlanPrint> FinishedAsync(FinishedWorkshop workshop, string page)
    {
        var owner = (await workshop.DatabaseAsync()).Users.Single(u => u.Email == "hr@example.org").Id;
        var print = workshop.App.Services.GetRequiredService<PlanPrints>().Find(Guid.Parse(page.Split('/')[^1]), owner)!;
        while (!print.IsOver)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        return print;
    }

    [Fact]
    public async Task Zip_holds_every_plan_once_and_is_given_to_whoever_asked_for_it()
    {
        await using var workshop = await WorkshopAsync();
        var hr = await workshop.App.SignedInAsync("hr@example.org");
        var page = await AskAsync(hr, "zip");
        var print = await FinishedAsync(workshop, page);

        Assert.Equal((PrintState.Done, Others + 1), (print.State, print.Printed));
        var file = await hr.GetAsync(page + "/file");
        using var zip = new ZipArchive(await file.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["Anna Sample.pdf", "Same Name 2.pdf", "Same Name 3.pdf", "Same Name.pdf"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await (await workshop.App.SignedInAsync("admin@example.org")).GetAsync(page + "/file")).StatusCode);
        Assert.Contains("Plans as ZIP", await hr.ReadAsync("/hr/exports"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_file_of_all_plans_is_a_PDF_and_is_gone_with_the_files_that_were_made()
    {
        await using var workshop = await WorkshopAsync();
        var hr = await workshop.App.SignedInAsync("hr@example.org");
        var page = await AskAsync(hr, "pdf");
        Assert.Equal(PrintState.Done, (await FinishedAsync(workshop, page)).State);

        var bytes = await (await hr.GetAsync(page + "/file")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("%PDF-"u8.ToArray(), bytes[..5]);

        foreach (var file in Directory.EnumerateFiles(Path.Combine(workshop.App.DataDirectory, "exports")))
            File.Delete(file);
        Assert.Equal(HttpStatusCode.NotFound, (await hr.GetAsync(page + "/file")).StatusCode);
    }

    [Fact]
    public async Task Cancelled_print_leaves_no_file()
    {
        await using var workshop = await WorkshopAsync();
        var prints = workshop.App.Services.GetRequiredService<PlanPrints>();
        var plans = (await workshop.App.Services.GetRequiredService<Loyalty.Web.Features.ActionPlans.PlanSearch>()
            .AllAsync(new(null, null, null, null, null, null, null, null), TestContext.Current.CancellationToken));
        var print = prints.Ask(Guid.NewGuid(), [.. Enumerable.Repeat(plans, 100).SelectMany(p => p)], zip: true, new Uri("https://loyalty.example.org"), System.Globalization.CultureInfo.InvariantCulture)!;

        await print.Cancel.CancelAsync();
        while (!print.IsOver)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Equal(PrintState.Cancelled, print.State);
        Assert.False(File.Exists(Path.Combine(workshop.App.DataDirectory, "exports", print.FileName)));
    }
}
