using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Web.Ui;

/// <summary>
/// Light, dark, or as the device prefers. The choice is a cookie and the server links the sheets that go with it: no
/// script, and no flash of the other theme.
/// </summary>
internal static class Appearance
{
    public const string System = "system";
    public const string Light = "light";
    public const string Dark = "dark";

    private const string Cookie = "appearance";

    public static string Of(HttpContext? context) =>
        context?.Request.Cookies[Cookie] is Light or Dark ? context.Request.Cookies[Cookie]! : System;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost("/appearance", Choose).AllowAnonymous();

    private static RedirectHttpResult Choose([FromForm] string choice, [FromForm] string? from, HttpContext context)
    {
        if (choice is Light or Dark)
        {
            context.Response.Cookies.Append(Cookie, choice, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }
        else
        {
            context.Response.Cookies.Delete(Cookie);
        }

        return TypedResults.LocalRedirect(Identity.ReturnUrl.LocalOr(from, "/"));
    }
}
