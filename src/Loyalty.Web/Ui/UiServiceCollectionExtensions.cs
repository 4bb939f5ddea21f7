using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Radzen;

namespace Loyalty.Web.Ui;

internal static class UiServiceCollectionExtensions
{
    public const string TrustedProxies = "Loyalty:TrustedProxies";

    public static IServiceCollection AddLoyaltyUi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddRequestLocalization(options =>
        {
            string[] cultures = ["en-GB"];
            options.SetDefaultCulture(cultures[0]).AddSupportedCultures(cultures).AddSupportedUICultures(cultures);
        });
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        JoinAddress.CheckSetting(configuration);
        services.AddSingleton<JoinAddress>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "loyalty.form";
            options.SuppressXFrameOptionsHeader = true; // it would allow our own frames; SecurityHeaders allows none
        });
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
        });

        if (configuration.GetSection(TrustedProxies).Get<string[]>() is { Length: > 0 } proxies)
            services.Configure<ForwardedHeadersOptions>(options => Trust(options, proxies));
        return services;
    }

    // Only what a named proxy says is believed: anybody can send these headers.
    private static void Trust(ForwardedHeadersOptions options, string[] proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownProxies.Clear();
        options.KnownNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(proxy, out var network))
                options.KnownNetworks.Add(new(network.BaseAddress, network.PrefixLength));
            else
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                    $"{TrustedProxies} has '{proxy}', which is neither an address nor a network such as 10.0.0.0/8."));
        }
    }
}
