using System.Globalization;
using System.Text.Json;

namespace Loyalty.LoadTool.Report;

/// <param name="Reach">What must be kept: above it the run fails.</param>
/// <param name="Aim">What would be good.</param>
/// <param name="Ratio">Whether it is the ratio to the bare hub that is bounded.</param>
internal sealed record Bound(double Reach, double Aim, bool Ratio = false)
{
    public bool IsKept(Figure figure) => Of(figure) <= Reach;

    public string Verdict(Figure figure) => string.Create(CultureInfo.InvariantCulture,
        $"{(Of(figure) <= Aim ? "good" : IsKept(figure) ? "kept" : "MISSED")} ({(Ratio ? "ratio " : "")}reach {Reach}, aim {Aim})");

    private double Of(Figure figure) => Ratio ? figure.Ratio ?? double.NaN : figure.Value;
}

/// <summary>What the figures must not exceed, by the figure's key. <c>--bounds FILE</c> replaces them.</summary>
internal sealed class Bounds(IReadOnlyDictionary<string, Bound> byKey)
{
    public static Bounds Default { get; } = new(new Dictionary<string, Bound>(StringComparer.Ordinal)
    {
        ["push/p99"] = new(1.5, 1.1, Ratio: true),
        ["answers at once/p99"] = new(2.5, 1.5, Ratio: true),
        ["answers over 1 s/p99"] = new(75, 25),
        ["answers over 3 s/on the wall p99"] = new(150, 80),
        ["memory/resident per phone"] = new(50, 30),
        ["restart/all back"] = new(15, 6),
        ["room of 250/push p99"] = new(25, 10),
        ["room of 250/answer p99"] = new(10, 4),
        ["frozen phone/change of p99"] = new(10, 2),
        ["board/down per phone"] = new(10, 3),
        ["dark hall/back max"] = new(15_000, 8_000),
        ["dark hall/all answers saved after"] = new(15, 8),
        ["blackout/all answers saved after"] = new(5, 1),
        ["room beside/answer, the hall comes back p99"] = new(1_000, 250),
        ["half-open lines/left over"] = new(0, 0),
        ["half-open lines/let go after"] = new(90, 45),
        ["cold start/ready"] = new(3, 1.5),
        ["nothing lost/acknowledged and missing"] = new(0, 0),
    });

    public Bound? Of(Figure figure) => byKey.GetValueOrDefault(figure.Key);

    public static async Task<Bounds> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return new(await JsonSerializer.DeserializeAsync<Dictionary<string, Bound>>(stream, RunReport.Json, cancellationToken) ?? throw new JsonException($"{file} holds no bounds."));
    }

    /// <summary>The figures that exceed their bounds.</summary>
    public IEnumerable<Figure> MissedBy(RunReport run) => run.Figures.Where(f => Of(f) is { } bound && !bound.IsKept(f));
}
