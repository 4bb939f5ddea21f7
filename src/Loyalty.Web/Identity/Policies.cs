using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Loyalty.Web.Identity;

/// <summary>
/// Who may do what. An administrator may do all of it. Whatever states nothing needs a signed-in user, and a test
/// refuses an endpoint that states nothing.
/// </summary>
public static class Policies
{
    public const string SignedIn = nameof(SignedIn);
    public const string Administrator = nameof(Administrator);
    public const string Facilitator = nameof(Facilitator);
    public const string HR = nameof(HR);

    public static void AddTo(AuthorizationOptions options)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.DefaultPolicy = signedIn;
        options.FallbackPolicy = signedIn;
        options.AddPolicy(SignedIn, signedIn);
        options.AddPolicy(Administrator, policy => policy.RequireRole(Roles.Administrator));
        options.AddPolicy(Facilitator, policy => policy.RequireRole(Roles.Administrator, Roles.Facilitator));
        options.AddPolicy(HR, policy => policy.RequireRole(Roles.Administrator, Roles.HR));
    }

    /// <summary>Where somebody starts after signing in.</summary>
    public static string HomeOf(ClaimsPrincipal user) =>
        user.IsInRole(Roles.Administrator) || user.IsInRole(Roles.Facilitator) ? "/workshops"
        : user.IsInRole(Roles.HR) ? "/hr"
        : "/change-password";
}
