using System.Diagnostics;
using System.Globalization;
using Loyalty.Engine.Plans;
using Loyalty.Tests.Storage;
using Loyalty.Web.Features.ActionPlans;
using Loyalty.Web.Storage;
using Shelf = Loyalty.Tests.Features.ActionPlans.PlanShelfOfThousands;

namespace Loyalty.Tests.Features.ActionPlans;

/// <summary>What HR finds, against the same question asked of a list in memory.</summary>
public sealed class PlanSearchTests
{
    private static readonly PlanFilter Nothing = new(null, null, null, null, null, null, null, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_filter_and_any_of_them_together_find_what_a_list_in_memory_finds_on_all_pages_in_order()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var shelf = await Shelf.FillAsync(storage, workshops: 6, plansInEach: 40, Cancel);
        var search = SearchOn(storage);
        var random = new Random(5);
        List<PlanFilter> filters =
        [
            Nothing,
            .. new[] { "anna", "BEN 3", "100%", "a_mistake", "\\", "nobody", "  guest " }.Select(q => Nothing with { Text = q }),
            .. Shelf.Organisations.Select(o => Nothing with { Organisation = o }),
            .. Shelf.Departments.Select(d => Nothing with { Department = d }),
            .. shelf.Workshops.Select(w => Nothing with { Workshop = w.Id }),
            .. Shelf.Opportunities.Select(o => Nothing with { Opportunity = o }),
            .. Shelf.Rungs.Select(r => Nothing with { Rung = r }),
            .. new[] { PlanFilter.Overdue, PlanFilter.Week, PlanFilter.Month, "nonsense" }.Select(d => Nothing with { Due = d }),
            .. new[] { PlanFilter.Final, PlanFilter.Draft }.Select(s => Nothing with { State = s }),
            .. Enumerable.Range(0, 120).Select(_ => new PlanFilter(
                Some(["anna", "g", "100%", "1"]), Some(Shelf.Organisations), Some(Shelf.Departments), random.Next(4) == 0 ? shelf.Workshops[random.Next(6)].Id : null,
                Some(Shelf.Opportunities), Some(Shelf.Rungs), Some([PlanFilter.Overdue, PlanFilter.Week, PlanFilter.Month]), Some([PlanFilter.Final, PlanFilter.Draft]))),
        ];

        var found = 0;
        foreach (var filter in filters)
        {
            var expected = shelf.Plans.Where(p => Matches(filter, p, shelf.Workshops.Single(w => w.Id == p.WorkshopId))).ToList();
            var lines = new List<PlanLine>();
            var pages = 1;
            for (var page = 1; page <= pages; page++)
            {
                var matches = await search.FindAsync(filter, page, Cancel);
                Assert.Equal((expected.Count, page), (matches.Total, matches.Page));
                pages = matches.Pages;
                lines.AddRange(matches.Lines);
            }

            Assert.Equal(expected.Select(p => p.ParticipantId).Order(), lines.Select(l => l.ParticipantId).Order());
            Assert.Equal(lines, lines.OrderByDescending(l => l.Date).ThenBy(l => l.Workshop, StringComparer.Ordinal).ThenBy(l => l.Name, StringComparer.Ordinal));
            Assert.Equal(lines.Select(l => (l.WorkshopId, l.ParticipantId)), await search.AllAsync(filter, Cancel));
            found += expected.Count > 0 ? 1 : 0;
        }

        Assert.True(found > 50, "Most of these filters find nothing: they prove nothing.");

        string? Some(IReadOnlyList<string> values) => random.Next(3) == 0 ? values[random.Next(values.Count)] : null;
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    [InlineData(int.MaxValue, 2)]
    public async Task Page_that_there_is_not_is_the_nearest_one(int asked, int given)
    {
        await using var storage = await StorageFixture.CreateAsync();
        await Shelf.FillAsync(storage, workshops: 1, plansInEach: PlanSearch.PageSize + 1, Cancel);

        var matches = await SearchOn(storage).FindAsync(Nothing, asked, Cancel);

        Assert.Equal((given, 2), (matches.Page, matches.Pages));
        Assert.NotEmpty(matches.Lines);
    }

    [Fact]
    public async Task Only_what_some_plan_has_can_be_chosen()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var shelf = await Shelf.FillAsync(storage, workshops: 3, plansInEach: 20, Cancel);

        var all = await SearchOn(storage).ChoicesAsync(null, Cancel);
        var one = await SearchOn(storage).ChoicesAsync(Shelf.Organisations[1], Cancel);

        Assert.Equal(Shelf.Organisations.Order(StringComparer.Ordinal), all.Organisations);
        Assert.Equal(Shelf.Departments, all.Departments);
        Assert.Equal(Shelf.Opportunities, all.Opportunities.Select(o => o.Id).Order(StringComparer.Ordinal));
        Assert.Equal(Shelf.Rungs, all.Rungs.Select(r => r.Id).Order(StringComparer.Ordinal));
        Assert.Equal(shelf.Workshops.Select(w => w.Id).Order(), all.Workshops.Select(w => w.Id).Order());
        Assert.Equal([shelf.Workshops[1].Id], one.Workshops.Select(w => w.Id));
    }

