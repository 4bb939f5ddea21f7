using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Features.Phone;

/// <summary>A hall joins over one access point: what a phone loads before it is live is counted in bytes.</summary>
public sealed partial class FirstLoadTests(PhoneServer server)
{
    private const int MostBytes = 30 * 1024;

    /// <summary>The page, its style sheet, its script; and the web socket, which the script opens without asking first.</summary>
    private const int MostRequests = 4;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task First_load_of_the_heaviest_exercise_fits_the_budget(string encoding)
    {
        // Every type that there is, with its typical settings: a new one cannot break the budget unseen.
        var agenda = server.Catalogue.All.Where(t => t.Rules.TakesAnswers).Select(t => new Activity(
            new ActivityId(t.Name), t.Name, t.Name, "Tests", 5, Anonymity.Named, "A question of the usual length for everybody in the room?", "", "",
            JsonDocument.Parse(t.Sample.Settings).RootElement, SpeakerNotes.None)).ToImmutableArray();
        var host = await server.LiveAsync(agenda: agenda);
        var browser = await server.JoinedAsync(host);

        foreach (var activity in agenda)
        {
            await PhoneServer.DoAsync(host, new Command.GoTo(activity.Id), new Command.SetPhase(Phase.Open));
            var page = await browser.GetAsync($"/j/{host.Current.Info.Code}");
            var files = Loaded().Matches(page.Html).Select(m => m.Groups["path"].Value).ToImmutableArray();

            var sizes = new List<(string Path, int Bytes)> { ("page", await SizeAsync(browser, $"/j/{host.Current.Info.Code}", encoding)) };
            foreach (var file in files)
                sizes.Add((file, await SizeAsync(browser, file, encoding)));

            var report = $"{activity.Type}, {encoding}: {string.Join(", ", sizes)}, together {sizes.Sum(s => s.Bytes)}";
            TestContext.Current.TestOutputHelper?.WriteLine(report);
            Assert.True(sizes.Count + 1 <= MostRequests, report);
            Assert.True(sizes.Sum(s => s.Bytes) <= MostBytes, report);
        }
    }

    [Fact]
    public async Task Script_and_style_are_kept_for_good_under_an_address_that_changes_with_them()
    {
        var host = await server.LiveAsync();
        var browser = await server.JoinedAsync(host);

        foreach (Match file in Loaded().Matches((await browser.GetAsync($"/j/{host.Current.Info.Code}")).Html))
        {
            var response = await browser.Client.GetAsync(file.Groups["path"].Value, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        var gone = await browser.Client.GetAsync("/phone/of-last-week.js", TestContext.Current.CancellationToken);
        Assert.True(gone.IsSuccessStatusCode && gone.Headers.CacheControl!.NoStore);
    }

    // Header lines are not counted: they are the same handful on every page.
    private static async Task<int> SizeAsync(Browser browser, string path, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        var response = await browser.Client.SendAsync(request);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    [GeneratedRegex("""<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)="(?<path>(?!data:)[^"]+)["]""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Loaded();
}
