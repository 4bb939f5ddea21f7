using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.Reports.Api;

/// <summary>The read-only interface for HR systems. What it gives is what the files give.</summary>
internal static class ApiEndpoints
{
    private const string Description = "openapi.json";

    public static IServiceCollection AddLoyaltyApi(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, AccessTokenHandler>(AccessTokenHandler.Name, null);
        return services;
    }

    public static void MapLoyaltyApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/openapi.json", () => TypedResults.Stream(typeof(ApiEndpoints).Assembly.GetManifestResourceStream(Description)!, "application/json")).AllowAnonymous();

        var api = endpoints.MapGroup("/api/v1/workshops").RequireAuthorization(new AuthorizeAttribute
        {
            AuthenticationSchemes = AccessTokenHandler.Name,
            Policy = Policies.HR,
        });
        api.MapGet("/", WorkshopsAsync);
        api.MapGet("/{workshop:guid}", WorkshopAsync);
        api.MapGet("/{workshop:guid}/measures", (Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, CancellationToken cancellationToken) =>
            OfModelAsync(workshop, user, access, directory, ApiMeasures.Of, cancellationToken));
        api.MapGet("/{workshop:guid}/commitments", (Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, CancellationToken cancellationToken) =>
            OfModelAsync(workshop, user, access, directory, ApiCommitments.Of, cancellationToken));
    }

    private static async Task<IResult> WorkshopsAsync(IDbContextFactory<LoyaltyDb> databases, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ListAsync(databases, null, cancellationToken));

    private static async Task<IResult> WorkshopAsync(Guid workshop, IDbContextFactory<LoyaltyDb> databases, CancellationToken cancellationToken) =>
        await ListAsync(databases, workshop, cancellationToken) is [var found] ? TypedResults.Ok(found) : TypedResults.NotFound();

    // What has run, never a rehearsal; the latest first.
    private static async Task<List<ApiWorkshop>> ListAsync(IDbContextFactory<LoyaltyDb> databases, Guid? only, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Workshops.AsNoTracking()
            .Where(w => w.RehearsalOf == null && w.Status != WorkshopStatus.Draft && (only == null || w.Id == only))
            .OrderByDescending(w => w.Date).ThenBy(w => w.Id)
            .Select(w => new { Row = w, Participants = db.Participants.Count(p => p.WorkshopId == w.Id) })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(w => ApiWorkshop.Of(w.Row, w.Participants))];
    }

    private static async Task<IResult> OfModelAsync<T>(Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, Func<ReportModel, T> shape, CancellationToken cancellationToken)
    {
        var id = new WorkshopId(workshop);
        return await access.CanReadFiguresAsync(user, id, cancellationToken) && await directory.FindAsync(id, cancellationToken) is { } host
            ? TypedResults.Ok(shape(ReportModel.Of(host.Current)))
            : TypedResults.NotFound();
    }
}
