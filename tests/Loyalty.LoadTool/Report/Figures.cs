using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loyalty.LoadTool.Report;

/// <summary>One measured number.</summary>
/// <param name="Bare">The same of the bare hub, in the same run; null where it has nothing to compare.</param>
internal sealed record Figure(string Scenario, string Name, string Unit, double Value, double? Bare = null)
{
    public string Key => $"{Scenario}/{Name}";

    public double? Ratio => Bare is > 0 ? Value / Bare : null;
}

/// <summary>Everything that one run found.</summary>
/// <param name="Machine">On what, and how busy it was before: a figure without this means nothing.</param>
internal sealed record RunReport(DateTimeOffset Started, int Phones, string Machine, double Seconds, IReadOnlyList<Figure> Figures)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static async Task<RunReport> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<RunReport>(stream, Json, cancellationToken) ?? throw new JsonException($"{file} holds no run.");
    }

    public async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, this, Json, cancellationToken);
    }
}

/// <summary>Gathers figures while a run goes on.</summary>
internal sealed class FigureList
{
    private readonly List<Figure> all = [];

    public IReadOnlyList<Figure> All => all;

    public void Add(string scenario, string name, string unit, double value, double? bare = null) => all.Add(new Figure(scenario, name, unit, value, bare));

    /// <summary>p50, p95, p99 and max, in milliseconds.</summary>
    public void Add(string scenario, string what, Distribution taken, Distribution? bare = null)
    {
        var prefix = what.Length == 0 ? "" : what + " ";
        Add(scenario, prefix + "p50", "ms", taken.P50, bare?.P50);
        Add(scenario, prefix + "p95", "ms", taken.P95, bare?.P95);
        Add(scenario, prefix + "p99", "ms", taken.P99, bare?.P99);
        Add(scenario, prefix + "max", "ms", taken.Max, bare?.Max);
    }
}
