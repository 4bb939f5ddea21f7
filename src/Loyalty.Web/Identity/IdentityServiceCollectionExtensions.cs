using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;

namespace Loyalty.Web.Identity;

internal static class IdentityServiceCollectionExtensions
{
    /// <summary>The caller adds the stores: where people are kept is not this room's business.</summary>
    public static IdentityBuilder AddLoyaltyIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
            cookies.ApplicationCookie!.Configure(cookie =>
            {
                cookie.Cookie.Name = "loyalty.sign-in";
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.HttpOnly = true;
                cookie.ExpireTimeSpan = TimeSpan.FromHours(12); // a training day, and it slides
                cookie.SlidingExpiration = true;
                cookie.LoginPath = "/sign-in";
                cookie.AccessDeniedPath = "/access-denied";
                cookie.ReturnUrlParameter = ReturnUrl.Parameter;
            }));
        services.AddAuthorization(Policies.AddTo);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromSeconds(30));

        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddScoped<CircuitHandler, CircuitGuard>();

        services.AddRateLimiter(options => CredentialRateLimit.AddTo(options, configuration));

        services.AddSingleton<Accounts>();
        services.AddSingleton<FirstRun>();
        services.AddHostedService<FirstRunAnnouncement>();

        var identity = services.AddIdentityCore<AppUser>(Configure)
            .AddRoles<IdentityRole<Guid>>()
            .AddSignInManager<LoyaltySignInManager>()
            .AddErrorDescriber<IdentityErrors>()
            .AddClaimsPrincipalFactory<AppClaims>();
        services.AddScoped(provider => (LoyaltySignInManager)provider.GetRequiredService<SignInManager<AppUser>>());
        return identity;
    }

    private static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = ""; // the user name is an e-mail address, which knows apostrophes and more

        // Length is what makes a password strong; rules about character classes only make it hard to remember.
        options.Password.RequiredLength = 12;
        options.Password.RequiredUniqueChars = 5;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;

        options.Lockout.AllowedForNewUsers = true;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
    }
}
