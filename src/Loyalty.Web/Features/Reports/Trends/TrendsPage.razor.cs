using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Microsoft.AspNetCore.Components;

namespace Loyalty.Web.Features.Reports.Trends;

public sealed partial class TrendsPage
{
    private IReadOnlyList<string> organisations = [];
    private string organisation = "";
    private string? department;
    private TrendModel model = TrendModel.Empty;
    private TrendWorkshop? before;
    private TrendWorkshop? after;
    private List<Comparison> comparisons = [];

    [SupplyParameterFromQuery(Name = "organisation")] public string? AskedOrganisation { get; set; }

    [SupplyParameterFromQuery(Name = "department")] public string? AskedDepartment { get; set; }

    [SupplyParameterFromQuery(Name = "before")] public string? AskedBefore { get; set; }

    [SupplyParameterFromQuery(Name = "after")] public string? AskedAfter { get; set; }

    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    private int Threshold => model.Workshops.Select(w => w.Threshold).DefaultIfEmpty(WorkshopInfo.MinThreshold).Max();

    private bool HasSamePeople => comparisons.Any(c => c.SamePeople is not null);

    private string SamePeopleNote =>
        HasSamePeople ? "Trends.SamePeople.Note"
        : department is not null ? "Trends.SamePeople.NotByDepartment"
        : before!.AskedToCompare && after!.AskedToCompare ? "Trends.SamePeople.TooFew"
        : "Trends.SamePeople.NotAsked";

    private IEnumerable<(string Value, string Label)> Options => model.Workshops.Select(w => (w.Id.ToString(), $"{w.Date.ToString("d MMM yyyy", CultureInfo.CurrentCulture)} · {w.Title}"));

    protected override async Task OnInitializedAsync()
    {
        organisations = await Reader.OrganisationsAsync(Http.RequestAborted);
        if (organisations.Count == 0)
            return;

        organisation = organisations.FirstOrDefault(o => o == AskedOrganisation) ?? organisations[0];
        model = TrendBuilder.Of(await Reader.ReadAsync(organisation, Http.RequestAborted));
        department = model.Departments.FirstOrDefault(d => d == AskedDepartment);
        if (model.Workshops.Length < 2)
            return;

        after = model.Workshops.FirstOrDefault(w => w.Id.ToString() == AskedAfter) ?? model.Workshops[^1];
        before = model.Workshops.FirstOrDefault(w => w.Id.ToString() == AskedBefore) ?? model.Workshops[^2];
        comparisons =
        [
            .. from grouped in model.Groups
               from panel in grouped.Panels
               let points = PointsOf(panel)
               let first = points.FirstOrDefault(p => p.Workshop == before)
               let second = points.FirstOrDefault(p => p.Workshop == after)
               where first is not null && second is not null && before != after
               select new Comparison($"{HeadingOf(grouped)}: {panel.Label}", panel.Unit, first, second, SamePeopleIn(panel)),
        ];
    }

    private ImmutableArray<TrendPoint> PointsOf(TrendPanel panel) =>
        department is null ? panel.Points : panel.Departments.FirstOrDefault(d => d.Department == department).Points is { IsDefault: false } points ? points : [];

    private string HeadingOf(TrendGroup group) => group.About.Length == 0 ? Text[$"Trend.{group.Key}"] : Text[$"Trend.{group.Key}.Of", group.About];

    private string Said(TrendUnit unit, TrendPoint point) =>
        $"{TrendValue.Of(Text, unit, point.Value)} ({Text["N", point.People]}{(point.Interval is { } i ? "; " + Text["Interval", TrendValue.Of(Text, unit, i.From), TrendValue.Of(Text, unit, i.To)] : "")})";

    // Kept in the order of time; whoever asks the other way round sees it the other way round.
    private TrendChange? SamePeopleIn(TrendPanel panel) =>
        department is not null ? null
        : panel.SamePeople.Select(c => c.Before == after ? c.Reversed : c).FirstOrDefault(c => c.Before == before && c.After == after);

    private string Said(TrendUnit unit, TrendChange change) =>
        $"{Difference(unit, change.Value)} ({Text["N", change.People]}{(change.Interval is { } i ? "; " + Text["Interval", Difference(unit, i.From), Difference(unit, i.To)] : "")})";

    private static string Difference(TrendUnit unit, double value) =>
        unit == TrendUnit.Share ? DisplayNumber.WithSign(value * 100) : DisplayNumber.WithSign(value, unit == TrendUnit.Score ? 0 : 1);

    // Intervals that overlap are no proof that nothing has changed; they say that these two rooms do not prove it either.
    private string Change(Comparison line)
    {
        var change = Difference(line.Unit, line.After.Value - line.Before.Value);
        var overlap = line.Before.Interval is { } a && line.After.Interval is { } b && a.From <= b.To && b.From <= a.To;
        return overlap ? Text["Trends.WithinChance", change] : change;
    }

    private sealed record Comparison(string Label, TrendUnit Unit, TrendPoint Before, TrendPoint After, TrendChange? SamePeople);
}
