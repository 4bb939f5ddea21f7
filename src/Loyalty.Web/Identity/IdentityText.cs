namespace Loyalty.Web.Identity;

/// <summary>The words of the account pages.</summary>
internal sealed class IdentityText;
