using System.Collections;
using System.Collections.Immutable;
using Microsoft.Playwright;

namespace Loyalty.Web.Printing;

internal abstract record ChromiumStart
{
    private ChromiumStart()
    {
    }

    public sealed record Started(IBrowser Browser) : ChromiumStart;

    /// <summary><c>Sentence</c> is a key of <see cref="PrintingText"/>.</summary>
    public sealed record None(string Sentence) : ChromiumStart;
}

/// <summary>Starts the first browser found that will start, in a fresh profile that goes with it.</summary>
internal sealed class ChromiumLauncher(ChromiumFinder finder, ILogger<ChromiumLauncher> logger)
{
    private static readonly ImmutableArray<string> Arguments =
    [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // The same letter spacing on every machine, whatever its screen fonts are tuned for.
        "--font-render-hinting=none",
    ];

    public async Task<ChromiumStart> StartAsync(IPlaywright playwright, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var any = false;
        await foreach (var chromium in finder.FindAsync(cancellation))
        {
            any = true;
            if (await StartAsync(playwright, chromium, arguments) is { } browser)
            {
                logger.BrowserStarted(chromium.Path);
                return new ChromiumStart.Started(browser);
            }
        }

        if (any)
        {
            return new ChromiumStart.None("BrowserDidNotStart");
        }

        logger.NoBrowser();
        return new ChromiumStart.None("NoBrowser");
    }

    private async Task<IBrowser?> StartAsync(IPlaywright playwright, Chromium chromium, IReadOnlyList<string> arguments)
    {
        // Chromium refuses to be sandboxed as root, which is who a container usually runs as. For anybody else only an
        // attempt tells: containers and some distributions forbid the user namespaces that the sandbox is built on.
        if (!IsRoot)
        {
            try
            {
                return await playwright.Chromium.LaunchAsync(OptionsFor(chromium, arguments, sandbox: true));
            }
            catch (PlaywrightException) when (OperatingSystem.IsLinux())
            {
                logger.SandboxRefused(chromium.Path);
            }
            catch (PlaywrightException exception)
            {
                logger.BrowserRefused(exception, chromium.Path);
                return null;
            }
        }

        try
        {
            return await playwright.Chromium.LaunchAsync(OptionsFor(chromium, arguments, sandbox: false));
        }
        catch (PlaywrightException exception)
        {
            logger.BrowserRefused(exception, chromium.Path);
            return null;
        }
    }

    private static bool IsRoot => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    private static BrowserTypeLaunchOptions OptionsFor(Chromium chromium, IReadOnlyList<string> arguments, bool sandbox) => new()
    {
        ExecutablePath = chromium.Path,
        Args = [.. Arguments, .. arguments],
        ChromiumSandbox = sandbox,
        Env = chromium.Environment.IsEmpty ? null : Inherited().Concat(chromium.Environment)
            .GroupBy(pair => pair.Key, pair => pair.Value)
            .ToDictionary(group => group.Key, group => group.Last()),
    };

    /// <summary>Giving the browser any variable replaces all of them, so ours go along.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Inherited() =>
        from DictionaryEntry entry in Environment.GetEnvironmentVariables()
        select KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "");
}
