using System.Globalization;
using System.Text;

namespace Loyalty.LoadTool.Report;

/// <summary>Reports as text that a person reads.</summary>
internal static class Table
{
    public static string Of(RunReport run, Bounds? bounds)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{run.Phones} phones, {run.Started:yyyy-MM-dd HH:mm} UTC, {run.Seconds:0} s, {run.Machine}");
        foreach (var group in run.Figures.GroupBy(f => f.Scenario))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{group.Key,-44}{"measured",14}{"bare hub",14}{"ratio",9}");
            foreach (var figure in group)
            {
                var verdict = bounds?.Of(figure) is { } bound ? "  " + bound.Verdict(figure) : "";
                text.AppendLine(CultureInfo.InvariantCulture, $"  {figure.Name,-42}{Number(figure.Value) + " " + figure.Unit,14}{(figure.Bare is { } bare ? Number(bare) : ""),14}{(figure.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : ""),9}{verdict}");
            }
        }

        return text.ToString();
    }

    public static string Compare(RunReport before, RunReport after)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"",-46}{"before",14}{"after",14}{"change",10}");
        var old = before.Figures.ToDictionary(f => f.Key, StringComparer.Ordinal);
        foreach (var figure in after.Figures)
        {
            if (!old.TryGetValue(figure.Key, out var was))
                continue;
            var change = was.Value == 0 ? "" : ((figure.Value - was.Value) / was.Value).ToString("+0.0%;-0.0%;0%", CultureInfo.InvariantCulture);
            text.AppendLine(CultureInfo.InvariantCulture, $"{figure.Key,-46}{Number(was.Value) + " " + was.Unit,14}{Number(figure.Value) + " " + figure.Unit,14}{change,10}");
        }

        return text.ToString();
    }

    public static string Medians(IReadOnlyList<RunReport> runs, Bounds bounds)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{runs.Count} runs with {runs[0].Phones} phones, {runs[0].Machine}");
        foreach (var group in runs[0].Figures.GroupBy(f => f.Scenario))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{group.Key,-44}{"median",14}{"smallest",12}{"largest",12}{"ratio",9}{"from",7}{"to",7}");
            foreach (var figure in group)
            {
                var all = runs.Select(run => run.Figures.FirstOrDefault(f => f.Key == figure.Key)).OfType<Figure>().ToList();
                var values = all.Select(f => f.Value).Order().ToArray();
                var ratios = all.Select(f => f.Ratio).OfType<double>().Order().ToArray();
                var middle = figure with { Value = Median(values), Bare = figure.Bare is null ? null : Median([.. all.Select(f => f.Bare).OfType<double>().Order()]) };
                var verdict = bounds.Of(figure) is { } bound ? "  " + bound.Verdict(bound.Ratio ? middle with { Value = Median(ratios), Bare = 1 } : middle) : "";
                text.Append(CultureInfo.InvariantCulture, $"  {figure.Name,-42}{Number(middle.Value) + " " + figure.Unit,14}{Number(values[0]),12}{Number(values[^1]),12}");
                text.AppendLine(ratios is [] ? $"{"",23}{verdict}" : string.Create(CultureInfo.InvariantCulture, $"{Median(ratios),9:0.00}{ratios[0],7:0.00}{ratios[^1],7:0.00}{verdict}"));
            }
        }

        return text.ToString();
    }

    private static double Median(double[] sorted) => sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    /// <summary>One column for each size of room.</summary>
    public static string Scaling(IReadOnlyList<RunReport> runs)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"phones",-46}");
        foreach (var run in runs)
            text.Append(CultureInfo.InvariantCulture, $"{run.Phones,12}");
        text.AppendLine();
        foreach (var figure in runs[0].Figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"{figure.Key + " (" + figure.Unit + ")",-46}");
            foreach (var run in runs)
                text.Append(CultureInfo.InvariantCulture, $"{(run.Figures.FirstOrDefault(f => f.Key == figure.Key) is { } found ? Number(found.Value) : ""),12}");
            text.AppendLine();
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 1000 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
