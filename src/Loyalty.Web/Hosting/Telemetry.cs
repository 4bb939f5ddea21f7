using Loyalty.Web.Storage;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Loyalty.Web.Hosting;

/// <summary>
/// Sends meters and traces to a collector, if one is configured: setting <c>Loyalty:Otlp:Endpoint</c>, or the variables that every
/// OpenTelemetry program reads, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Otherwise nothing leaves the process.
/// </summary>
internal sealed class Telemetry(IConfiguration configuration) : IHostedService, IDisposable
{
    public const string Setting = "Loyalty:Otlp:Endpoint";

    private const string StandardSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Service = "loyalty";

    /// <summary>Our own, and those of the framework that say how requests, connections and the runtime do.</summary>
    private static readonly string[] Meters =
        ["Loyalty.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime"];

    private MeterProvider? meters;
    private TracerProvider? traces;

    /// <summary>Where to send to: an address, null for what the standard variables say, or nowhere.</summary>
    /// <exception cref="StartupProblem">The setting is no address.</exception>
    public static (bool On, Uri? Endpoint) EndpointOf(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } setting)
            return (configuration[StandardSetting] is { Length: > 0 }, null);
        return Uri.TryCreate(setting, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? (true, endpoint)
            : throw new StartupProblem($"{Setting} is “{setting}”, which is not an address such as http://localhost:4317.");
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (on, endpoint) = EndpointOf(configuration);
        if (!on)
            return Task.CompletedTask;

        var resource = ResourceBuilder.CreateDefault().AddService(Service, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString());
        meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter(options => options.Endpoint = endpoint ?? options.Endpoint)
            .Build();
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Loyalty.*", "Microsoft.AspNetCore")
            .AddOtlpExporter(options => options.Endpoint = endpoint ?? options.Endpoint)
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left, then stops.</summary>
    public void Dispose()
    {
        meters?.Dispose();
        traces?.Dispose();
    }
}
