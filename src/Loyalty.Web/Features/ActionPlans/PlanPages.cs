using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Live;
using Loyalty.Web.Printing;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>The page behind a private link: the plan's own form, filled, saved through the live workshop like every other answer.</summary>
internal sealed class PlanPages(
    PlanLinks links,
    PlanShelf shelf,
    PlanFiles files,
    LiveDirectory directory,
    AnswerIntake intake,
    RazorPrinter razor,
    IDbContextFactory<LoyaltyDb> databases,
    IStringLocalizer<ActionPlansText> text)
{
    public async Task<IResult> ShowAsync(HttpContext http, string token) =>
        await OpenAsync(token, http.RequestAborted) is { } plan ? await PageAsync(http, token, plan, null, "", []) : await ExpiredAsync();

    public async Task<IResult> SaveAsync(HttpContext http, string token)
    {
        if (await OpenAsync(token, http.RequestAborted) is not { } plan)
            return await ExpiredAsync();

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = form
            .Where(f => !f.Key.StartsWith('_'))
            .ToImmutableDictionary(f => f.Key, f => (string[]?)[.. f.Value.Select(v => v ?? "")], StringComparer.Ordinal);
        var reply = await intake.TakeAsync(plan.Host, plan.Participant.Id, new SubmitRequest(form["_key"], plan.Show.Activity.Id.Value, null, fields));

        // What was typed stays on the page until it is saved.
        var typed = reply.Saved ? null : fields.ToImmutableDictionary(f => f.Key, f => f.Value!.ToImmutableArray(), StringComparer.Ordinal);
        return await PageAsync(http, token, reply.Saved ? (await OpenAsync(token, http.RequestAborted))! : plan, typed, reply.Saved ? text["Private.Saved"] : reply.Sentence, reply.Errors);
    }

    public async Task<IResult> PdfAsync(HttpContext http, string token) =>
        await links.OpenAsync(token, http.RequestAborted) is { } link ? await PdfAsync(http, link.Workshop, link.Participant) : await ExpiredAsync();

    public async Task<IResult> PdfAsync(HttpContext http, WorkshopId workshop, ParticipantId participant) =>
        await shelf.OwnSheetAsync(workshop, participant, ActionPlanEndpoints.OriginOf(http.Request), http.RequestAborted) is { } sheet
            ? await files.PdfAsync([sheet], CultureInfo.CurrentUICulture, http.RequestAborted)
            : await NothingPage.ResultAsync(razor, text["Private.NoPlan.Title"], text["Private.NoPlan"]);

    public async Task<string> TokenAsync(WorkshopId workshop, ParticipantId participant, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var version = await db.ActionPlans.Where(p => p.WorkshopId == workshop.Value && p.ParticipantId == participant.Value).Select(p => p.LinkVersion).FirstOrDefaultAsync(cancellationToken);
        return links.TokenFor(workshop, participant, version);
    }

    private async Task<OpenPlan?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (await links.OpenAsync(token, cancellationToken) is not { } link
            || await directory.FindAsync(link.Workshop, cancellationToken) is not { } host
            || !host.Current.Participants.TryGetValue(link.Participant, out var participant)
            || participant.IsErased
            || PlanShelf.PlanActivity(host.Current) is not var (activity, _))
        {
            return null;
        }

        return new OpenPlan(host, participant, ExerciseShow.Of(host.Current, activity, ViewPlace.Phone));
    }

    private async Task<IResult> PageAsync(
        HttpContext http, string token, OpenPlan plan, ImmutableDictionary<string, ImmutableArray<string>>? typed, string status, ImmutableArray<FieldError> errors)
    {
        http.Response.Headers.CacheControl = "no-store";
        var culture = PhoneCulture.Of(plan.Host.Current.Info);
        var own = StageMessages.Own(plan.Host.Current, plan.Show.Activity.Id.Value, plan.Participant.Id, slot: null);
        var page = await razor.RenderAsync<PlanPage>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(PlanPage.Workshop)] = plan.Host.Current,
                [nameof(PlanPage.Show)] = plan.Show,
                [nameof(PlanPage.Author)] = plan.Participant.Id,
                [nameof(PlanPage.Name)] = plan.Participant.Name,
                [nameof(PlanPage.Token)] = token,
                [nameof(PlanPage.Status)] = status,
                [nameof(PlanPage.HasPlan)] = own is { Answered: true },
            },
            culture);
        return TypedResults.Content(FormFiller.Fill(page.Html, typed ?? own?.Fields ?? OwnAnswer.None.Fields, errors), "text/html; charset=utf-8", statusCode: errors.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private Task<IResult> ExpiredAsync() => NothingPage.ResultAsync(razor, text["Private.Expired.Title"], text["Private.Expired"]);

    private sealed record OpenPlan(LiveWorkshopHost Host, Participant Participant, ExerciseShow Show);
}
