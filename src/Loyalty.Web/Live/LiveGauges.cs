using System.Diagnostics.Metrics;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Live;

/// <summary>What is true at this moment, asked for when somebody reads the meter <c>Loyalty.Live</c>.</summary>
internal sealed class LiveGauges(IMeterFactory meters, LiveDirectory directory, PhoneConnections phones) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The factory gives everybody the same meter of this name, and ends it with the server.
        var meter = meters.Create(LiveMetrics.MeterName);
        meter.CreateObservableGauge("loyalty.rooms", () => directory.Loaded.Count(), description: "Workshops in memory.");
        meter.CreateObservableGauge("loyalty.phones", () => phones.Count, description: "Phones that are connected.");
        meter.CreateObservableGauge("loyalty.mailbox.depth", () => directory.Loaded.Select(host => host.Waiting).DefaultIfEmpty().Max(), description: "Commands that wait in the fullest mailbox.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
