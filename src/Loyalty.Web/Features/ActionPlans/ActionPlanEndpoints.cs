using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Features.ActionPlans.Bulk;
using Loyalty.Web.Features.ActionPlans.CheckIns;
using Loyalty.Web.Identity;
using Loyalty.Web.Live;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Web.Features.ActionPlans;

internal static class ActionPlanEndpoints
{
    public static IServiceCollection AddLoyaltyActionPlans(this IServiceCollection services, IConfiguration configuration)
    {
        Mailer.CheckSettings(configuration);
        services.AddSingleton<Mailer>();
        services.AddSingleton<CheckInDesk>();
        services.AddSingleton<CheckInPages>();
        services.AddSingleton<FollowUpBoard>();
        services.AddSingleton<Reminders>();
        services.AddHostedService<RemindersInTime>();
        services.AddSingleton<PlanPrints>();
        services.AddHostedService(provider => provider.GetRequiredService<PlanPrints>());
        services.AddSingleton<PlanSearch>();
        services.AddSingleton<PlanHistory>();
        services.AddSingleton<PlanLinks>();
        services.AddSingleton<PlanShelf>();
        services.AddSingleton<LinkMail>();
        services.AddSingleton<PlanFiles>();
        services.AddSingleton<WorkshopCsv>();
        services.AddSingleton<PlanPages>();
        return services;
    }

