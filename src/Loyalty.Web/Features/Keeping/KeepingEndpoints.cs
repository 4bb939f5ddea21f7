using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Plans;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Features.Keeping;

internal static class KeepingEndpoints
{
    private static readonly JsonSerializerOptions Readable = new(ExerciseJson.Options) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddLoyaltyKeeping(this IServiceCollection services)
    {
        services.AddSingleton<People>();
        return services;
    }

    public static void MapLoyaltyKeeping(this IEndpointRouteBuilder endpoints)
    {
        var hr = endpoints.MapGroup("/hr").RequireAuthorization(Policies.HR);
        hr.MapGet("/people/{workshop:guid}/{person:guid}.json", PersonJsonAsync);
        hr.MapPost("/people/{workshop:guid}/{person:guid}/erase", ErasePersonAsync);
        hr.MapPost("/organisations", SaveOrganisationAsync);
        hr.MapPost("/workshops/{workshop:guid}/erase", EraseWorkshopAsync).RequireAuthorization(Policies.Administrator);
    }

    private static async Task<IResult> PersonJsonAsync(Guid workshop, Guid person, ClaimsPrincipal user, People people, ExportRecords exports, CancellationToken cancellationToken)
    {
        if (await people.FileAsync(workshop, person, cancellationToken) is not { } file)
            return TypedResults.NotFound();
        await exports.AddAsync(user, ExportKinds.Person, workshop, 1, cancellationToken);
        return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(file, Readable), "application/json", $"person-{person:N}.json");
    }

    // The box that says "I understand" is part of the form; without it nothing is erased, whoever sends what.
    private static async Task<IResult> ErasePersonAsync(Guid workshop, Guid person, [FromForm] bool? sure, WorkshopAccess access, ClaimsPrincipal user, Erasure erasure, CancellationToken cancellationToken) =>
        sure is not true ? TypedResults.LocalRedirect($"~/hr/people/{workshop:N}/{person:N}?done=unsure")
        : await access.CanReadPlansAsync(user, new WorkshopId(workshop), cancellationToken) && await erasure.PersonAsync(new WorkshopId(workshop), new ParticipantId(person), cancellationToken)
            ? TypedResults.LocalRedirect("~/hr/people?done=erased")
            : TypedResults.NotFound();

    private static async Task<IResult> EraseWorkshopAsync(Guid workshop, [FromForm] bool? sure, Erasure erasure, CancellationToken cancellationToken) =>
        sure is not true ? TypedResults.LocalRedirect($"~/hr/workshops/{workshop:N}/erase?done=unsure")
        : await erasure.WorkshopAsync(new WorkshopId(workshop), cancellationToken) ? TypedResults.LocalRedirect("~/hr/workshops?done=erased")
        : TypedResults.NotFound();

    private static async Task<IResult> SaveOrganisationAsync(
        [FromForm] string? name, [FromForm] string? days, [FromForm] string? months, IDbContextFactory<LoyaltyDb> databases, CancellationToken cancellationToken)
    {
        var organisation = Fields.Clean(name);
        if (organisation.Length is 0 or > 200 || Days(days) is not { } checkIns
            || !int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out var keep) || keep is < OrganisationRow.FewestRetentionMonths or > OrganisationRow.MostRetentionMonths)
        {
            return TypedResults.LocalRedirect("~/hr/organisations?done=wrong");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = Organisations.KeyOf(organisation);
        var row = await db.Organisations.FindAsync([key], cancellationToken);
        if (row is null)
            db.Organisations.Add(row = new OrganisationRow { Key = key, Name = organisation });
        row.Name = organisation;
        row.CheckInDays = checkIns.SequenceEqual(Commitment.CheckInDays) ? "" : string.Join(' ', checkIns.Select(d => d.ToString(CultureInfo.InvariantCulture)));
        row.RetentionMonths = keep;
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.LocalRedirect("~/hr/organisations?done=saved");
    }

    /// <summary>Days as somebody types them: numbers with anything between them. Null if they are no days to check in on.</summary>
    internal static ImmutableArray<int>? Days(string? typed)
    {
        var days = (typed ?? "").Split([' ', ',', ';', '/'], StringSplitOptions.RemoveEmptyEntries)
            .Select(day => int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).Distinct().Order().ToImmutableArray();
        return days.Length is >= 1 and <= Commitment.MaxCheckIns && days.All(d => d is >= 1 and <= Commitment.MaxCheckInDay) ? days : null;
    }
}
