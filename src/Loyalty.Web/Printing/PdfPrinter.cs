using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Loyalty.Web.Printing;

/// <summary>
/// Prints HTML documents to tagged PDF in one headless browser, started by the first print and started again when it has
/// died. Documents are printed with scripts off and nothing fetched, two at a time; others wait their turn.
/// </summary>
internal sealed class PdfPrinter(ChromiumLauncher launcher, IOptions<PrintingOptions> options, TimeProvider time, ILogger<PdfPrinter> logger)
    : IAsyncDisposable
{
    /// <summary>Aborting requests is not enough: a page may ask for a mere connection, and names are looked up ahead.</summary>
    private static readonly string[] NoNetwork = ["--host-resolver-rules=MAP * ~NOTFOUND"];

    private readonly SemaphoreSlim _turns = new(2);
    private readonly Lock _gate = new();
    private Task<Session>? _session;
    private bool _disposed;

    public Task<PdfResult> PrintAsync(PrintJob job, CancellationToken cancellation) =>
        InTurnAsync(options.Value.Timeout, token => PrintInTurnAsync(browser => PrintAsync(browser, job, token), token), cancellation);

    /// <summary>Prints many documents, one after the other, on one page that stays open between them. Single prints get their turn in between.</summary>
    public PrintRun StartRun() => new(this);

    private async Task<PdfResult> InTurnAsync(TimeSpan timeout, Func<CancellationToken, Task<PdfResult>> print, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await _turns.WaitAsync(either.Token);
            try
            {
                return await print(either.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            logger.PrintTooSlow(timeout);
            return new PdfResult.Failed("PrintTooSlow");
        }
    }

    private async Task<PdfResult> PrintInTurnAsync(Func<IBrowser, Task<byte[]>> print, CancellationToken cancellation)
    {
        // A browser can die between two prints or in the middle of one; the second one that does so has a reason.
        for (var retry = false; ; retry = true)
        {
            var session = await CurrentSession().WaitAsync(cancellation);
            if (session.Start is not ChromiumStart.Started { Browser: var browser })
            {
                return new PdfResult.NoBrowser(((ChromiumStart.None)session.Start).Sentence);
            }

            try
            {
                return new PdfResult.Printed(await print(browser));
            }
            catch (PlaywrightException exception) when (!retry && !session.IsAlive)
            {
                logger.BrowserLost(exception);
            }
            catch (PlaywrightException exception)
            {
                logger.PrintFailed(exception);
                return new PdfResult.Failed("PrintFailed");
            }
        }
    }

    private async Task<byte[]> PrintAsync(IBrowser browser, PrintJob job, CancellationToken cancellation)
    {
        // Closing the context is what ends a page whose print was given up; a context of its own also keeps documents apart.
        var context = await NewContextAsync(browser);
        try
        {
            return await PrintAsync(context, job).WaitAsync(cancellation);
        }
        finally
        {
            await CloseAsync(context);
        }
    }

    private static Task<IBrowserContext> NewContextAsync(IBrowser browser) =>
        browser.NewContextAsync(new() { JavaScriptEnabled = false, Offline = true, ServiceWorkers = ServiceWorkerPolicy.Block });

    private async Task CloseAsync(IBrowserContext context)
    {
        try
        {
            await context.CloseAsync();
        }
        catch (PlaywrightException exception)
        {
            logger.AlreadyGone(exception);
        }
    }

    private static async Task<byte[]> PrintAsync(IBrowserContext context, PrintJob job)
    {
        await context.RouteAsync("**/*", route => route.AbortAsync());
        return await PrintAsync(await context.NewPageAsync(), job);
    }

    private static async Task<byte[]> PrintAsync(IPage page, PrintJob job)
    {
        await page.SetContentAsync(job.Html, new() { WaitUntil = WaitUntilState.Load });
        return await page.PdfAsync(new()
        {
            Format = "A4",
            PreferCSSPageSize = true,
            PrintBackground = true,
            Tagged = true,
            Outline = true,
        });
    }

    private Task<Session> CurrentSession()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_session is null or { IsCompleted: true } and not { IsCompletedSuccessfully: true, Result.IsAlive: true })
            {
                _session = ReplaceAsync(_session);
            }

            return _session;
        }
    }

    /// <summary>One start serves everybody who waits for it, so nobody's impatience cancels it.</summary>
    private async Task<Session> ReplaceAsync(Task<Session>? previous)
    {
        await Task.Yield(); // out of the lock
        await EndAsync(previous);

        IPlaywright playwright;
        try
        {
            playwright = await Playwright.CreateAsync();
        }
        catch (Exception exception) when (exception is PlaywrightException or IOException or System.ComponentModel.Win32Exception)
        {
            logger.DriverRefused(exception);
            return new Session(null, new ChromiumStart.None("BrowserDidNotStart"));
        }

        return new Session(playwright, await launcher.StartAsync(playwright, NoNetwork, CancellationToken.None));
    }

    private async Task EndAsync(Task<Session>? session)
    {
        if (session is null || await session is not { Playwright: { } playwright } ended)
        {
            return;
        }

        try
        {
            if (ended.Start is ChromiumStart.Started started)
            {
                await started.Browser.CloseAsync();
            }
        }
        catch (PlaywrightException exception)
        {
            logger.AlreadyGone(exception);
        }

        playwright.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Task<Session>? last;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            last = _session;
        }

        await EndAsync(last);
        _turns.Dispose();
    }

    /// <summary>A page that is kept between prints. Not to be used by two at once.</summary>
    public sealed class PrintRun(PdfPrinter printer) : IAsyncDisposable
    {
        private IPage? page;

        /// <param name="timeout">From the call to the last byte: a document of hundreds of pages needs longer than one of a few.</param>
        public Task<PdfResult> PrintAsync(PrintJob job, TimeSpan timeout, CancellationToken cancellation) =>
            printer.InTurnAsync(timeout, token => printer.PrintInTurnAsync(browser => PrintOnPageAsync(browser, job, token), token), cancellation);

        private async Task<byte[]> PrintOnPageAsync(IBrowser browser, PrintJob job, CancellationToken cancellation)
        {
            // Another browser than last time: the page went with the one before.
            if (page is null || page.IsClosed || page.Context.Browser != browser)
            {
                var context = await NewContextAsync(browser);
                await context.RouteAsync("**/*", route => route.AbortAsync());
                page = await context.NewPageAsync();
            }

            try
            {
                return await PdfPrinter.PrintAsync(page, job).WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                // Given up in the middle: the page is still busy with it.
                await DisposeAsync();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (page is { } last)
                await printer.CloseAsync(last.Context);
            page = null;
        }
    }

    private sealed record Session(IPlaywright? Playwright, ChromiumStart Start)
    {
        public bool IsAlive => Start is ChromiumStart.Started { Browser.IsConnected: true };
    }
}
