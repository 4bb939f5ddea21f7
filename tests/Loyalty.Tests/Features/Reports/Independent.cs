using System.Text.Json;
using Loyalty.Web.Storage;

namespace Loyalty.Tests.Features.Reports;

/// <summary>What a figure should be: worked out here from the stored JSON, with arithmetic of its own.</summary>
internal sealed record Expected(int N, double Sum, double Mean, double? Deviation, int? Promoters, int? Passives, int? Detractors)
{
    public double? Nps => Promoters is { } up && Passives is { } middle && Detractors is { } down ? (up - down) * 100d / (up + middle + down) : null;
}

/// <summary>
/// A small program that reads the answers of a workshop as they are stored and computes what reports say, without anything of the product:
/// what the product gets wrong, it does not get wrong in the same way.
/// </summary>
internal static class Independent
{
    private static readonly string[] Letters = ["F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+"];
    private static readonly double[] Points = [0, 0.7, 1, 1.3, 1.7, 2, 2.3, 2.7, 3, 3.3, 3.7, 4, 4.3];

    /// <summary>By activity, subject and item, of everybody together.</summary>
    public static Dictionary<(string Activity, string Subject, string Item), Expected> FiguresOf(IEnumerable<ResponseRow> responses)
    {
        var values = new Dictionary<(string, string, string), List<double>>();
        foreach (var last in responses.GroupBy(r => (r.ActivityId, r.AuthorKind, r.AuthorId)).Select(g => g.MaxBy(r => r.Sequence)!))
        {
            foreach (var (subject, item, value) in ValuesOf(last))
            {
                var key = (last.ActivityId, subject, item);
                values.TryAdd(key, []);
                values[key].Add(value);
            }
        }

        return values.ToDictionary(v => v.Key, v => Of(v.Value, v.Key.Item1 is "likelihood-to-recommend" or "evaluation"));
    }

    /// <summary>Kendall's W of complete rankings, by its definition: twelve times the squared deviations of the rank sums over m²(n³ − n).</summary>
    public static double KendallsW(IReadOnlyList<double> rankSums, int raters)
    {
        var mean = raters * (rankSums.Count + 1) / 2d;
        var squares = 0d;
        foreach (var sum in rankSums)
            squares += Math.Pow(sum - mean, 2);
        return 12 * squares / (Math.Pow(raters, 2) * (Math.Pow(rankSums.Count, 3) - rankSums.Count));
    }

    private static Expected Of(List<double> values, bool recommends)
    {
        var mean = values.Average();
        double? deviation = values.Count > 1 ? Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)) : null;
        return recommends
            ? new Expected(values.Count, values.Sum(), mean, deviation, values.Count(v => v > 8), values.Count(v => v is 7 or 8), values.Count(v => v < 7))
            : new Expected(values.Count, values.Sum(), mean, deviation, null, null, null);
    }

    private static IEnumerable<(string Subject, string Item, double Value)> ValuesOf(ResponseRow row)
    {
        var answer = JsonDocument.Parse(row.Json).RootElement;
        return row.Type switch
        {
            "scale" => answer.GetProperty("scores").EnumerateObject().Select(s => ("", s.Name, s.Value.GetDouble())),
            "ranking" =>
                from ranking in answer.GetProperty("rankings").EnumerateArray()
                from ranked in ranking.GetProperty("order").EnumerateArray().Select((item, i) => (Item: item.GetString()!, Rank: i + 1d))
                select (ranking.GetProperty("perspective").GetString()!, ranked.Item, ranked.Rank),
            "grades" =>
                from grade in answer.GetProperty("grades").EnumerateArray()
                let letter = Array.IndexOf(Letters, grade.GetProperty("letter").GetString())
                where letter >= 0
                select (grade.GetProperty("subject").GetString()!, grade.GetProperty("item").GetString()!, Points[letter]),
            "tally" =>
                from question in answer.GetProperty("counts").EnumerateObject()
                from sort in new[] { "affirming", "corrective" }
                select (question.Name, sort, question.Value.GetProperty(sort).GetDouble()),
            "action-plan" =>
                from commitment in answer.GetProperty("commitments").EnumerateArray()
                select (commitment.GetProperty("opportunity").GetString() ?? "", commitment.GetProperty("rung").GetString() ?? "", 1d),
            _ => [],
        };
    }
}
