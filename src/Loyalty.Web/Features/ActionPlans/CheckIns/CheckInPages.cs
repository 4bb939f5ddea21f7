using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Loyalty.Web.Live;
using Loyalty.Web.Printing;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.ActionPlans.CheckIns;

/// <summary>The short pages behind private links on which authors and partners tell how it goes, and their calendars. No account, no script.</summary>
internal sealed class CheckInPages(PlanLinks links, CheckInDesk desk, RazorPrinter razor, TimeProvider time, IStringLocalizer<CheckInsText> text)
{
    public async Task<IResult> ShowAuthorAsync(HttpContext http, string token) =>
        await AuthorAsync(token, http.RequestAborted) is { } author ? await PageAsync(http, token, author.View, "", problem: false) : await EndedAsync();

    public async Task<IResult> SaveAuthorAsync(HttpContext http, string token)
    {
        if (await AuthorAsync(token, http.RequestAborted) is not { } author)
            return await EndedAsync();

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        SetCulture(author.View.Language);
        var (saved, sentence) = await DoAsync();
        return saved && await AuthorAsync(token, http.RequestAborted) is { } after ? await PageAsync(http, token, after.View, sentence, problem: false) : await PageAsync(http, token, author.View, sentence, problem: true);

        async Task<(bool Saved, string Sentence)> DoAsync()
        {
            switch (form["do"].ToString())
            {
                case "tell":
                    return await desk.TellAsync(author.View.Commitments, byPartner: false, ToldIn(form), http.RequestAborted) ? (true, text["Told"]) : (false, text["NotTold"]);
                case "remind":
                    return await desk.RemindAtAsync(author.Link, null, form["email"], http.RequestAborted) ? (true, text["Remind.Saved"]) : (false, text["Remind.Wrong"]);
                case "accept" or "decline" when Guid.TryParse(form["commitment"], out var id) && author.View.Asked.FirstOrDefault(a => a.Row.Id == id) is { } asked:
                    await desk.AnswerAsync(asked.Row, form["do"] == "accept", http.RequestAborted);
                    return (true, text[form["do"] == "accept" ? "Answer.Accepted" : "Answer.Declined"]);
                default:
                    return (false, text["NotTold"]);
            }
        }
    }

    public async Task<IResult> CalendarOfAuthorAsync(HttpContext http, string token)
    {
        if (await AuthorAsync(token, http.RequestAborted) is not { } author)
            return await EndedAsync();
        SetCulture(author.View.Language);
        var address = new Uri(ActionPlanEndpoints.OriginOf(http.Request), $"/plan/{token}/check-ins").AbsoluteUri;
        return Calendar(author.View.Commitments.SelectMany(c => c.CheckIns.Select(day => new CalendarDay(
            day.Id, day.DueOn, text["Calendar.Summary", c.What], text["Calendar.Description", c.What, address], address))));
    }

    public async Task<IResult> ShowPartnerAsync(HttpContext http, string token) =>
        await PartnerAsync(token, http.RequestAborted) is { } open ? await PageAsync(http, token, open, "", problem: false) : await EndedAsync();

    public async Task<IResult> SavePartnerAsync(HttpContext http, string token)
    {
        if (await PartnerAsync(token, http.RequestAborted) is not { } open)
            return await EndedAsync();

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        SetCulture(open.Language);
        var (saved, sentence) = await DoAsync();
        return await PageAsync(http, token, saved && await PartnerAsync(token, http.RequestAborted) is { } after ? after : open, sentence, problem: !saved);

        async Task<(bool Saved, string Sentence)> DoAsync()
        {
            switch (form["do"].ToString())
            {
                case "accept":
                    await desk.AnswerAsync(open.Row, accepted: true, http.RequestAborted);
                    return (true, text["Answer.Accepted"]);
                case "decline":
                    await desk.AnswerAsync(open.Row, accepted: false, http.RequestAborted);
                    return (true, text["Answer.Declined"]);
                case "tell" when open.Row.PartnerAnswer == PartnerAnswer.Accepted:
                    return await desk.TellAsync([open.Row], byPartner: true, ToldIn(form), http.RequestAborted) ? (true, text["Told"]) : (false, text["NotTold"]);
                case "remind" when open.Row.PartnerAnswer == PartnerAnswer.Accepted:
                    return await desk.RemindAtAsync(null, open.Row, form["email"], http.RequestAborted) ? (true, text["Remind.Saved"]) : (false, text["Remind.Wrong"]);
                default:
                    return (false, text["NotTold"]);
            }
        }
    }

