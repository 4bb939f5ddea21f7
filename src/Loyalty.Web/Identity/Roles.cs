using System.Collections.Immutable;

namespace Loyalty.Web.Identity;

public static class Roles
{
    public const string Administrator = "Administrator";
    public const string Facilitator = "Facilitator";
    public const string HR = "HR";

    public static readonly ImmutableArray<string> All = [Administrator, Facilitator, HR];
}
