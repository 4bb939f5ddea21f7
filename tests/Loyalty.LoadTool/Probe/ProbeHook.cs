using System.Diagnostics;
using Loyalty.Engine.Live;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loyalty.LoadTool.Probe;

/// <summary>Puts the probe into a host that is being built.</summary>
internal sealed class ProbeHook : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public const string Variable = "LOYALTY_LOAD_PROBE";
    public const string WithProfile = "profile";

    public static void Place()
    {
        // A process that the server starts, such as a browser's driver, inherits the variables.
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } || Path.GetFileName(Environment.ProcessPath)?.StartsWith("Loyalty.Web", StringComparison.Ordinal) != true)
            return;
        DiagnosticListener.AllListeners.Subscribe(new ProbeHook());
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            builder.ConfigureServices(Add);
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    private static void Add(IServiceCollection services)
    {
        services.AddSingleton<WallProbe>();
        services.AddSingleton<IPublisher>(provider => provider.GetRequiredService<WallProbe>());
        services.AddSingleton(new MeterProbe());
        services.AddSingleton(new AllocationProbe(Environment.GetEnvironmentVariable(Variable) == WithProfile));
        services.AddSingleton<WorkshopProbe>();
        services.AddSingleton<PlanProbe>();
        services.AddTransient<IStartupFilter, ProbeEndpoints>();
    }
}
