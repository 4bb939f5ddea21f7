using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Loyalty.Web.Hosting;

internal static class HostingExtensions
{
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Where to listen if nobody says so, how a failed start is told, and the health checks.</summary>
    public static void AddLoyaltyHosting(this WebApplicationBuilder builder)
    {
        // In code and not in appsettings.json, which would win over the environment variable ASPNETCORE_URLS.
        string[] settings = ["urls", "http_ports", "https_ports"];
        if (settings.All(s => string.IsNullOrEmpty(builder.Configuration[s])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);

        // The host logs a failed start with its stack trace before it throws. It is told once, by whoever catches it:
        // as a sentence if there is one, else by the runtime, with the trace.
        var started = new Started();
        builder.Services.AddSingleton(started);
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Started>());
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && started.Value);

        _ = Telemetry.EndpointOf(builder.Configuration); // a wrong address stops the start
        builder.Services.AddHostedService<Telemetry>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseAnswers>("database");
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: so does its database.</summary>
    public static void MapLoyaltyHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready").AllowAnonymous();
    }

    /// <summary>Whether the server has come up.</summary>
    private sealed class Started : IHostedLifecycleService
    {
        private volatile bool value;

        public bool Value => value;

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken)
        {
            value = true;
            return Task.CompletedTask;
        }

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