    public static void MapLoyaltyActionPlans(this IEndpointRouteBuilder endpoints)
    {
        var hr = endpoints.MapGroup("/hr/workshops/{workshop:guid}").RequireAuthorization(Policies.HR);
        hr.MapGet("/plans/{participant:guid}.pdf", OnePdfAsync);
        hr.MapPost("/plans/{participant:guid}/link", LinkAsync);
        hr.MapPost("/plans", SelectionAsync);
        hr.MapGet("/everything.csv", CsvAsync);

        endpoints.MapPost("/hr/prints", PrintAsync).RequireAuthorization(Policies.HR);
        endpoints.MapGet("/hr/prints/{id:guid}/file", PrintedAsync).RequireAuthorization(Policies.HR);
        endpoints.MapPost("/hr/follow-up/reminders/passed-on", PassedOnAsync).RequireAuthorization(Policies.HR);

        // Participants have no account: the phone's cookie, or the link itself, says whose plan it is, on each request.
        endpoints.MapGet("/j/{code}/plan.pdf", OwnPdfAsync).AllowAnonymous();
        endpoints.MapGet("/j/{code}/plan", OwnPlanAsync).AllowAnonymous();

        // The address is the key to these, and no browser sends it along for another site; so their forms carry no token against that,
        // and one that has stood open for a month can still be sent.
        endpoints.MapGet("/plan/{token}", (HttpContext http, PlanPages pages, string token) => pages.ShowAsync(http, token)).AllowAnonymous();
        endpoints.MapPost("/plan/{token}", (HttpContext http, PlanPages pages, string token) => pages.SaveAsync(http, token)).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(512 * 1024));
        endpoints.MapGet("/plan/{token}/plan.pdf", (HttpContext http, PlanPages pages, string token) => pages.PdfAsync(http, token)).AllowAnonymous();
        endpoints.MapGet("/plan/{token}/check-ins", (HttpContext http, CheckInPages pages, string token) => pages.ShowAuthorAsync(http, token)).AllowAnonymous();
        endpoints.MapPost("/plan/{token}/check-ins", (HttpContext http, CheckInPages pages, string token) => pages.SaveAuthorAsync(http, token)).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(64 * 1024));
        endpoints.MapGet("/plan/{token}/check-ins.ics", (HttpContext http, CheckInPages pages, string token) => pages.CalendarOfAuthorAsync(http, token)).AllowAnonymous();
        endpoints.MapGet("/partner/{token}", (HttpContext http, CheckInPages pages, string token) => pages.ShowPartnerAsync(http, token)).AllowAnonymous();
        endpoints.MapPost("/partner/{token}", (HttpContext http, CheckInPages pages, string token) => pages.SavePartnerAsync(http, token)).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(64 * 1024));
        endpoints.MapGet("/partner/{token}/check-ins.ics", (HttpContext http, CheckInPages pages, string token) => pages.CalendarOfPartnerAsync(http, token)).AllowAnonymous();
    }

    private static async Task<IResult> OnePdfAsync(
        Guid workshop, Guid participant, ClaimsPrincipal user, WorkshopAccess access, PlanShelf shelf, PlanFiles files, ExportRecords exports, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!await access.CanReadPlansAsync(user, new WorkshopId(workshop), cancellationToken))
            return TypedResults.NotFound();
        var sheets = await shelf.SheetsAsync(workshop, ImmutableHashSet.Create(participant), OriginOf(request), cancellationToken);
        await exports.AddAsync(user, ExportKinds.PlanPdf, workshop, sheets.Length, cancellationToken);
        return await files.PdfAsync(sheets, CultureInfo.CurrentUICulture, cancellationToken);
    }

    private static async Task<IResult> SelectionAsync(
        Guid workshop, [FromForm(Name = "as")] string? format, [FromForm(Name = "participant")] Guid[]? participants,
        ClaimsPrincipal user, WorkshopAccess access, PlanShelf shelf, PlanFiles files, ExportRecords exports, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!await access.CanReadPlansAsync(user, new WorkshopId(workshop), cancellationToken))
            return TypedResults.NotFound();

        var chosen = participants is { Length: > 0 } ? participants.ToImmutableHashSet() : null;
        var sheets = await shelf.SheetsAsync(workshop, chosen, OriginOf(request), cancellationToken);
        await exports.AddAsync(user, format == "zip" ? ExportKinds.PlansZip : ExportKinds.PlansPdf, workshop, sheets.Length, cancellationToken);
        return format == "zip"
            ? await files.ZipAsync(sheets, CultureInfo.CurrentUICulture, cancellationToken)
            : await files.PdfAsync(sheets, CultureInfo.CurrentUICulture, cancellationToken);
    }

    private static async Task<IResult> CsvAsync(
        Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, WorkshopCsv csv, ExportRecords exports, CancellationToken cancellationToken)
    {
        if (!await access.CanReadPlansAsync(user, new WorkshopId(workshop), cancellationToken)
            || await directory.FindAsync(new WorkshopId(workshop), cancellationToken) is not { Current: var current })
        {
            return TypedResults.NotFound();
        }

        var file = new MemoryStream();
        await csv.WriteAsync(current, file, cancellationToken);
        file.Position = 0;
        await exports.AddAsync(user, ExportKinds.WorkshopCsv, workshop, current.Participants.Count, cancellationToken);
        return TypedResults.File(file, "text/csv; charset=utf-8", PlanFiles.FileName($"{current.Info.Title} {current.Info.Date:yyyy-MM-dd}") + ".csv");
    }

    /// <summary>Ends a private link, or sends the one that works.</summary>
    private static async Task<IResult> LinkAsync(
        Guid workshop, Guid participant, [FromForm(Name = "do")] string? what, [FromForm(Name = "to")] string? to,
        ClaimsPrincipal user, WorkshopAccess access, PlanShelf shelf, LinkMail mail, CancellationToken cancellationToken)
    {
        if (!await access.CanReadPlansAsync(user, new WorkshopId(workshop), cancellationToken))
            return TypedResults.NotFound();
        var done = what switch
        {
            "renew" => await shelf.RenewLinkAsync(workshop, participant, cancellationToken) ? "link" : null,
            "send" => await mail.SendAsync(workshop, participant, to, cancellationToken),
            _ => null,
        };
        return done is null ? TypedResults.NotFound() : TypedResults.LocalRedirect($"~/hr/workshops/{workshop:N}/plans/{participant:N}?done={done}");
    }

    /// <summary>All plans that a filter finds, printed behind everything else.</summary>
    private static async Task<IResult> PrintAsync([FromForm(Name = "as")] string? format, HttpContext http, PlanSearch search, PlanPrints prints, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var filter = new PlanFilter(
            form["q"], form["organisation"], form["department"], Guid.TryParse(form["workshop"], out var workshop) ? workshop : null, form["opportunity"], form["rung"], form["due"], form["state"]);
        var plans = await search.AllAsync(filter, cancellationToken);
        if (plans.IsEmpty || AppClaims.IdOf(http.User) is not { } user)
            return TypedResults.LocalRedirect("~/hr" + filter.ToQuery(1));
        return plans.Length > PlanPrints.Most ? TypedResults.LocalRedirect($"~/hr{filter.ToQuery(1)}&print=too-many")
            : prints.Ask(user, plans, format == "zip", OriginOf(http.Request), CultureInfo.CurrentUICulture) is { } print ? TypedResults.LocalRedirect($"~/hr/prints/{print.Id:N}")
            : TypedResults.LocalRedirect($"~/hr{filter.ToQuery(1)}&print=busy");
    }

    private static async Task<IResult> PrintedAsync(Guid id, ClaimsPrincipal user, PlanPrints prints, ExportRecords exports, CancellationToken cancellationToken)
    {
        if (prints.Find(id, AppClaims.IdOf(user)) is not { } print || prints.FileOf(print) is not { } path)
            return TypedResults.NotFound();
        await exports.AddAsync(user, print.Zip ? ExportKinds.PlansZip : ExportKinds.PlansPdf, null, print.Plans.Length, cancellationToken);
        return TypedResults.PhysicalFile(path, print.Zip ? "application/zip" : "application/pdf", $"action-plans-{print.AskedAt:yyyy-MM-dd}{Path.GetExtension(path)}");
    }

    private static async Task<IResult> PassedOnAsync([FromForm] Guid checkIn, [FromForm] bool toPartner, Reminders reminders, CancellationToken cancellationToken)
    {
        await reminders.PassedOnAsync(checkIn, toPartner, cancellationToken);
        return TypedResults.LocalRedirect("~/hr/follow-up/reminders");
    }

    private static async Task<IResult> OwnPdfAsync(string code, PhoneAdmission admission, PlanPages pages, HttpContext http) =>
        await admission.AdmitAsync(http.Request, code, http.RequestAborted) is { } phone
            ? await pages.PdfAsync(http, phone.Host.Id, phone.Participant.Id)
            : TypedResults.LocalRedirect($"~/j/{Uri.EscapeDataString(code)}");

    private static async Task<IResult> OwnPlanAsync(string code, PhoneAdmission admission, PlanPages pages, HttpContext http) =>
        await admission.AdmitAsync(http.Request, code, http.RequestAborted) is { } phone
            ? TypedResults.LocalRedirect($"~/plan/{await pages.TokenAsync(phone.Host.Id, phone.Participant.Id, http.RequestAborted)}")
            : TypedResults.LocalRedirect($"~/j/{Uri.EscapeDataString(code)}");

    internal static Uri OriginOf(HttpRequest request) => new($"{request.Scheme}://{request.Host.ToUriComponent()}/");
}
