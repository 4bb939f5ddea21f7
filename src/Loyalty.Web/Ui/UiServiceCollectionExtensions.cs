using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Radzen;
using IPNetwork = System.Net.IPNetwork;

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
            Trust(services, proxies);
        return services;
    }

    /// <summary>Only what a named proxy says is believed: anybody can send these headers.</summary>
    /// <exception cref="OptionsValidationException">A proxy is named by neither an address nor a network: what stops the start.</exception>
    private static void Trust(IServiceCollection services, string[] proxies)
    {
        var addresses = new List<IPAddress>();
        var networks = new List<IPNetwork>();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                addresses.Add(address);
            else if (IPNetwork.TryParse(proxy, out var network))
                networks.Add(network);
            else
                throw new OptionsValidationException(TrustedProxies, typeof(ForwardedHeadersOptions), [$"The setting {TrustedProxies} has '{proxy}', which is neither an address such as 10.0.0.1 nor a network such as 10.0.0.0/8; correct it, or remove it."]);
        }

        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownNetworks.Clear();
            foreach (var address in addresses)
                options.KnownProxies.Add(address);
            foreach (var network in networks)
                options.KnownNetworks.Add(new(network.BaseAddress, network.PrefixLength));
        });
    }
}
