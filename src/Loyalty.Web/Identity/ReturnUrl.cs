namespace Loyalty.Web.Identity;

/// <summary>Keeps "and then go back to where you were" inside this site.</summary>
internal static class ReturnUrl
{
    public const string Parameter = "returnUrl";

    /// <summary>
    /// Only a path on this host. Browsers read "//x" and "/\x" as another host and drop tabs and line breaks before
    /// they look, so all of those are refused rather than cleaned.
    /// </summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..]
        && url is not ['/', '/' or '\\', ..]
        && !url.Any(char.IsControl);

    public static string LocalOr(string? url, string otherwise) => IsLocal(url) ? url! : otherwise;
}
