using System.Globalization;

namespace Loyalty.Tests.Printing;

public sealed class RazorPrinterTests(PrintingHost host) : IClassFixture<PrintingHost>
{
    [Fact]
    public async Task Document_is_written_in_the_culture_asked_for_and_leaves_the_callers_alone()
    {
        var before = CultureInfo.CurrentCulture;

        var job = await host.Razor.RenderAsync<Letter>(new Dictionary<string, object?>(), CultureInfo.GetCultureInfo("de-DE"));

        Assert.Contains("<html lang=\"de-DE\" dir=\"ltr\">", job.Html, StringComparison.Ordinal);
        Assert.Contains(">3,5<", job.Html, StringComparison.Ordinal);
        Assert.Equal(before, CultureInfo.CurrentCulture);
    }

    [Fact]
    public async Task Document_asks_for_nothing_outside_itself()
    {
        var job = await host.Razor.RenderAsync<Letter>(new Dictionary<string, object?>(), CultureInfo.InvariantCulture);

        Assert.Contains("default-src 'none'", job.Html, StringComparison.Ordinal);
        Assert.Contains("url(data:font/woff2;base64,", job.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", job.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", job.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(.", job.Html, StringComparison.Ordinal);
    }
}
