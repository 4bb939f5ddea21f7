using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <content>Answers whatever is asked, as somebody does who has never seen the form before.</content>
internal sealed partial class Phone
{
    private const int MostPresses = 250;

    private const string OwnAnswer =
        """
        form => JSON.stringify([
          [...new FormData(form)].filter(([name, value]) => name[0] !== '_' && value !== '').map(pair => pair.join('=')).sort(),
          [...form.querySelectorAll('[data-own-items] [data-text]')].map(line => line.textContent)])
        """;

    // What somebody can do who has come to an element of the form with the Tab key; "unseen" if nothing shows where they are.
    private const string AtHand =
        """
        () => {
          const at = document.activeElement;
          if (!at?.closest('form#answer')) return 'elsewhere';
          const shows = element => element && (getComputedStyle(element).outlineStyle !== 'none' || getComputedStyle(element).boxShadow !== 'none');
          if (!shows(at) && !shows(at.closest('label'))) return `unseen: ${at.outerHTML}`;
          if (at.matches('button.primary[type=submit]')) return 'send';
          if (at.matches('.steps button.primary')) return 'go on';
          if (at.matches('input[type=radio], input[type=checkbox]')) return at.checked ? '' : 'choose';
          if (at.matches('button[aria-pressed]')) return at.closest('.grade-row, li')?.querySelector('[aria-pressed=true]') ? '' : 'choose';
          if (at.matches('input[type=number]')) return `count ${at.closest('form').querySelector('[data-total]')?.dataset.total ?? 3}`;
          return at.matches('textarea, input[type=text], input[type=date]') && !at.value ? at.type : '';
        }
        """;

    private ILocator Form => page.Locator("form#answer");

    private ILocator NextQuestion => page.Locator(".steps button.primary:visible");

    /// <summary>Gives something to every question that this phone is asked, and waits until it is saved. False if it is asked for nothing, as somebody who only tells a story.</summary>
    /// <param name="variety">Phones with different numbers answer differently.</param>
    public async Task<bool> AnswerAsync(int variety)
    {
        if (!await IsAskedAsync())
            return false;

        await FillAsync(variety);
        while (await NextQuestion.IsVisibleAsync())
        {
            await NextQuestion.ClickAsync();
            await FillAsync(variety);
        }

        await Send.First.ClickAsync();
        await SavedAsync();
        return true;
    }

    /// <summary>The same with the keyboard alone: Tab from one to the next, with something to see wherever one is.</summary>
    public async Task AnswerByKeyboardAsync()
    {
        if (!await IsAskedAsync())
            return;

        var counted = false;
        for (var presses = 0; presses < MostPresses; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var hand = await page.EvaluateAsync<string>(AtHand);
            switch (hand.Split(' ')[0])
            {
                case "choose":
                    await page.Keyboard.PressAsync("Space");
                    break;
                case "go":
                    await page.Keyboard.PressAsync("Enter");
                    break;
                case "textarea" or "text":
                    await page.Keyboard.TypeAsync("I listen first");
                    break;
                case "date":
                    await page.Keyboard.TypeAsync("14032031");
                    break;
                case "count" when !counted:
                    await page.Keyboard.PressAsync("ControlOrMeta+A");
                    await page.Keyboard.TypeAsync(hand.Split(' ')[1]);
                    counted = true;
                    break;
                case "send":
                    await page.Keyboard.PressAsync("Enter");
                    await SavedAsync();
                    return;
                case "unseen:":
                    Assert.Fail($"Nothing shows that the focus is here: {hand}");
                    break;
            }
        }

        Assert.Fail($"{MostPresses} times Tab do not lead to the end of the form.");
    }

    /// <summary>Everything of one's own that the form shows, to compare with later.</summary>
    public Task<string> OwnAnswerAsync() => Form.EvaluateAsync<string>(OwnAnswer);

    public Task ShowsOwnAnswerAsync(string answer) =>
        page.WaitForFunctionAsync($"answer => {{ const form = document.querySelector('form#answer'); return form && ({OwnAnswer})(form) === answer; }}", answer);

    private async Task<bool> IsAskedAsync()
    {
        if (await Form.Locator("button.primary[type=submit]").CountAsync() == 0)
            return false;

        // Nobody answers before they have read what they are given to answer.
        foreach (var dealt in await Form.Locator("[data-given='dealt']").AllAsync())
            await Expect(dealt).Not.ToBeEmptyAsync();

        // The same for what is dealt by showing some of it.
        if (await Form.Locator("[data-when^='item=']").CountAsync() > 0)
            await Form.Locator("[data-when^='item=']").Locator("visible=true").First.WaitForAsync();

        // What depends on a role is there once the phone has been told its group.
        if (await Form.Locator("[data-when^='role=']").CountAsync() == 0)
            await Expect(Send.Or(NextQuestion).First).ToBeVisibleAsync();
        else
            await Expect(Form.Locator("[data-given='group']").First).ToHaveTextAsync(AnyNumber());
        return await Send.Or(NextQuestion).First.IsVisibleAsync();
    }

    private async Task FillAsync(int variety)
    {
        foreach (var row in await Visible("fieldset.ranking .ranking-list > li button[aria-pressed]"))
            await row.ClickAsync();
        foreach (var row in await Visible(".grade-row"))
            await row.Locator("[data-letter]").Nth(variety).ClickAsync();
        foreach (var question in await NamesOfAsync("radio"))
        {
            var choices = Form.Locator($"label.choice:visible:has(input[name='{question}']:not([value='']))");
            await choices.Nth(Math.Max(0, await choices.CountAsync() - 1 - variety)).ClickAsync();
        }

        foreach (var box in await NamesOfAsync("checkbox"))
            await Form.Locator($"label.choice:visible:has(input[name='{box}'])").First.ClickAsync();
        await CountAsync();
        foreach (var number in await Visible(".score input[type=number]"))
            await number.FillAsync((await number.GetAttributeAsync(variety == 0 ? "max" : "min"))!);
        foreach (var date in await Visible("input[type=date]"))
            await date.FillAsync("2031-03-14");
        foreach (var (number, text) in (await Visible("textarea, input[type=text]")).Index())
            await text.FillAsync($"I ask first, and then I listen ({variety}.{number})");
    }

    /// <summary>All of what is to be shared out goes to one; where nothing is shared out, four of the first and one of each other.</summary>
    private async Task CountAsync()
    {
        var shared = Form.Locator("[data-total]");
        var total = await shared.CountAsync() > 0 ? int.Parse((await shared.GetAttributeAsync("data-total"))!, System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
        foreach (var (place, counter) in (await Visible(".counter")).Index())
        {
            await counter.Locator("input").FillAsync($"{(place == 0 ? total - 1 ?? 3 : 0)}");
            if (place == 0 || total is null)
                await counter.Locator("[data-by='1']").ClickAsync();
        }
    }

    private async Task<IReadOnlyList<ILocator>> Visible(string selector) => await Form.Locator(selector).Locator("visible=true").AllAsync();

    private Task<string[]> NamesOfAsync(string kind) =>
        Form.Locator($"label.choice:visible:has(input[type={kind}])").EvaluateAllAsync<string[]>("labels => [...new Set(labels.map(label => label.querySelector('input').name))]");

    [GeneratedRegex(@"\d", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AnyNumber();
}
