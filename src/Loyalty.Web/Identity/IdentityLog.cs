namespace Loyalty.Web.Identity;

internal static partial class IdentityLog
{
    [LoggerMessage(2000, LogLevel.Warning,
        "No administrator exists yet. Open this link once to create one (it works until it is used or the server restarts): {Link}")]
    public static partial void SetupLink(ILogger log, string link);

    [LoggerMessage(2001, LogLevel.Information, "The first administrator was created: {UserId}")]
    public static partial void AdministratorCreated(ILogger log, Guid userId);

    [LoggerMessage(2002, LogLevel.Warning, "A set-up link with a wrong token was refused")]
    public static partial void SetupRefused(ILogger log);

    [LoggerMessage(2003, LogLevel.Information, "{Actor} invited {UserId}")]
    public static partial void Invited(ILogger log, Guid actor, Guid userId);

    [LoggerMessage(2004, LogLevel.Information, "{Actor} revoked the invitation of {UserId}")]
    public static partial void InvitationRevoked(ILogger log, Guid actor, Guid userId);

    [LoggerMessage(2005, LogLevel.Information, "{UserId} accepted an invitation")]
    public static partial void InvitationAccepted(ILogger log, Guid userId);

    [LoggerMessage(2006, LogLevel.Information, "{Actor} gave {UserId} the roles {Roles}")]
    public static partial void RolesChanged(ILogger log, Guid actor, Guid userId, string roles);

    [LoggerMessage(2007, LogLevel.Information, "{Actor} disabled {UserId}")]
    public static partial void Disabled(ILogger log, Guid actor, Guid userId);

    [LoggerMessage(2008, LogLevel.Information, "{Actor} enabled {UserId}")]
    public static partial void Enabled(ILogger log, Guid actor, Guid userId);

    [LoggerMessage(2009, LogLevel.Information, "A page was closed because its user is no longer signed in")]
    public static partial void CircuitEnded(ILogger log);

    [LoggerMessage(2010, LogLevel.Error, "A page's sign-in could not be checked, so the page was closed")]
    public static partial void CircuitEndFailed(ILogger log, Exception error);
}
