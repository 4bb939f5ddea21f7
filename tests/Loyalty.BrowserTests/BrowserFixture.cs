using Loyalty.Web.Printing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Loyalty.BrowserTests;

/// <summary>One Chromium for all browser tests: the same that prints, found the same way.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const int Patience = 60_000; // milliseconds

    private IPlaywright? playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // Long enough for a machine that has much else to do: what is waited for comes, or never does.
        Assertions.SetDefaultExpectTimeout(Patience);

        var options = Options.Create(new PrintingOptions
        {
            ChromiumPath = Environment.GetEnvironmentVariable("LOYALTY_CHROMIUM"),
            CacheDirectory = Path.Combine(Path.GetTempPath(), "loyalty-browser-tests"),
        });
        var finder = new ChromiumFinder(options, new BundledChromium(options, NullLogger<BundledChromium>.Instance));
        playwright = await Playwright.CreateAsync();
        Browser = await new ChromiumLauncher(finder, NullLogger<ChromiumLauncher>.Instance).StartAsync(playwright, [], CancellationToken.None) is ChromiumStart.Started started
            ? started.Browser
            : throw new InvalidOperationException("There is no Chromium to test with; the npm restore of src/Loyalty.Web brings one on Linux x64.");
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.CloseAsync();
        playwright?.Dispose();
    }

    /// <summary>A person's own browser: nothing is shared with the others.</summary>
    public async Task<IPage> NewPersonAsync(int width, int height, bool phone = false)
    {
        var context = await Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            IsMobile = phone,
            HasTouch = phone,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
