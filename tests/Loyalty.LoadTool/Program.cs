using Loyalty.LoadTool;
using Loyalty.LoadTool.BareHub;
using Loyalty.LoadTool.Phones;
using Loyalty.LoadTool.Report;
using Loyalty.LoadTool.Scenarios;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (options.BareHub is { } url)
{
    await BareHubProgram.RunAsync(url);
    return 0;
}

using var stopped = new CancellationTokenSource(TimeSpan.FromMinutes(20) + options.Soak);
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stopped.Cancel();
};

try
{
    if (options.Compare is { } files)
    {
        Console.Write(Table.Compare(await RunReport.ReadAsync(files.Before, stopped.Token), await RunReport.ReadAsync(files.After, stopped.Token)));
        return 0;
    }

    if (options.Medians is not [])
        return await LoadRun.MediansAsync(options.Medians, stopped.Token);

    ThreadPool.SetMinThreads(16, 16);
    return options switch
    {
        { Scaling: true } => await LoadRun.ScalingAsync(options, stopped.Token),
        { Bulk: true } => await BulkRun.RunAsync(options, what => Console.Error.WriteLine($"… {what}"), stopped.Token),
        { Network: true } => await LoadRun.NetworkAsync(options, stopped.Token),
        _ => await LoadRun.FullAsync(options, stopped.Token),
    };
}
catch (Exception e) when (e is LoadException or OperationCanceledException or IOException or HttpRequestException)
{
    Console.Error.WriteLine(e is LoadException ? e.Message : e);
    return 2;
}
