using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Loyalty.LoadTool.Phones;
using Loyalty.LoadTool.Probe;
using Loyalty.LoadTool.Report;

namespace Loyalty.LoadTool.Scenarios;

/// <summary>The order of a run. Each returns what the program ends with.</summary>
internal static class LoadRun
{
    public static async Task<int> FullAsync(Options options, CancellationToken cancellationToken)
    {
        var (began, clock, machine) = (DateTimeOffset.UtcNow, Stopwatch.StartNew(), Machine());

        Say("cold starts");
        var starts = await ProductRun.ColdStartsAsync(3, cancellationToken);

        await using var product = await ProductRun.StartAsync(options.Rounds, options.Profile, Say, cancellationToken);
        var figures = product.Figures;
        figures.Add("cold start", "ready", "s", starts.Order().ElementAt(starts.Length / 2));
        figures.Add("cold start", "slowest", "s", starts.Max());

        await product.RoomAsync(Math.Min(250, options.Phones));
        var (workshop, crowd, resident, heap) = await product.JoinAsync(options.Phones);
        BasicFigures basics;
        int stageBytes;
        await using (crowd)
        {
            basics = await product.BasicsAsync(workshop, crowd);
            stageBytes = (int)crowd.Phones.Max(p => p.Stage.Bytes);
            await product.WallAsync(workshop, crowd);
            await product.FrozenPhoneAsync(workshop, crowd);
            await product.BoardAsync(workshop, crowd);
            if (options.Soak > TimeSpan.Zero)
                await product.SoakAsync(workshop, crowd, options.Soak);
            await product.RestartAsync(workshop, crowd);
        }

        await product.SmallWorkshopsAsync(40, Math.Max(1, Math.Min(50, options.Phones / 40)));
        if (options.Profile)
            Console.Error.WriteLine(await product.Desk.AllocationsAsync(cancellationToken));
        await product.NothingLostAsync();

        Say("the bare hub");
        var bare = await BareRun.RunAsync(options.Phones, options.Rounds, stageBytes, cancellationToken);
        Add(figures, basics, bare.Basics);
        figures.Add("memory", "resident per phone", "KB", resident / 1024, bare.ResidentPerPhone / 1024);
        figures.Add("memory", "heap per phone", "KB", heap / 1024, bare.HeapPerPhone / 1024);

        return await EndAsync(new RunReport(began, options.Phones, machine, clock.Elapsed.TotalSeconds, figures.All), options, cancellationToken);
    }

    /// <summary>The basics with rooms of rising size: what costs must grow with the phones and not faster.</summary>
    public static async Task<int> ScalingAsync(Options options, CancellationToken cancellationToken)
    {
        var runs = new List<RunReport>();
        foreach (var size in options.Sizes)
        {
            var (began, clock, machine) = (DateTimeOffset.UtcNow, Stopwatch.StartNew(), Machine());
            Say($"{size} phones");
            await using var product = await ProductRun.StartAsync(options.Rounds, options.Profile, _ => { }, cancellationToken);
            await product.RoomAsync(100);
            var (workshop, crowd, connect, resident, heap) = await product.GatherAsync(size);
            var figures = new FigureList();
            await using (crowd)
            {
                figures.Add("connect", "", connect);
                Add(figures, await product.BasicsAsync(workshop, crowd), null);
            }

            if (options.Profile)
                Console.Error.WriteLine(await product.Desk.AllocationsAsync(cancellationToken));

            figures.Add("memory", "resident per phone", "KB", resident / 1024);
            figures.Add("memory", "heap per phone", "KB", heap / 1024);
            runs.Add(new RunReport(began, size, machine, clock.Elapsed.TotalSeconds, figures.All));
        }

        if (options.Json is { } json)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(runs, RunReport.Json), cancellationToken);
        Console.Write(Table.Scaling(runs));
        return 0;
    }

    /// <summary>A hall behind a bad network.</summary>
    public static async Task<int> NetworkAsync(Options options, CancellationToken cancellationToken)
    {
        var (began, clock, machine) = (DateTimeOffset.UtcNow, Stopwatch.StartNew(), Machine());
        await using var product = await ProductRun.StartAsync(options.Rounds, options.Profile, Say, cancellationToken);
        await new NetworkRun(product, options.Phones, Say, cancellationToken).RunAsync();
        await product.NothingLostAsync();
        return await EndAsync(new RunReport(began, options.Phones, machine, clock.Elapsed.TotalSeconds, product.Figures.All), options, cancellationToken);
    }

    /// <summary>Several runs as one: of each figure the median, and how far the runs are apart.</summary>
    public static async Task<int> MediansAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var runs = new List<RunReport>();
        foreach (var file in files)
            runs.Add(await RunReport.ReadAsync(file, cancellationToken));
        Console.Write(Table.Medians(runs, Bounds.Default));
        return 0;
    }

    private static async Task<int> EndAsync(RunReport run, Options options, CancellationToken cancellationToken)
    {
        if (options.Json is { } json)
            await run.WriteAsync(json, cancellationToken);
        var bounds = options.Bounds is { } file ? await Bounds.ReadAsync(file, cancellationToken) : Bounds.Default;
        Console.Write(Table.Of(run, bounds));
        var missed = bounds.MissedBy(run).ToList();
        Console.WriteLine(missed.Count == 0 ? "\nAll bounds are kept." : $"\nMissed: {string.Join(", ", missed.Select(f => f.Key))}");
        return missed.Count == 0 ? 0 : 1;
    }

    private static void Add(FigureList figures, BasicFigures product, BasicFigures? bare)
    {
        figures.Add("push", "", product.Push, bare?.Push);
        figures.Add("push", "processor per phone", "µs", product.PushCost.Cpu, bare?.PushCost.Cpu);
        figures.Add("push", "allocated per phone", "B", product.PushCost.Allocated, bare?.PushCost.Allocated);
        figures.Add("push", "on the wire per phone", "B", product.BytesPerPush, bare?.BytesPerPush);
        figures.Add("answers at once", "", product.AtOnce, bare?.AtOnce);
        figures.Add("answers at once", "processor per answer", "µs", product.AnswerCost.Cpu, bare?.AnswerCost.Cpu);
        figures.Add("answers at once", "allocated per answer", "B", product.AnswerCost.Allocated, bare?.AnswerCost.Allocated);
        figures.Add("answers at once", "collections", "", product.Collections, bare?.Collections);
        figures.Add("answers at once", "on the wire per answer", "B", product.BytesPerAnswer, bare?.BytesPerAnswer);
        figures.Add("answers at once", "commits", "/s", product.CommitsPerSecond);
        figures.Add("answers at once", "answers per commit", "", product.AnswersPerCommit);
        figures.Add("answers over 1 s", "", product.OverOneSecond, bare?.OverOneSecond);
        figures.Add("answers over 3 s", "", product.OverThreeSeconds, bare?.OverThreeSeconds);
        figures.Add("generator", "sent late p99", "ms", product.Late.P99, bare?.Late.P99);
        figures.Add("generator", "answers that were not saved", "", product.Refused, bare?.Refused);
    }

    public static string Machine()
    {
        var load = File.Exists("/proc/loadavg") ? $", load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} before" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Costs.Machine}{load}");
    }

    private static void Say(string what) => Console.Error.WriteLine($"… {what}");
}