    /// <summary>On request: what the database needs for 5,000 plans.</summary>
    [Fact(Explicit = true)]
    public async Task Five_thousand_plans()
    {
        await using var storage = await StorageFixture.CreateAsync();
        var shelf = await Shelf.FillAsync(storage, workshops: 50, plansInEach: 100, Cancel);
        var search = SearchOn(storage);
        (string, PlanFilter)[] questions =
        [
            ("all", Nothing), ("text", Nothing with { Text = "guest" }), ("organisation", Nothing with { Organisation = Shelf.Organisations[0] }), ("department", Nothing with { Department = "Sales" }),
            ("workshop", Nothing with { Workshop = shelf.Workshops[3].Id }), ("opportunity", Nothing with { Opportunity = "attitude" }), ("rung", Nothing with { Rung = "courtesy" }),
            ("overdue", Nothing with { Due = PlanFilter.Overdue }), ("week", Nothing with { Due = PlanFilter.Week }), ("state", Nothing with { State = PlanFilter.Draft }),
            ("all together", new PlanFilter("g", Shelf.Organisations[0], "Sales", null, "attitude", "courtesy", PlanFilter.Overdue, PlanFilter.Final)),
        ];
        foreach (var (name, filter) in questions)
        {
            await search.FindAsync(filter, 1, Cancel); // warm
            var took = new List<double>();
            var total = 0;
            for (var i = 0; i < 5; i++)
            {
                var began = Stopwatch.GetTimestamp();
                total = (await search.FindAsync(filter, 1 + i * 7, Cancel)).Total;
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{name}: {total} plans, {took.Order().ElementAt(2):0} ms"));
        }

        var start = Stopwatch.GetTimestamp();
        await search.ChoicesAsync(null, Cancel);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"choices: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms"));
    }

    private static PlanSearch SearchOn(StorageFixture storage) => new(storage, new StillTime());

    private static bool Matches(PlanFilter filter, ActionPlanRow plan, WorkshopRow workshop) =>
        (filter.Organisation is null || workshop.Organisation == filter.Organisation)
        && (filter.Department is null || plan.Participant!.Department == filter.Department)
        && (filter.Workshop is null || workshop.Id == filter.Workshop)
        && (filter.State is null || plan.IsFinal == (filter.State == "final"))
        && (filter.Text?.Trim() is not { } text || plan.Participant!.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || plan.Commitments.Exists(c => c.What.Contains(text, StringComparison.OrdinalIgnoreCase)))
        && ((filter.Opportunity, filter.Rung, DaysOf(filter.Due)) is (null, null, null)
            || plan.Commitments.Exists(c => (filter.Opportunity ?? c.Opportunity) == c.Opportunity && (filter.Rung ?? c.Rung) == c.Rung && (DaysOf(filter.Due) is not { } days || IsDue(c, days))));

    private static (int From, int To)? DaysOf(string? due) => due switch { "overdue" => (-100_000, -1), "week" => (0, 7), "month" => (0, 30), _ => null };

    /// <summary>A date that falls into these days, with nothing told on it or since, of something that is not done.</summary>
    private static bool IsDue(CommitmentRow commitment, (int From, int To) days)
    {
        if (commitment.CheckIns.Exists(c => c.Reports.Exists(r => r is { ByPartner: false, State: CheckInState.Done })))
            return false;
        var lastTold = commitment.CheckIns.Where(c => c.Reports.Count > 0).Select(c => c.DueOn).DefaultIfEmpty(DateOnly.MinValue).Max();
        return commitment.CheckIns.Select(c => c.DueOn).Concat(commitment.By is { } by ? [by] : [])
            .Any(day => day > lastTold && day.DayNumber - Shelf.Today.DayNumber is var distance && distance >= days.From && distance <= days.To);
    }

    private sealed class StillTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(Shelf.Today, new TimeOnly(10, 0), TimeSpan.Zero);
    }
}
