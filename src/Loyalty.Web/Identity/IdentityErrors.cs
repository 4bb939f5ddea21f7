using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Identity;

/// <summary>What the account rules say to people, in the reader's language.</summary>
internal sealed class IdentityErrors(IStringLocalizer<IdentityText> text) : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), length);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) =>
        Say(nameof(PasswordRequiresUniqueChars), uniqueChars);

    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch));

    public override IdentityError DuplicateEmail(string email) => Say(nameof(DuplicateEmail));

    // The user name is the e-mail address: saying the same thing twice would not help.
    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateEmail));

    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail));

    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidEmail));

    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure));

    public override IdentityError DefaultError() => Say(nameof(DefaultError));

    private IdentityError Say(string code, params object[] arguments) =>
        new() { Code = code, Description = text["Error." + code, arguments] };
}
