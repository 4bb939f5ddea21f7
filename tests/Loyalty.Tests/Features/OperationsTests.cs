using System.Diagnostics.Metrics;
using Loyalty.Web.Features.Operations;
using Loyalty.Web.Hosting;
using Loyalty.Web.Storage;
using Microsoft.Extensions.Configuration;

namespace Loyalty.Tests.Features;

public sealed class OperationsTests
{
    [Fact]
    public async Task Recent_times_give_the_percentile_of_what_the_meter_recorded()
    {
        using var times = new RecentTimes();
        using var meter = new Meter("Loyalty.Test");
        var duration = meter.CreateHistogram<double>("loyalty.test.duration", "s");
        await times.StartAsync(TestContext.Current.CancellationToken);
        Assert.Null(times.Percentile("loyalty.test.duration", 0.99));

        for (var i = 1; i <= 100; i++)
            duration.Record(i / 1_000.0);

        Assert.Equal(TimeSpan.FromMilliseconds(99), times.Percentile("loyalty.test.duration", 0.99));
        Assert.Equal(TimeSpan.FromMilliseconds(50), times.Percentile("loyalty.test.duration", 0.5));
    }

    [Fact]
    public async Task Old_times_are_forgotten()
    {
        using var times = new RecentTimes();
        using var meter = new Meter("Loyalty.Test");
        var duration = meter.CreateHistogram<double>("loyalty.test.old", "s");
        await times.StartAsync(TestContext.Current.CancellationToken);

        duration.Record(60);
        for (var i = 0; i < RecentTimes.Kept; i++)
            duration.Record(0.001);

        Assert.Equal(TimeSpan.FromMilliseconds(1), times.Percentile("loyalty.test.old", 1));
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("http://localhost:4317", null, true)]
    [InlineData(null, "http://localhost:4317", true)]
    public void Nothing_is_sent_unless_a_collector_is_configured(string? own, string? standard, bool on) =>
        Assert.Equal(on, Telemetry.EndpointOf(Settings((Telemetry.Setting, own), ("OTEL_EXPORTER_OTLP_ENDPOINT", standard))).On);

    [Fact]
    public void Wrong_collector_stops_the_start_with_a_sentence() =>
        Assert.Contains("not an address", Assert.Throws<StartupProblem>(() => Telemetry.EndpointOf(Settings((Telemetry.Setting, "collector")))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Every", "tomorrow")]
    [InlineData("Every", "00:00:01")]
    [InlineData("Keep", "0")]
    public void Wrong_schedule_of_backups_stops_the_start_with_a_sentence(string setting, string value) =>
        Assert.Contains(value, Assert.Throws<StartupProblem>(() => BackupOptions.From(Settings(($"{BackupOptions.Section}:{setting}", value)), new DataDirectory("/data"))).Message, StringComparison.Ordinal);

    private static IConfiguration Settings(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();
}
