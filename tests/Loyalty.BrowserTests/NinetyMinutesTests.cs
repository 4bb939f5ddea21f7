using Loyalty.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loyalty.BrowserTests;

/// <summary>
/// The main job from end to end, as the people in the room live it: a fresh server, one workshop with the ninety-minute agenda,
/// seven phones with known answers, every number on the room display against one computed by hand, and the plans in HR's hands.
/// On the way a phone is reloaded, another loses its network, a third never hears that its answer was saved, somebody comes late, and
/// the server loses its power.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed partial class NinetyMinutesTests(BrowserFixture browsers) : IAsyncLifetime
{
    private const string Title = "Loyalty 🎉 for <b>everybody</b>";
    private const string Efficiency = "Procedural Efficiency";
    private const string Excellence = "Technical Excellence";
    private const string Courtesy = "Professional Courtesy";
    private const string Innovation = "Product Innovation";
    private const string Connection = "Personal Connection";

    // With an order to write from right to left, which would turn round what follows it on every screen.
    private const string HostileName = "<script>alert(1)</script> \u202Eevil";
    private const string HostileNameShown = "<script>alert(1)</script> evil";

    private static readonly DateOnly By = new(2031, 3, 14);

    private readonly People people = new(browsers);
    private readonly List<Phone> phones = [];
    private ServerProcess server = null!;
    private FaultyProxy network = null!;
    private Facilitator facilitator = null!;
    private IPage room = null!;
    private IPage hr = null!;
    private string workshop = "";
    private string code = "";

    // The one whose phone is never touched by any of the accidents.
    private Phone Witness => phones[3];

    // The one whose way to the server leads through a network that can be broken.
    private Phone Unheard => phones[4];

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        network = new FaultyProxy(new Uri(server.Url).Port);
        facilitator = new Facilitator(await people.NewPageAsync(1440, 900), server.Url);
        room = await people.NewPageAsync(1920, 1080);
        hr = await people.NewPageAsync(1440, 900);
    }

    public async ValueTask DisposeAsync()
    {
        await people.DisposeAsync();
        await network.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Workshop_from_the_first_start_to_the_plans_with_HR()
    {
        await ArriveAsync();
        await DarkenTheRoomAsync();
        await NameOneOfEachAsync();
        await RecommendAsync();
        await ShareOutTenAsync();
        await RankWithALateComerAsync();
        await GradeThroughAPowerCutAsync();
        await ComparePrioritiesWithGradesAsync();
        await CountMessagesAsync();
        await WritePlansAsync();
        await EndAsync();
        await TakePlansHomeAsync();
        await HandPlansToHRAsync();
        Assert.Empty(people.Accidents);
    }

    private async Task ArriveAsync()
    {
        var line = await server.LineWithAsync("/setup?token=");
        await facilitator.SetUpAsync(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
        workshop = await facilitator.PlanAsync(Title, "Harbour & Sons", "Ninety minutes", "Reception", "Kitchen");
        code = await facilitator.StartAsync(workshop);

        await room.OpenLiveAsync($"{server.Url}/room/{code}");
        await Expect(room.Locator("h1")).ToHaveTextAsync(Title);

        phones.Add(await people.NewPhoneAsync("Ada Brook", "Reception"));
        phones.Add(await people.NewPhoneAsync("Bartłomiej Őz", "Kitchen"));
        phones.Add(await people.NewPhoneAsync(HostileName, "Reception"));
        phones.Add(await people.NewPhoneAsync("Dina Esposito", "Kitchen"));
        phones.Add(await people.NewPhoneAsync("Emil 李", "Reception"));
        phones.Add(await people.NewPhoneAsync("Fay O'Hara", "Kitchen", width: 320, height: 640));
        await EachAsync(phone =>
            phone == Unheard ? phone.JoinByLinkAsync($"http://localhost:{network.Port}", code)
            : phones.IndexOf(phone) < 3 ? phone.JoinByCodeAsync(server.Url, code)
            : phone.JoinByLinkAsync(server.Url, code));

        await Expect(room.Locator(".lobby-count strong")).ToHaveTextAsync("6");
        await Expect(room.Locator(".lobby-names")).ToContainTextAsync("<script>alert(1)</script>");
        await room.WaitForFunctionAsync("[...document.fonts].some(face => face.status === 'loaded' && face.unicodeRange.startsWith('U+100-'))"); // for ł
        Assert.All(await Task.WhenAll(phones.Select(phone => phone.Page.EvaluateAsync<int>("document.fonts.size"))), fonts => Assert.Equal(0, fonts));
        await facilitator.NextAsync("Begin", Witness);
        await facilitator.ThroughThePointsAsync(4, Witness);
        await facilitator.NextAsync("Next step", Witness);
    }

    private async Task NameOneOfEachAsync()
    {
        (string Column, string Text)[] posts =
        [
            ("Promoter", "She brings her sister every time 🎂"),
            ("Customer", "=1+1"),
            ("Detractor", "<script>alert('post')</script>"),
            ("Promoter", "\u202Ereversed\u202C <img src=x onerror=alert(2)>"),
            ("Customer", "Fair price, no word, gone"),
            ("Detractor", "https://example.org/" + new string('w', 120)),
        ];
        await OpenAsync("board");
        await EachAsync(phone => phone.PostAsync(posts[phones.IndexOf(phone)].Column, posts[phones.IndexOf(phone)].Text));

        // A reload in the middle: one's own words are there again, and the rest of the form as it was.
        await phones[0].Page.ReloadAsync();
        await phones[0].OpenAsync("board");
        await Expect(phones[0].OwnPosts).ToHaveTextAsync([posts[0].Text]);

        await HidesAsync(["her sister", "=1+1", "alert(&#39;post", "alert('post", "reversed", "Fair price", "wwwww"]);
        await CloseAndRevealAsync(answered: 6);
        await ShowsPostAsync("promoter", "She brings her sister every time 🎂", "Ada Brook");
        await ShowsPostAsync("promoter", "reversed <img src=x onerror=alert(2)>", "Dina Esposito");
        await ShowsPostAsync("customer", "=1+1", "Bartłomiej Őz");
        await ShowsPostAsync("customer", "Fair price, no word, gone", "Emil 李");
        await ShowsPostAsync("detractor", "<script>alert('post')</script>", HostileNameShown);
        await ShowsPostAsync("detractor", posts[5].Text, "Fay O'Hara");
        await StaysWithinItsScreenAsync(room);
        await facilitator.NextAsync("Next step", Witness);
    }

    private async Task RecommendAsync()
    {
        int[] scores = [10, 9, 9, 7, 3, 0];
        await OpenAsync("scale");

        // One phone without a network: the answer waits on it, and goes by itself when the network is back. Another one's answer arrives,
        // but not the word that it did: it is sent again by itself, and counts once.
        var offline = phones[1];
        await offline.Page.Context.SetOfflineAsync(true);
        network.Deaf = true;
        await Task.WhenAll(phones.Select((phone, i) =>
            phone == offline ? phone.ScoreUnsentAsync(scores[i], "Offline for a moment")
            : phone == Unheard ? phone.ScoreUnsentAsync(scores[i], "Heard nothing")
            : phone.ScoreAsync(scores[i], $"Reason {i} & <i>why</i>")));
        await Expect(offline.Pill).ToHaveTextAsync("Saved on this phone");
        await Expect(room.Locator(".screen-count strong")).ToHaveTextAsync("5");
        await Expect(Unheard.Status).Not.ToContainTextAsync("Saved.");
        network.Deaf = false;
        network.Reset();
        await Unheard.SavedAsync();
        await Expect(Unheard.Pill).ToHaveTextAsync("Connected");
        await offline.Page.Context.SetOfflineAsync(false);
        await offline.SavedAsync();
        await Expect(offline.Pill).ToHaveTextAsync("Connected");

        // Who agreed to be compared answers under the code, and the others under something that nobody ever sees again.
        Assert.Equal(3, phones.Count(phone => phone.ComparisonCode is not null));
        foreach (var phone in phones)
        {
            var tokens = await phone.TokensAsync();
            var compared = $"compare.{phone.ComparisonCode?.Replace("-", "", StringComparison.Ordinal)}.likelihood-to-recommend";
            Assert.Equal(phone.ComparisonCode is not null, tokens.Contains(compared, StringComparison.Ordinal));
            Assert.Contains("\"likelihood-to-recommend\":", tokens, StringComparison.Ordinal);
        }

        await HidesAsync(["Reason 0", "Offline for", "headline-value", "50%", "+17"]);
        await CloseAndRevealAsync(answered: 6);

        // Promoters 10, 9, 9 = 3/6 = 50%; detractors 3, 0 = 2/6 = 33.3%; 50 − 33.33 = +16.67.
        await Expect(room.Locator(".headline-value")).ToHaveTextAsync("+17");
        await Expect(room.Locator(".headline-sum")).ToHaveTextAsync("50% promoters minus 33% detractors");
        await Expect(room.Locator(".headline-n")).ToContainTextAsync("n = 6");
        await Expect(room.Locator(".zone-share")).ToHaveTextAsync(["33%", "17%", "50%"]);
        await facilitator.NextAsync("Next step", Witness);
    }

    private async Task ShareOutTenAsync()
    {
        // Promoters, Customers, Detractors.
        int[][] shares = [[3, 5, 2], [2, 6, 2], [5, 4, 1], [1, 7, 2], [4, 4, 2], [0, 3, 7]];
        await OpenAsync("allocation");
        await EachAsync(phone => phone.CountAsync(shares[phones.IndexOf(phone)], byThumb: phone == phones[0]));
        await HidesAsync(["What you counted", "of 10", "group-promoter"]);
        await CloseAndRevealAsync(answered: 6);

        // Counted: 15/6 = 2.5, 29/6 = 4.83, 16/6 = 2.67. From the scores: 3/6, 1/6 and 2/6 of ten.
        await Expect(room.Locator(".bands section").First.Locator(".mean strong")).ToHaveTextAsync(["2.5", "4.8", "2.7"]);
        await Expect(room.Locator(".bands section").Last.Locator(".mean strong")).ToHaveTextAsync(["5.0", "1.7", "3.3"]);
        await facilitator.NextAsync("Next step", Witness);
        await facilitator.ThroughThePointsAsync(8, Witness); // five rungs, three points
        await facilitator.NextAsync("Next step", Witness);
    }

    private async Task RankWithALateComerAsync()
    {
        string[] climb = [Efficiency, Excellence, Courtesy, Innovation, Connection];
        string[] turned = [Connection, Innovation, Courtesy, Excellence, Efficiency];
        string[] supervisor = [Excellence, Efficiency, Courtesy, Connection, Innovation];
        string[] own = [Connection, Courtesy, Innovation, Excellence, Efficiency];
        string[] otherOwn = [Courtesy, Connection, Innovation, Excellence, Efficiency];
        await OpenAsync("ranking");

        phones.Add(await people.NewPhoneAsync("Gus, late", "Reception"));
        await phones[6].JoinByLinkAsync(server.Url, code);
        await Task.WhenAll(
            phones[0].RankAsync(climb, supervisor, own),
            phones[1].RankAsync(climb, supervisor, own),
            phones[2].RankAsync(climb, supervisor, own),
            phones[3].RankAsync(climb, supervisor, own),
            phones[4].RankByKeyboardAsync(turned, supervisor, own),
            phones[5].RankAsync(turned, supervisor, otherOwn),
            phones[6].RankAsync(turned, supervisor, []));
        await HidesAsync(["rung-mean", "Kendall"]);
        await CloseAndRevealAsync(answered: 7);

        // Rank sums of four who climb and three who turn it round: 4·1 + 3·5 = 19, 20, 21, 22, 23; over 7.
        // W = 12·S/(m²(n³ − n)) with S = 4 + 1 + 0 + 1 + 4 = 10: 120/(49·120) = 0.02.
        await ShowsLadderAsync(0, climb, ["2.7", "2.9", "3.0", "3.1", "3.3"], "0.02", 7);
        // All seven alike.
        await ShowsLadderAsync(1, supervisor, ["1.0", "2.0", "3.0", "4.0", "5.0"], "1.00", 7);
        // Five alike, one with the first two exchanged, one left out: sums 5 + 2 = 7, 10 + 1 = 11, 18, 24, 30; over 6.
        // S = 11² + 7² + 0 + 6² + 12² = 350: W = 12·350/(36·120) = 0.97.
        await ShowsLadderAsync(2, own, ["1.2", "1.8", "3.0", "4.0", "5.0"], "0.97", 6);
        await facilitator.NextAsync("Next step", Witness);
        await facilitator.NextAsync("Next step", Witness);
    }

    private async Task GradeThroughAPowerCutAsync()
    {
        // The organisation's grades, phone by phone; every department gets a B, and everybody an A- for themselves.
        string[] excellence = ["A", "A", "A", "B", "B", "C", "F"];
        string[] courtesy = ["A+", "A+", "A+", "A+", "A+", "A+", "?"];
        string[] innovation = ["C", "C", "C", "C", "C", "C", "D"];
        string[] connection = ["D", "D", "D", "D", "D", "F", "F"];
        Task GradeAsync(Phone phone)
        {
            var i = phones.IndexOf(phone);
            return phone.GradeAsync([.. new[] { "B", excellence[i], courtesy[i], innovation[i], connection[i] }.Select(grade => new[] { grade, "B", "A-" })]);
        }

        await OpenAsync("grades");
        await Task.WhenAll(phones.Take(3).Select(GradeAsync));
        await Expect(room.Locator(".screen-count strong")).ToHaveTextAsync("3");

        await server.KillAsync();
        await Expect(room.Locator("[data-server-lost]")).ToBeVisibleAsync();
        await Expect(facilitator.Page.Locator("[data-server-lost]").First).ToBeVisibleAsync();
        await EachAsync(phone => Expect(phone.Pill).ToHaveTextAsync("Reconnecting …"));
        await server.StartAgainAsync();

        // Nobody touches anything: console, room display and phones come back to where they were, with what was acknowledged.
        await EachAsync(phone => Expect(phone.Pill).ToHaveTextAsync("Connected"));
        await EachAsync(phone => phone.OpenAsync("grades"));
        await Expect(room.Locator("[data-server-lost]")).ToBeHiddenAsync();
        await Expect(room.Locator(".screen-count strong")).ToHaveTextAsync("3");
        await Expect(facilitator.Page.Locator("[data-server-lost]").First).ToBeHiddenAsync();
        await Expect(facilitator.Page.Locator(".moves-next")).ToContainTextAsync("Close answers");
        await Expect(phones[0].Page.Locator(".grade-row [data-letter='B'][aria-pressed=true]").First).ToBeAttachedAsync();

        await Task.WhenAll(phones.Skip(3).Select(GradeAsync));
        await HidesAsync(["card-letter", "±"]);
        await CloseAndRevealAsync(answered: 7);

        // From the top of the ladder: 5·1/7 = 0.71, nearest D− (0.7); (6·2 + 1)/7 = 1.86, nearest C (2.0); six times 4.3;
        // (3·4 + 2·3 + 2 + 0)/7 = 2.86, nearest B (3.0); seven times 3.0.
        await ShowsGradesAsync(0, "D−", "0.7", 7);
        await ShowsGradesAsync(1, "C", "1.9", 7);
        await ShowsGradesAsync(2, "A+", "4.3", 6);
        await ShowsGradesAsync(3, "B", "2.9", 7);
        await ShowsGradesAsync(4, "B", "3.0", 7);
        await facilitator.NextAsync("Next step", Witness);
    }

    private async Task ComparePrioritiesWithGradesAsync()
    {
        // Priority (5 − mean place)/4 minus standing (mean grade/4.3), by Senior Leadership: Personal Connection
        // 0.429 − 0.166 = +0.26, Innovation 0.464 − 0.432 = +0.03, Efficiency 0.571 − 0.698 = −0.13, Excellence
        // 0.536 − 0.664 = −0.13, Courtesy 0.5 − 1 = −0.5. By the supervisor: Excellence 1 − 0.664 = +0.34, the widest.
        // By oneself: Personal Connection 0.958 − 0.166 = +0.79.
        await Expect(room.Locator(".repair-rung")).ToHaveTextAsync([Connection]);
        await Expect(room.Locator(".gap-value")).ToHaveTextAsync(["1.  gap +26", "2.  gap +3", "5.  gap −50", "4.  gap −13", "3.  gap −13"]);
        await Expect(room.Locator(".repair dd")).ToHaveTextAsync([Connection, Excellence, Connection]);
        await facilitator.ThroughThePointsAsync(2, Witness);
        await facilitator.NextAsync("Next step", Witness);
    }

    private async Task CountMessagesAsync()
    {
        // Affirming and corrective.
        int[][] received = [[10, 2], [5, 1], [5, 1], [3, 1], [2, 0], [0, 1], [5, 0]];
        int[][] given = [[4, 1], [4, 1], [4, 1], [4, 1], [4, 1], [4, 1], [0, 4]];
        await OpenAsync("tally");
        await EachAsync(phone => phone.TallyAsync(received[phones.IndexOf(phone)], given[phones.IndexOf(phone)]));
        await HidesAsync(["class=\"ratio", "5.0 : 1", "2.4 : 1"]);
        await CloseAndRevealAsync(answered: 7);

        // 30 to 6, which reaches five to one, and 24 to 10, which does not.
        await Expect(room.Locator(".ratio")).ToHaveTextAsync(["5.0 : 1", "2.4 : 1"]);
        await Expect(room.Locator(".against")).ToContainTextAsync(["5 to 1 or better", "below 5 to 1"]);
        await facilitator.NextAsync("Next step", Witness);
    }

    private async Task WritePlansAsync()
    {
        await OpenAsync("action-plan");
        await EachAsync(phone => phone.PlanAsync(CommitmentOf(phone), OpportunityOf(phone), $"Begin with {phones.IndexOf(phone)} customers", By));

        // Far too much: refused beside the field, in words, with nothing lost; shortened, it is taken. The limit in the page is
        // taken away, because not every browser and no helper program holds to it.
        var writer = phones[0];
        var what = writer.Page.Locator("[name='c1.what']");
        await what.EvaluateAsync("field => field.removeAttribute('maxlength')");
        await what.FillAsync(new string('x', 10_000));
        await writer.DoneAsync();
        var error = writer.Page.Locator("[data-error='c1.what']");
        await Expect(error).ToHaveTextAsync("That is too long: at most 400 characters, and this has 10000. Please shorten it.");
        await Expect(what).ToHaveAttributeAsync("aria-describedby", (await error.GetAttributeAsync("id"))!);
        await Expect(what).ToHaveValueAsync(new string('x', 10_000));
        await what.FillAsync(CommitmentOf(writer));
        await writer.DoneAsync();
        await writer.SavedAsync();

        await HidesAsync(["greet", "HYPERLINK", "Begin with"]);
        await CloseAndRevealAsync(answered: 7);
        await Expect(room.Locator(".plans .total strong")).ToHaveTextAsync("7");
        await HidesAsync(["greet", "HYPERLINK", "Begin with"]);
    }

    private async Task EndAsync()
    {
        await facilitator.EndAsync(Witness);
        await Expect(room.Locator(".screen-still")).ToBeVisibleAsync();
        foreach (var page in phones.Select(p => p.Page).Append(room).Append(facilitator.Page))
            Assert.Equal(0, await page.EvaluateAsync<int>("[...document.scripts].filter(s => s.textContent.includes('alert(')).filter(s => s.type !== 'application/json').length"));
    }

    private string CommitmentOf(Phone phone) => phone == phones[2]
        ? "=HYPERLINK(\"http://evil.example\",\"click\")"
        : $"I greet everybody by name, number {phones.IndexOf(phone)} ünïcødé";

    private string OpportunityOf(Phone phone) => phones.IndexOf(phone) % 2 == 0 ? "Attitude" : "Service failures";
}
