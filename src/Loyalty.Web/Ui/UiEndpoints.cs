using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Web.Ui;

internal static class UiEndpoints
{
    public static void UseLoyaltyUi(this WebApplication app)
    {
        if (app.Configuration.GetSection(UiServiceCollectionExtensions.TrustedProxies).Exists())
            app.UseForwardedHeaders();
        app.Use((context, next) =>
        {
            SecurityHeaders.Add(context);
            return next(context);
        });
        app.UseRequestLocalization(); // outside the error pages, which are in somebody's language too
        app.UseExceptionHandler(errors => errors.Run(context =>
        {
            SecurityHeaders.Add(context); // the handler begins with a cleared response
            return SayAsync(context, StatusCodes.Status500InternalServerError);
        }));
        app.UseHsts();
        app.UseStatusCodePages(pages => SayAsync(pages.HttpContext, pages.HttpContext.Response.StatusCode));
    }

    public static void MapLoyaltyUi(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null) // set for every response, above
            .Add(AllowThePlumbing);
        Appearance.Map(app);

        // Without this an address that does not exist would ask a stranger to sign in first.
        app.MapFallback("{*path}", () => TypedResults.NotFound()).AllowAnonymous();
    }

    // The circuit's hub and script serve public pages too. Each page states for whom it is; a page that does not is
    // left to the fallback policy (and to the test that refuses it).
    private static void AllowThePlumbing(EndpointBuilder endpoint)
    {
        if (!endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    // Programs get the bare status; a person gets a page with a sentence.
    private static async Task SayAsync(HttpContext context, int status)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return;

        // A scope of its own: the one of the request may already have rendered half a page, and renders only once.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<ProblemDocument>(new { Status = status }) { StatusCode = status }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
