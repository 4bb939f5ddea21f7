using System.Security.Claims;
using System.Text;
using Loyalty.Engine.Curriculum;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;

namespace Loyalty.Web.Features.Programmes;

internal static class ProgrammeEndpoints
{
    public static IServiceCollection AddLoyaltyProgrammes(this IServiceCollection services)
    {
        services.AddSingleton<Labels>();
        services.AddSingleton<PhonePicture>();
        return services;
    }

    public static void MapLoyaltyProgrammes(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/programmes/{programme:guid}/export", ExportAsync).RequireAuthorization(Policies.Facilitator);

        // The form of the file is no secret: whoever writes one elsewhere may check it first.
        endpoints.MapGet(ProgrammeFile.SchemaPath, () => TypedResults.Stream(Schema(), "application/schema+json")).AllowAnonymous();
    }

    private static async Task<IResult> ExportAsync(Guid programme, int? version, ClaimsPrincipal user, ProgrammeShelf shelf, CancellationToken cancellationToken) =>
        await shelf.FindAsync(user, programme, version, cancellationToken) is { } stored
            ? TypedResults.File(Encoding.UTF8.GetBytes(ProgrammeFile.Write(stored.Programme)), "application/json", $"{Slug.Of(stored.Programme.Title, [], "programme")}-{stored.Number}.json")
            : TypedResults.NotFound();

    private static Stream Schema() =>
        typeof(ProgrammeEndpoints).Assembly.GetManifestResourceStream("programme.schema.json")
        ?? throw new InvalidOperationException("The schema of programme files is missing in the program.");
}
