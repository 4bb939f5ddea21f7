using System.Globalization;
using System.Net;
using Loyalty.Tests.Identity;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.Reports.Trends;

public sealed class TrendsPageTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_says_over_time_by_department_and_before_against_after_what_the_stored_answers_give()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        var hr = await workshop.App.SignedInAsync(MeasuredWorkshop.Hr);
        var only = await hr.ReadAsync("/trends");
        Assert.Contains("2 March 2026", only, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"before\"", only, StringComparison.Ordinal);
        Assert.DoesNotContain("<polyline", only, StringComparison.Ordinal);

        await workshop.AddAsync("Half a year later", new DateOnly(2026, 9, 7), seed: 2, ("Sales", 9), ("Service", 7));
        await workshop.AddAsync("A year later", new DateOnly(2027, 3, 1), seed: 3, ("Sales", 11), ("Service", 3));

        var page = await hr.ReadAsync("/trends?organisation=Hotel%20Lindenhof");
        var scores = await ScoresAsync(workshop, department: null);
        Assert.Equal([23, 16, 14], scores.Select(s => s.People));
        foreach (var (date, people, nps) in scores)
            Assert.Contains(Spoken(date, people, nps), page, StringComparison.Ordinal);
        Assert.Contains("<polyline", page, StringComparison.Ordinal);

        // The last two by themselves, and any two that are chosen.
        Assert.Contains(">7 Sept 2026</th>", page, StringComparison.Ordinal);
        Assert.Contains(Signed(scores[2].Nps - scores[1].Nps), After(page, "Net Promoter Score: "), StringComparison.Ordinal);
        var ids = await IdsAsync(workshop);
        var chosen = await hr.ReadAsync($"/trends?organisation=Hotel%20Lindenhof&before={ids[0]}&after={ids[2]}");
        Assert.Contains(">2 Mar 2026</th>", chosen, StringComparison.Ordinal);
        Assert.Contains(Signed(scores[2].Nps - scores[0].Nps), After(chosen, "Net Promoter Score: "), StringComparison.Ordinal);

        // Of Service there are six beside three of IT, then seven, then three: only the second time may be shown, and Sales every time but the last.
        var service = await hr.ReadAsync("/trends?department=Service");
        var ofService = await ScoresAsync(workshop, "Service");
        Assert.DoesNotContain("2 March 2026: ", service, StringComparison.Ordinal);
        Assert.Contains(Spoken(ofService[1].Date, 7, ofService[1].Nps), service, StringComparison.Ordinal);
        Assert.DoesNotContain("1 March 2027: ", service, StringComparison.Ordinal);
        var sales = await hr.ReadAsync("/trends?department=Sales");
        Assert.Contains("2 March 2026: ", sales, StringComparison.Ordinal);
        Assert.DoesNotContain("1 March 2027: ", sales, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_people_are_compared_where_enough_of_them_agreed_at_both_workshops()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        var first = await workshop.AddComparedAsync("Before", new DateOnly(2026, 9, 7), seed: 2, agreeing: 8, ("Sales", 20));
        var second = await workshop.AddComparedAsync("After", new DateOnly(2027, 3, 1), seed: 3, agreeing: 8, ("Sales", 15));
        var hr = await workshop.App.SignedInAsync(MeasuredWorkshop.Hr);

        var page = await hr.ReadAsync("/trends");

        // The mean of the changes of people is the change of their mean, which is worked out here from the stored answers of those in both.
        var (before, after) = await NpsOfSamePeopleAsync(workshop, first.Value, second.Value);
        Assert.Equal((8, 8), (before.N, after.N));
        var line = After(page, "Net Promoter Score: ");
        line = line[..line.IndexOf("</tr>", StringComparison.Ordinal)];
        Assert.Contains($">{Signed(after.Nps!.Value - before.Nps!.Value)} (n = 8; ", line, StringComparison.Ordinal);
        Assert.Contains("nothing is shown of fewer than 5", page, StringComparison.Ordinal);

        // The other way round, with somebody who did not ask, and once the names of one of them are erased.
        var reversed = After(await hr.ReadAsync($"/trends?before={second.Value}&after={first.Value}"), "Net Promoter Score: ");
        Assert.Contains($">{Signed(before.Nps.Value - after.Nps.Value)} (n = 8; ", reversed, StringComparison.Ordinal);
        Assert.Contains("People were not asked at both", await hr.ReadAsync($"/trends?before={workshop.Id.Value}&after={second.Value}"), StringComparison.Ordinal);
        await workshop.App.Services.GetRequiredService<Erasure>().EverybodyAsync(first, Cancel);
        await workshop.App.Services.GetRequiredService<Projector>().WaitUntilIdleAsync(Cancel);
        Assert.DoesNotContain("(n = 8; ", await hr.ReadAsync("/trends"), StringComparison.Ordinal);
        await using var db = await workshop.DatabaseAsync();
        Assert.False(await db.Measures.AnyAsync(m => m.WorkshopId == first.Value && m.SlotId != null, Cancel));
    }

    [Fact]
    public async Task Who_is_asked_and_does_not_agree_is_not_found_again()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        await workshop.AddComparedAsync("Before", new DateOnly(2026, 9, 7), seed: 2, agreeing: 4, ("Sales", 20));
        await workshop.AddComparedAsync("After", new DateOnly(2027, 3, 1), seed: 3, agreeing: 8, ("Sales", 20));

        var page = await (await workshop.App.SignedInAsync(MeasuredWorkshop.Hr)).ReadAsync("/trends");

        Assert.Contains("Too few people agreed at both workshops", page, StringComparison.Ordinal);
        await using var db = await workshop.DatabaseAsync();
        var again = await db.Measures.Where(m => m.SlotId != null).GroupBy(m => new { m.SlotId, m.ActivityId }).Where(g => g.Select(m => m.WorkshopId).Distinct().Count() > 1).CountAsync(Cancel);
        Assert.Equal(4 * await db.Measures.Where(m => m.SlotId != null).Select(m => m.ActivityId).Distinct().CountAsync(Cancel), again);
        Assert.False(await db.Measures.AnyAsync(m => m.SlotId != null && m.WorkshopId == workshop.Id.Value, Cancel));
    }

    [Fact]
    public async Task What_has_not_ended_and_what_was_rehearsed_is_no_trend()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        await workshop.AddAsync("A rehearsal", new DateOnly(2026, 9, 7), seed: 2, ("Sales", 9));
        await workshop.AddAsync("Still running", new DateOnly(2026, 10, 5), seed: 3, ("Sales", 9));
        await using var db = await workshop.DatabaseAsync();
        await db.Workshops.Where(w => w.Title == "A rehearsal").ExecuteUpdateAsync(set => set.SetProperty(w => w.RehearsalOf, workshop.Id.Value), Cancel);
        await db.Workshops.Where(w => w.Title == "Still running").ExecuteUpdateAsync(set => set.SetProperty(w => w.Status, Loyalty.Engine.Live.WorkshopStatus.Live), Cancel);
        var hr = await workshop.App.SignedInAsync(MeasuredWorkshop.Hr);

        var page = await hr.ReadAsync("/trends");

        Assert.Contains("2 March 2026: ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("2026: ", page.Replace("2 March 2026: ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_anything_has_ended_the_page_says_so()
    {
        await using var app = new LoyaltyApp();
        await app.AddAsync("hr@example.org", Loyalty.Web.Identity.Roles.HR);

        var answer = await (await app.SignedInAsync("hr@example.org")).GetAsync("/trends?before=nonsense&department=%22");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("No trends yet", await Browser.TextOf(answer), StringComparison.Ordinal);
    }

    private static async Task<(Expected Before, Expected After)> NpsOfSamePeopleAsync(MeasuredWorkshop workshop, Guid first, Guid second)
    {
        await using var db = await workshop.DatabaseAsync();
        var answers = await db.Responses.AsNoTracking().Where(r => r.ActivityId == "likelihood-to-recommend" && (r.WorkshopId == first || r.WorkshopId == second)).ToListAsync(Cancel);
        var both = answers.GroupBy(r => r.AuthorId).Where(g => g.Select(r => r.WorkshopId).Distinct().Count() == 2).SelectMany(g => g).ToLookup(r => r.WorkshopId);
        return (Of(both[first]), Of(both[second]));

        static Expected Of(IEnumerable<ResponseRow> rows) => Independent.FiguresOf([.. rows])[("likelihood-to-recommend", "", "recommend")];
    }

    private static string Spoken(DateOnly date, int people, double nps) =>
        string.Create(English, $"{date:d MMMM yyyy}: {Signed(nps)}, n = {people}.");

    private static string Signed(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero) switch
    {
        0 => "0",
        > 0 and var above => string.Create(English, $"+{above}"),
        var below => string.Create(English, $"\u2212{-below}"),
    };

    private static string After(string page, string words) => page[page.LastIndexOf($">{words}", StringComparison.Ordinal)..][..1200];

    private static async Task<List<Guid>> IdsAsync(MeasuredWorkshop workshop)
    {
        await using var db = await workshop.DatabaseAsync();
        return await db.Workshops.OrderBy(w => w.Date).Select(w => w.Id).ToListAsync(Cancel);
    }

    /// <summary>Of each workshop, worked out here from the stored answers.</summary>
    private static async Task<List<(DateOnly Date, int People, double Nps)>> ScoresAsync(MeasuredWorkshop workshop, string? department)
    {
        await using var db = await workshop.DatabaseAsync();
        var scores = new List<(DateOnly, int, double)>();
        foreach (var row in await db.Workshops.AsNoTracking().OrderBy(w => w.Date).ToListAsync(Cancel))
        {
            var answers = await db.Responses.AsNoTracking()
                .Where(r => r.WorkshopId == row.Id && r.ActivityId == "likelihood-to-recommend" && (department == null || r.SlotDepartment == department)).ToListAsync(Cancel);
            var figure = Independent.FiguresOf(answers).GetValueOrDefault(("likelihood-to-recommend", "", "recommend"));
            scores.Add((row.Date, figure?.N ?? 0, figure?.Nps ?? 0));
        }

        return scores;
    }
}
