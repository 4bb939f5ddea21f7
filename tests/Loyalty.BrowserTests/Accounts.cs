using Microsoft.Playwright;

namespace Loyalty.BrowserTests;

/// <summary>How people with an account get in.</summary>
internal static class Accounts
{
    private const string Password = "a long enough passphrase";

    /// <summary>Opens a link that works once, the server's own or an invitation, and chooses name and password. Signed in from then on.</summary>
    /// <param name="email">Asked for by the server's own link only; an invitation knows it.</param>
    public static async Task AcceptAsync(this IPage page, string link, string name, string? email = null)
    {
        await page.GotoAsync(link);
        await page.GetByLabel("Your name").FillAsync(name);
        if (email is not null)
            await page.GetByLabel("Email address").FillAsync(email);
        await page.Locator("input[type=password]").First.FillAsync(Password);
        await page.Locator("input[type=password]").Last.FillAsync(Password);
        await SubmitAsync(page);
    }

    public static async Task SignInAsync(this IPage page, string server, string email, string password = Password)
    {
        await page.GotoAsync($"{server}/sign-in");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await SubmitAsync(page);
    }

    private static Task SubmitAsync(IPage page) => page.Locator("main button.button-primary").ClickAsync();
}
