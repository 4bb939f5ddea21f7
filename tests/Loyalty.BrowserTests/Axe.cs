using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Loyalty.BrowserTests;

/// <summary>Looks at pages as far as a machine can judge WCAG 2.2 AA, and keeps what it finds. Different pages can be looked at at once.</summary>
internal sealed class Axe
{
    private const int Narrowest = 320;

    private const string Run =
        """
        async ([runOnly, within]) => {
          const found = await axe.run(within ?? document, { runOnly, resultTypes: ['violations'], iframes: false });
          const places = nodes => nodes.slice(0, 4).map(node => `    ${node.target}  ${node.any.map(check => check.message).join('; ')}\n    ${node.html}`);
          return found.violations.map(violation => [`${violation.id}, ${violation.help}`, ...places(violation.nodes)].join('\n'));
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    private static readonly object Rules = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa" } };

    // Light and dark differ in colours and nothing else.
    private static readonly object RulesOfColour = new { type = "rule", values = new[] { "color-contrast", "link-in-text-block" } };

    private readonly ConcurrentQueue<string> problems = [];

    /// <param name="within">The part of the page that is new, if the rest has been looked at before.</param>
    public async Task LookAsync(IPage page, string screen, string? within = null)
    {
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'"))
            await page.EvaluateAsync(Script);
        foreach (var (scheme, rules) in new[] { (ColorScheme.Light, Rules), (ColorScheme.Dark, RulesOfColour) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var problem in await page.EvaluateAsync<string[]>(Run, new[] { rules, within }))
                problems.Enqueue($"{screen}, {scheme}: {problem}");
        }

        if (page.ViewportSize is { Width: Narrowest } && await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is > Narrowest and var width)
            problems.Enqueue($"{screen}: {width} pixels wide on a phone of {Narrowest}");
    }

    public void AssertNothingFound() => Assert.True(problems.IsEmpty, string.Join("\n\n", problems));
}
