using System.IO.Compression;
using Loyalty.Web.Live;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;

namespace Loyalty.Web.Features.Phone;

internal static class PhoneRegistration
{
    /// <summary>
    /// The largest post in bytes: whatever the bounds of an answer allow, in the wasteful encoding of a form. What is larger
    /// is not even read.
    /// </summary>
    private const int MaxPostBytes = 512 * 1024;

    public static IServiceCollection AddLoyaltyPhone(this IServiceCollection services)
    {
        services.AddSingleton<PhoneAssets>();
        services.AddSingleton<JoinGuard>();
        services.AddScoped<PhonePages>();
        services.AddSignalR().AddHubOptions<PhoneHub>(hub => hub.MaximumReceiveMessageSize = PhoneHub.MaxMessageBytes);

        // Safe over HTTPS here: the one secret in these pages, the form's token, is encrypted anew for every page, so that
        // guessing it from the sizes of compressed answers never gets a second look at the same bytes.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        // Over plain HTTP, as from a laptop in the room, browsers ask for gzip only: it must fit the budget too.
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        return services;
    }

    /// <summary>Compresses the phones' pages, and only those; and guards the door of their hub.</summary>
    public static void UseLoyaltyPhone(this IApplicationBuilder app)
    {
        app.UseWhen(context => IsPhonePage(context.Request.Path), pages => pages.UseResponseCompression());
        app.UseWhen(context => context.Request.Path == PhoneHub.Path, hub => hub.Use(next => context => context.RequestServices.GetRequiredService<PhoneDoor>().PassAsync(context, next)));
    }

    public static void MapLoyaltyPhone(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("").AllowAnonymous();
        pages.MapGet("/", (HttpContext context, PhonePages phone, string? code) => phone.CodeAsync(context, code));
        pages.MapGet("/j/{code}", (HttpContext context, PhonePages phone, string code) => phone.ShowAsync(context, code));
        pages.MapPost("/j/{code}", (HttpContext context, PhonePages phone, string code) => phone.JoinAsync(context, code)).WithMetadata(new RequestSizeLimitAttribute(MaxPostBytes));
        pages.MapPost("/j/{code}/answer", (HttpContext context, PhonePages phone, string code) => phone.AnswerAsync(context, code)).WithMetadata(new RequestSizeLimitAttribute(MaxPostBytes));
        // An answer's address is where a browser may find itself after a reload: it leads back to the phone.
        pages.MapGet("/j/{code}/answer", (string code) => TypedResults.LocalRedirect($"~/j/{Uri.EscapeDataString(code)}"));
        endpoints.ServiceProvider.GetRequiredService<PhoneAssets>().Map(pages);
        pages.MapHub<PhoneHub>(PhoneHub.Path, options =>
        {
            options.ApplicationMaxBufferSize = PhoneHub.MaxMessageBytes;
            options.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
        });
    }

    private static bool IsPhonePage(PathString path) => path == "/" || path.StartsWithSegments("/j", StringComparison.Ordinal);
}
