using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Identity;
using Loyalty.Web.Live;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Web.Features.ActionPlans;

internal static class ActionPlanEndpoints
{
    public static IServiceCollection AddLoyaltyActionPlans(this IServiceCollection services)
    {
        services.AddSingleton<PlanLinks>();
        services.AddSingleton<PlanShelf>();
        services.AddSingleton<PlanFiles>();
        services.AddSingleton<WorkshopCsv>();
        services.AddSingleton<PlanPages>();
        return services;
    }

    public static void MapLoyaltyActionPlans(this IEndpointRouteBuilder endpoints)
    {
        var hr = endpoints.MapGroup("/hr/workshops/{workshop:guid}").RequireAuthorization(Policies.HR);
        hr.MapGet("/plans/{participant:guid}.pdf", OnePdfAsync);
        hr.MapPost("/plans", SelectionAsync);
        hr.MapGet("/everything.csv", CsvAsync);

        // Participants have no account: the phone's cookie, or the link itself, says whose plan it is, on each request.
        endpoints.MapGet("/j/{code}/plan.pdf", OwnPdfAsync).AllowAnonymous();
        endpoints.MapGet("/j/{code}/plan", OwnPlanAsync).AllowAnonymous();
        endpoints.MapGet("/plan/{token}", (HttpContext http, PlanPages pages, string token) => pages.ShowAsync(http, token)).AllowAnonymous();
        endpoints.MapPost("/plan/{token}", (HttpContext http, PlanPages pages, string token) => pages.SaveAsync(http, token)).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(512 * 1024));
        endpoints.MapGet("/plan/{token}/plan.pdf", (HttpContext http, PlanPages pages, string token) => pages.PdfAsync(http, token)).AllowAnonymous();
    }

    private static async Task<IResult> OnePdfAsync(Guid workshop, Guid participant, ClaimsPrincipal user, WorkshopAccess access, PlanShelf shelf, PlanFiles files, HttpRequest request, CancellationToken cancellationToken) =>
        await access.CanReadPlansAsync(user, new WorkshopId(workshop), cancellationToken)
            ? await files.PdfAsync(await shelf.SheetsAsync(workshop, ImmutableHashSet.Create(participant), OriginOf(request), cancellationToken), CultureInfo.CurrentUICulture, cancellationToken)
            : TypedResults.NotFound();

    private static async Task<IResult> SelectionAsync(
        Guid workshop, [FromForm(Name = "as")] string? format, [FromForm(Name = "participant")] Guid[]? participants,
        ClaimsPrincipal user, WorkshopAccess access, PlanShelf shelf, PlanFiles files, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!await access.CanReadPlansAsync(user, new WorkshopId(workshop), cancellationToken))
            return TypedResults.NotFound();

        var chosen = participants is { Length: > 0 } ? participants.ToImmutableHashSet() : null;
        var sheets = await shelf.SheetsAsync(workshop, chosen, OriginOf(request), cancellationToken);
        return format == "zip"
            ? await files.ZipAsync(sheets, CultureInfo.CurrentUICulture, cancellationToken)
            : await files.PdfAsync(sheets, CultureInfo.CurrentUICulture, cancellationToken);
    }

    private static async Task<IResult> CsvAsync(Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, WorkshopCsv csv, CancellationToken cancellationToken)
    {
        if (!await access.CanReadPlansAsync(user, new WorkshopId(workshop), cancellationToken)
            || await directory.FindAsync(new WorkshopId(workshop), cancellationToken) is not { Current: var current })
        {
            return TypedResults.NotFound();
        }

        var file = new MemoryStream();
        await csv.WriteAsync(current, file, cancellationToken);
        file.Position = 0;
        return TypedResults.File(file, "text/csv; charset=utf-8", PlanFiles.FileName($"{current.Info.Title} {current.Info.Date:yyyy-MM-dd}") + ".csv");
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
