using Loyalty.Engine.Live;

namespace Loyalty.Web.Live;

/// <summary>
/// The participant's token on the phone: one cookie per workshop, unreadable for scripts. SameSite=Lax keeps it out of
/// posts and web sockets that other sites start.
/// </summary>
public static class ParticipantCookie
{
    /// <summary>Longer than the last check-in after a workshop; the token means nothing once the workshop is erased.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(120);

    public static string? Read(HttpRequest request, string code) =>
        request.Cookies[Name(request, code)] is { Length: > 0 and <= 100 } token ? token : null;

    public static void Write(HttpResponse response, string code, string token) =>
        response.Cookies.Append(Name(response.HttpContext.Request, code), token, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = response.HttpContext.Request.IsHttps,
        });

    // Browsers refuse the prefix over plain HTTP, as on a laptop that serves its own room.
    private static string Name(HttpRequest request, string code) => (request.IsHttps ? "__Host-loyalty." : "loyalty.") + JoinCode.Normalize(code);
}
