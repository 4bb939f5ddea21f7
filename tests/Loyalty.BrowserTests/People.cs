using Microsoft.Playwright;

namespace Loyalty.BrowserTests;

/// <summary>
/// Everybody in one test, each with a browser of their own, and what went wrong in any of them. If the test fails, pictures of what
/// each of them saw last are in the folder <c>TestResults</c> beside the test program.
/// </summary>
internal sealed class People(BrowserFixture browsers) : IAsyncDisposable
{
    private readonly List<IPage> pages = [];
    private readonly List<string> accidents = [];

    /// <summary>
    /// Nothing in the product opens a dialog of the browser's, and no script may fail: either would be somebody's words at work, or a defect.
    /// </summary>
    public IReadOnlyList<string> Accidents => accidents;

    public async Task<IPage> NewPageAsync(int width, int height, bool phone = false)
    {
        var page = await browsers.NewPersonAsync(width, height, phone);
        pages.Add(page);
        page.Dialog += async (_, dialog) =>
        {
            accidents.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.PageError += (_, error) => accidents.Add($"script: {error}");
        return page;
    }

    public async Task<Phone> NewPhoneAsync(string name, string department, int width = 390, int height = 844) =>
        new(await NewPageAsync(width, height, phone: true), name, department);

    public async ValueTask DisposeAsync()
    {
        foreach (var page in pages)
        {
            try
            {
                if (TestContext.Current.TestState?.Result == TestResult.Failed)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "TestResults", $"{TestContext.Current.TestMethod?.MethodName}-{pages.IndexOf(page)}.png") });
            }
            catch (PlaywrightException)
            {
                // What failed may have been the page itself; the test's own exception says so.
            }

            await page.Context.CloseAsync();
        }
    }
}
