using System.Collections.Immutable;
using Loyalty.Engine.Insights;
using Loyalty.Engine.Live;
using Loyalty.Web.Storage;

namespace Loyalty.Web.Features.Reports.Api;

// The shapes of openapi.json. Like the columns of the files they are a contract: what is there stays, what is new is added.

internal sealed record ApiWorkshop(Guid Id, string Title, string Organisation, DateOnly Date, string Status, int Threshold, int Participants)
{
    public static ApiWorkshop Of(WorkshopRow row, int participants) =>
        new(row.Id, row.Title, row.Organisation, row.Date, row.Status.ToString().ToLowerInvariant(), row.Threshold, participants);
}

internal sealed record ApiMeasures(Guid Workshop, int Threshold, ImmutableArray<ApiActivity> Activities)
{
    public static ApiMeasures Of(ReportModel model) => new(
        model.Workshop.Id.Value, model.Info.Threshold,
        [.. model.Results.Select(r => new ApiActivity(r.Activity.Id.Value, r.Step, r.Activity.Title, r.Activity.Type, r.TooFew ? null : r.People, r.TooFew, r.DepartmentsWithheld, [.. r.Figures.Select(ApiFigure.Of)]))]);
}

internal sealed record ApiActivity(string Id, int Step, string Title, string Type, int? N, bool HeldBack, bool DepartmentsWithheld, ImmutableArray<ApiFigure> Figures);

internal sealed record ApiFigure(
    string Measure, string SubjectId, string Subject, string ItemId, string Item, string? Department,
    int N, int Values, double Sum, double? Mean, double? Sd, int? Promoters, int? Passives, int? Detractors, double? Nps)
{
    public static ApiFigure Of(Figure figure) => new(
        figure.Measure, figure.Subject, figure.SubjectLabel, figure.Item, figure.ItemLabel, figure.Department,
        figure.People, figure.Numbers.Count, figure.Sum, figure.Numbers.Mean, figure.Numbers.Deviation,
        figure.Nps?.CountOf(PromoterGroup.Promoter), figure.Nps?.CountOf(PromoterGroup.Passive), figure.Nps?.CountOf(PromoterGroup.Detractor), figure.Nps?.Value);
}

internal sealed record ApiCommitments(Guid Workshop, int Total, int N, ImmutableArray<ApiCount> ByOpportunity, ImmutableArray<ApiCount> ByRung)
{
    public static ApiCommitments Of(ReportModel model) => new(
        model.Workshop.Id.Value, model.Commitments.Total, model.Commitments.People,
        [.. model.Commitments.ByOpportunity.Select(c => new ApiCount(c.Label, c.Commitments))],
        [.. model.Commitments.ByRung.Select(c => new ApiCount(c.Label, c.Commitments))]);
}

/// <param name="Label">Empty where none was chosen.</param>
internal sealed record ApiCount(string Label, int Commitments);