    public async Task<IResult> CalendarOfPartnerAsync(HttpContext http, string token)
    {
        if (await PartnerAsync(token, http.RequestAborted) is not { } open)
            return await EndedAsync();
        SetCulture(open.Language);
        var address = new Uri(ActionPlanEndpoints.OriginOf(http.Request), $"/partner/{token}").AbsoluteUri;
        return Calendar(open.Row.CheckIns.Select(day => new CalendarDay(
            day.Id, day.DueOn, text["Calendar.Partner.Summary", open.Author, open.Row.What], text["Calendar.Partner.Description", open.Author, open.Row.What, address], address)));
    }

    private async Task<(PlanLink Link, AuthorView View)?> AuthorAsync(string token, CancellationToken cancellationToken) =>
        await links.OpenAsync(token, cancellationToken) is { } link && await desk.AuthorAsync(link, cancellationToken) is { } view ? (link, view) : null;

    private async Task<OpenCommitment?> PartnerAsync(string token, CancellationToken cancellationToken) =>
        await links.OpenPartnerAsync(token, cancellationToken) is { } commitment ? await desk.CommitmentAsync(commitment, cancellationToken) : null;

    private Task<IResult> PageAsync(HttpContext http, string token, AuthorView view, string status, bool problem) =>
        PageAsync<CheckInsPage>(http, view.Language, status, problem, new(StringComparer.Ordinal)
        {
            [nameof(CheckInsPage.View)] = view,
            [nameof(CheckInsPage.Token)] = token,
            [nameof(CheckInsPage.PartnerLink)] = (CommitmentRow c) => $"/partner/{links.PartnerTokenFor(c.Id, c.PartnerLinkVersion)}",
            [nameof(CheckInsPage.Origin)] = ActionPlanEndpoints.OriginOf(http.Request),
            [nameof(CheckInsPage.Today)] = desk.Today,
        });

    private Task<IResult> PageAsync(HttpContext http, string token, OpenCommitment open, string status, bool problem) =>
        PageAsync<PartnerPage>(http, open.Language, status, problem, new(StringComparer.Ordinal)
        {
            [nameof(PartnerPage.Open)] = open,
            [nameof(PartnerPage.Token)] = token,
            [nameof(PartnerPage.Today)] = desk.Today,
        });

    private async Task<IResult> PageAsync<TPage>(HttpContext http, string language, string status, bool problem, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        http.Response.Headers.CacheControl = "no-store";
        parameters[nameof(CheckInsPage.Status)] = status;
        parameters[nameof(CheckInsPage.Problem)] = problem;
        var page = await razor.RenderAsync<TPage>(parameters, PhoneCulture.Of(language));
        return TypedResults.Content(page.Html, "text/html; charset=utf-8", statusCode: problem ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private IResult Calendar(IEnumerable<CalendarDay> days) =>
        TypedResults.File(Encoding.UTF8.GetBytes(CalendarFile.Write([.. days.OrderBy(d => d.Day)], time.GetUtcNow())), CalendarFile.ContentType, "check-ins.ics");

    private static Told ToldIn(IFormCollection form) =>
        new(Guid.TryParse(form["checkin"], out var id) ? id : Guid.Empty, form["state"], form["happened"], form["next"]);

    private static void SetCulture(string language) => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = PhoneCulture.Of(language);

    private Task<IResult> EndedAsync() => NothingPage.ResultAsync(razor, text["Link.Ended.Title"], text["Link.Ended"]);
}
