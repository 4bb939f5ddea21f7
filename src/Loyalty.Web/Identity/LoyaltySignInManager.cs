using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Loyalty.Web.Identity;

/// <summary>A disabled person can neither sign in nor keep a session: both ask here.</summary>
internal sealed class LoyaltySignInManager(
    UserManager<AppUser> users,
    IHttpContextAccessor contextAccessor,
    IUserClaimsPrincipalFactory<AppUser> claimsFactory,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<AppUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<AppUser> confirmation)
    : SignInManager<AppUser>(users, contextAccessor, claimsFactory, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(AppUser user) =>
        !user.Disabled && await base.CanSignInAsync(user);

    public override async Task<bool> ValidateSecurityStampAsync(AppUser? user, string? securityStamp) =>
        user is { Disabled: false } && await base.ValidateSecurityStampAsync(user, securityStamp);

    /// <summary>
    /// Signs in by e-mail address. Somebody unknown costs as much time as somebody known, so that the answer's delay
    /// does not tell which addresses have an account.
    /// </summary>
    public async Task<ClaimsPrincipal?> SignInByEmailAsync(string email, string password)
    {
        if (await UserManager.FindByEmailAsync(email) is not { } user)
        {
            UserManager.PasswordHasher.HashPassword(new AppUser(), password);
            return null;
        }

        var result = await PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        return result.Succeeded ? await CreateUserPrincipalAsync(user) : null;
    }

    /// <summary>Ends every other session of this person; the one that asked goes on.</summary>
    public async Task<IdentityResult> ChangePasswordAsync(ClaimsPrincipal principal, string current, string replacement)
    {
        if (await UserManager.GetUserAsync(principal) is not { } user)
            return IdentityResult.Failed(UserManager.ErrorDescriber.DefaultError());

        var changed = await UserManager.ChangePasswordAsync(user, current, replacement);
        if (changed.Succeeded)
            await RefreshSignInAsync(user);
        return changed;
    }
}
