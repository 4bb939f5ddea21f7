using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Loyalty.Web.Printing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Loyalty.Tests.Printing;

public sealed class PdfPrinterTests(PrintingHost host) : IClassFixture<PrintingHost>
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_printed_is_tagged_and_carries_title_language_and_bookmarks()
    {
        var pdf = await PrintAsync(await host.Razor.RenderAsync<Letter>(new Dictionary<string, object?>(), English));

        Assert.Equal("A letter", pdf.Title);
        Assert.Equal("en-GB", pdf.Language);
        Assert.True(pdf.IsTagged);
        Assert.Equal(["The ladder", "What people said", "Next page"], pdf.Bookmarks);
        Assert.Superset(new HashSet<string>(["H1", "H2", "P", "Table", "TH", "TD"]), pdf.Structure.Select(element => element.Role).ToHashSet());
        Assert.Contains(new PdfElement("Figure", "Three rungs of five"), pdf.Structure);
    }

    [Fact]
    public async Task Document_printed_keeps_its_text_its_pages_and_numbers_them()
    {
        var pdf = await PrintAsync(await host.Razor.RenderAsync<Letter>(new Dictionary<string, object?>(), English));

        Assert.Equal(2, pdf.Pages.Count);
        Assert.Contains("Efficient offers, “quoted” — in Łódź.", pdf.Pages[0], StringComparison.Ordinal);
        Assert.Contains("Rung Grade\nCourtesy 3.5", pdf.Pages[0], StringComparison.Ordinal);
        Assert.Contains("1 of 2", pdf.Pages[0], StringComparison.Ordinal);
        Assert.Contains("2 of 2", pdf.Pages[1], StringComparison.Ordinal);
        Assert.All(pdf.Pages, page => Assert.Contains("A letter", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fonts_of_a_document_are_embedded_as_fonts()
    {
        var pdf = await PrintAsync(await host.Razor.RenderAsync<Letter>(new Dictionary<string, object?>(), English));

        Assert.NotEmpty(pdf.Fonts);
        Assert.All(pdf.Fonts, font => Assert.True(font.IsEmbedded, font.Name));
        Assert.All(pdf.Fonts, font => Assert.Contains("SourceSans3", font.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hostile_words_are_printed_as_words()
    {
        const string Hostile = "</title></style></blockquote><script>document.body.textContent='taken over'</script>\"\\a { } */";
        var pdf = await PrintAsync(await host.Razor.RenderAsync<Letter>(
            new Dictionary<string, object?> { ["Title"] = Hostile, ["Said"] = Hostile }, English));

        Assert.Equal(Hostile, pdf.Title);
        Assert.Equal(3, Unbroken(pdf.Text).Split(Unbroken(Hostile)).Length - 1); // the quotation, and the foot of two pages
    }

    [Fact]
    public async Task Script_in_a_document_does_not_run()
    {
        var pdf = await PrintAsync(new PrintJob(
            "<!DOCTYPE html><p id=a>untouched</p><script>document.getElementById('a').textContent = 'touched'</script><img src='data:,' onerror='document.body.textContent = 1'>"));

        Assert.Equal("untouched", pdf.Text);
    }

    [Fact]
    public async Task Document_that_names_addresses_fetches_none_of_them()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/";

        var pdf = await PrintAsync(new PrintJob($"""
            <!DOCTYPE html><link rel="preconnect" href="{address}"><link rel="stylesheet" href="{address}a.css">
            <style>body {"{"} background: url({address}b.png) {"}"}</style>
            <p>Here</p><img src="{address}c.png" alt=""><iframe src="{address}d"></iframe><object data="{address}e"></object>
            """));

        Assert.Contains("Here", pdf.Text, StringComparison.Ordinal);
        Assert.False(server.Pending());
    }

    [Fact]
    public async Task Document_of_several_readers_is_printed_for_each_of_them()
    {
        var prints = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => PrintAsync(new PrintJob($"<!DOCTYPE html><p>Copy {i}</p>"))));

        Assert.Equal(Enumerable.Range(1, 6).Select(i => $"Copy {i}"), prints.Select(pdf => pdf.Text));
    }

    [Fact]
    public async Task Browser_killed_between_two_prints_is_started_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds the browser's processes by /proc.");
        await using var services = PrintingHost.Services(host.Directory);
        var printer = services.GetRequiredService<PdfPrinter>();
        await PrintAsync(printer, new PrintJob("<!DOCTYPE html><p>Before</p>"));

        Assert.NotEqual(0, host.KillBrowsers());

        Assert.Equal("After", (await PrintAsync(printer, new PrintJob("<!DOCTYPE html><p>After</p>"))).Text);
    }

    [Fact]
    public async Task Browser_that_does_not_start_is_passed_over_for_the_next()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there does the build bring a browser.");
        await using var services = PrintingHost.Services(host.Directory, options => options.SystemBrowsers = ["/bin/false"]);

        var pdf = await PrintAsync(services.GetRequiredService<PdfPrinter>(), new PrintJob("<!DOCTYPE html><p>Here</p>"));

        Assert.Equal("Here", pdf.Text);
    }

    [Fact]
    public async Task Machine_without_a_browser_says_so()
    {
        await using var services = PrintingHost.Services(host.Directory, options =>
        {
            options.SystemBrowsers = [];
            options.BundledDirectory = Path.Combine(host.Directory, "nothing");
        });

        var result = await services.GetRequiredService<PdfPrinter>().PrintAsync(new PrintJob("<p>Here</p>"), Cancellation);

        var none = Assert.IsType<PdfResult.NoBrowser>(result);
        Assert.False(services.GetRequiredService<IStringLocalizer<PrintingText>>()[none.Sentence].ResourceNotFound);
    }

    [Fact]
    public async Task Browser_configured_but_absent_is_not_replaced_by_another()
    {
        await using var services = PrintingHost.Services(host.Directory, options => options.ChromiumPath = Path.Combine(host.Directory, "absent"));

        var result = await services.GetRequiredService<PdfPrinter>().PrintAsync(new PrintJob("<p>Here</p>"), Cancellation);

        var none = Assert.IsType<PdfResult.NoBrowser>(result);
        Assert.False(services.GetRequiredService<IStringLocalizer<PrintingText>>()[none.Sentence].ResourceNotFound);
    }

    [Fact]
    public async Task Print_that_takes_longer_than_allowed_fails_and_says_so()
    {
        await using var services = PrintingHost.Services(host.Directory, options => options.Timeout = TimeSpan.FromMilliseconds(1));

        var result = await services.GetRequiredService<PdfPrinter>().PrintAsync(new PrintJob("<p>Here</p>"), Cancellation);

        var failed = Assert.IsType<PdfResult.Failed>(result);
        Assert.Equal("PrintTooSlow", failed.Sentence);
        Assert.False(services.GetRequiredService<IStringLocalizer<PrintingText>>()[failed.Sentence].ResourceNotFound);
    }

    [Fact]
    public async Task Print_given_up_by_its_reader_ends()
    {
        using var givenUp = new CancellationTokenSource();
        await givenUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Printer.PrintAsync(new PrintJob("<p>Here</p>"), givenUp.Token));
    }

    private Task<PdfFile> PrintAsync(PrintJob job) => PrintAsync(host.Printer, job);

    private static async Task<PdfFile> PrintAsync(PdfPrinter printer, PrintJob job) =>
        PdfFile.Read(Assert.IsType<PdfResult.Printed>(await printer.PrintAsync(job, Cancellation)).Bytes);

    /// <summary>Long words are broken over lines.</summary>
    private static string Unbroken(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
