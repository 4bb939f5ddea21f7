namespace Loyalty.Web.Features.People.Account;

/// <summary>The words of signing in, setting up and passwords.</summary>
internal sealed class AccountText;
