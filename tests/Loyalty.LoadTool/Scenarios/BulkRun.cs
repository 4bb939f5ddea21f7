using System.Diagnostics;
using System.Net;
using Loyalty.Engine.Curriculum;
using Loyalty.LoadTool.Phones;
using Loyalty.LoadTool.Probe;
using Loyalty.LoadTool.Report;
using Loyalty.LoadTool.Servers;
using Loyalty.Web.Storage;

namespace Loyalty.LoadTool.Scenarios;

/// <summary>HR prints all plans of a hall while a room is live: what the file costs, and what the room notices.</summary>
internal static class BulkRun
{
    private const int Plans = 500;
    private const int Room = 250;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(Options options, Action<string> say, CancellationToken cancellationToken)
    {
        var (began, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        var machine = LoadRun.Machine();
        var directory = Directory.CreateTempSubdirectory("loyalty-load-");
        var figures = new FigureList();
        await using (var server = await ChildProcess.StartAsync(address => Starts.Product(address, directory.FullName, profile: false), cancellationToken))
        {
            using var desk = new Desk(server.Address);
            say($"{Plans} plans");
            var plan = CurriculumLibrary.Load("en").Modules.SelectMany(m => m.Activities).First(a => a.Type == "action-plan");
            var hall = await desk.CreateAsync(AgendaJson.Write([plan]), cancellationToken);
            await desk.WritePlansAsync(hall, Plans, cancellationToken);

            var exercises = new Exercises();
            var room = await desk.CreateAsync(exercises.Agenda, cancellationToken);
            await desk.GoToAsync(room, exercises.Score.Id.Value, cancellationToken);
            await desk.SetPhaseAsync(room, "Open", cancellationToken);
            var address = new PhoneAddress(new IPEndPoint(IPAddress.Loopback, server.Address.Port), $"/hubs/phone?code={room.Code}");
            var cookies = await desk.JoinAsync(room, Room, cancellationToken);
            await using var crowd = new Crowd([.. cookies.Select((cookie, i) => new Phone(i, address, cookie, new Random(i)))]);
            await crowd.ConnectAsync(hello: true, cancellationToken);

            await RoundAsync(); // warm
            say("the room by itself");
            var alone = new Samples();
            for (var i = 0; i < 4; i++)
                alone.Add(await RoundAsync());
            figures.Add("room alone", "answer", alone.Distribution());
            foreach (var zip in (bool[])[false, true])
                await PrintAsync(zip);

            async Task<Samples> RoundAsync() =>
                (await crowd.AnswerAsync(Round, phone => exercises.AnswerAsync(phone, Guid.NewGuid(), cancellationToken), null, cancellationToken)).Taken;

            async Task PrintAsync(bool zip)
            {
                var name = zip ? "500 plans as ZIP" : "500 plans in one PDF";
                say(name);
                var (answers, started) = (new Samples(), Stopwatch.GetTimestamp());
                var print = await desk.PrintAsync(hall, zip, cancellationToken);
                var watching = WatchAsync(print);
                while (!watching.IsCompleted)
                    answers.Add(await RoundAsync());

                var (last, browser, memory, took) = await watching;
                if (last.State != "Done")
                    throw new LoadException($"The file ended as {last.State} after {last.Printed} plans.");
                figures.Add(name, "time", "s", took.TotalSeconds);
                figures.Add(name, "plans", "/s", last.Plans / took.TotalSeconds);
                figures.Add(name, "size", "MB", last.Bytes / 1e6);
                figures.Add(name, "peak memory of the browser", "MB", browser / 1e6);
                figures.Add(name, "peak memory of the server", "MB", memory / 1e6);
                figures.Add(name, "meanwhile, answer", answers.Distribution());

                async Task<(PrintProgress Last, long Browser, long Server, TimeSpan Took)> WatchAsync(Guid id)
                {
                    var (browserPeak, serverPeak) = (0L, 0L);
                    while (true)
                    {
                        var now = await desk.ProgressAsync(id, cancellationToken);
                        (browserPeak, serverPeak) = (Math.Max(browserPeak, now.Browser), Math.Max(serverPeak, now.Server));
                        if (now.IsOver)
                            return (now, browserPeak, serverPeak, Stopwatch.GetElapsedTime(started));
                        await Task.Delay(Look, cancellationToken);
                    }
                }
            }
        }

        directory.Delete(recursive: true);
        var run = new RunReport(began, Room, machine, clock.Elapsed.TotalSeconds, figures.All);
        if (options.Json is { } json)
            await run.WriteAsync(json, cancellationToken);
        Console.Write(Table.Of(run, bounds: null));
        return 0;
    }
}
