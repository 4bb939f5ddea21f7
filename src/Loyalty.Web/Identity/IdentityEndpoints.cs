using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Web.Identity;

internal static class IdentityEndpoints
{
    public static void UseLoyaltyIdentity(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
    }

    public static void MapLoyaltyIdentity(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/sign-out", SignOutAsync).AllowAnonymous();

    // Bound from the form, so that the antiforgery token is asked for. Anonymous, because somebody whose session has
    // already ended and who presses "sign out" has got what they wanted.
    private static async Task<RedirectHttpResult> SignOutAsync([FromForm] SignOutForm form, SignInManager<AppUser> signIn)
    {
        _ = form;
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("~/sign-in");
    }

    internal sealed record SignOutForm(string? From);
}
