using System.Diagnostics;
using System.Net;
using Loyalty.LoadTool.Phones;
using Loyalty.LoadTool.Probe;
using Loyalty.LoadTool.Report;
using Loyalty.LoadTool.Servers;
using Microsoft.Data.Sqlite;

namespace Loyalty.LoadTool.Scenarios;

/// <summary>The product under load: one scenario after the other on one server, and one data directory that is deleted afterwards.</summary>
internal sealed class ProductRun : IAsyncDisposable
{
    /// <summary>Replies to these, each with a whole stage, are more than all buffers on the way to a phone hold.</summary>
    private const int FillingCalls = 3_000;

    /// <summary>People who come through the door before the hall does.</summary>
    private const int Earlier = 100;

    private const string Open = "Open";
    private const string Waiting = "Waiting";

    private readonly Action<string> say;
    private readonly int rounds;
    private readonly CancellationToken cancellationToken;
    private readonly DirectoryInfo data;
    private readonly ChildProcess server;
    private readonly Exercises exercises = new();

    private ProductRun(ChildProcess server, DirectoryInfo data, int rounds, Action<string> say, CancellationToken cancellationToken)
    {
        this.server = server;
        this.data = data;
        this.rounds = rounds;
        this.say = say;
        this.cancellationToken = cancellationToken;
        Desk = new Desk(server.Address);
    }

    public FigureList Figures { get; } = new();

    public Desk Desk { get; }

    public int Port => server.Address.Port;

    public static async Task<ProductRun> StartAsync(int rounds, bool profile, Action<string> say, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("loyalty-load-");
        var started = await ChildProcess.StartAsync(address => Starts.Product(address, directory.FullName, profile), cancellationToken);
        return new ProductRun(started, directory, rounds, say, cancellationToken);
    }

    /// <summary>A workshop with people whose phones are connected, the question on stage.</summary>
    /// <param name="port">Where the phones connect to, if not to the server itself.</param>
    public async Task<(StartedWorkshop Workshop, Crowd Crowd)> SeatAsync(int count, int? port = null)
    {
        var workshop = await OpenAsync();
        var crowd = new Crowd(PhonesOf(workshop, await Desk.JoinAsync(workshop, count, cancellationToken), 0, port));
        await crowd.ConnectAsync(hello: true, cancellationToken);
        return (workshop, crowd);
    }

    /// <summary>A workshop with the question on stage.</summary>
    private async Task<StartedWorkshop> OpenAsync()
    {
        var workshop = await Desk.CreateAsync(exercises.Agenda, cancellationToken);
        await Desk.GoToAsync(workshop, exercises.Score.Id.Value, cancellationToken);
        return workshop;
    }

    /// <summary>Everybody answers, and sends again until it is saved.</summary>
    /// <exception cref="LoadException">Somebody's answer was refused.</exception>
    public async Task<Samples> AnswerSurelyAsync(Crowd crowd, TimeSpan over)
    {
        var keys = crowd.Phones.Select(_ => Guid.NewGuid()).ToArray();
        var answers = await crowd.AnswerAsync(over, phone => exercises.AnswerSurelyAsync(phone, keys[phone.Number], cancellationToken), null, cancellationToken);
        return answers.Saved == crowd.Count ? answers.Taken : throw new LoadException($"{crowd.Count - answers.Saved} answers were not saved.");
    }

    /// <summary>From the start of the process to <c>/health/ready</c>, with an empty data directory each time.</summary>
    public static async Task<double[]> ColdStartsAsync(int times, CancellationToken cancellationToken)
    {
        var seconds = new double[times];
        for (var i = 0; i < times; i++)
        {
            var directory = Directory.CreateTempSubdirectory("loyalty-load-");
            await using (var started = await ChildProcess.StartAsync(address => Starts.Product(address, directory.FullName, profile: false), cancellationToken))
                seconds[i] = started.StartedIn.TotalSeconds;
            directory.Delete(recursive: true);
        }

        return seconds;
    }

    /// <summary>A room of a usual size, alone on the server. Warms the server up too.</summary>
    public async Task RoomAsync(int count)
    {
        say($"a room of {count}");
        var (workshop, crowd) = await SeatAsync(count);
        await using var leaving = crowd;
        var side = SideOf(workshop, crowd);
        await Basics.RunAsync(side, 2, cancellationToken); // warm
        var basics = await Basics.RunAsync(side, rounds, cancellationToken);
        Figures.Add($"room of {count}", "push", basics.Push);
        Figures.Add($"room of {count}", "answer", basics.OverOneSecond);
    }

    /// <summary>The hall: everybody comes in through the door.</summary>
    public async Task<(StartedWorkshop Workshop, Crowd Crowd, double Resident, double Heap)> JoinAsync(int count)
    {
        say($"{count} join");
        using var entrance = new Entrance(server.Address);
        await UseAsync(entrance);
        var workshop = await OpenAsync();
        await Task.Delay(Basics.Leaving, cancellationToken);
        var before = await Desk.CostsAsync(collect: true, cancellationToken);
        var (crowd, taken, lasted) = await entrance.JoinAsync(workshop.Code, count, cancellationToken);
        var after = await Desk.CostsAsync(collect: true, cancellationToken) - before;
        Figures.Add("join storm", "", taken.Distribution());
        Figures.Add("join storm", "all in", "s", lasted.TotalSeconds);
        Figures.Add("join storm", "processor per person", "ms", after.CpuSeconds * 1_000 / count);
        return (workshop, crowd, after.Resident / (double)count, after.Heap / (double)count);
    }

    /// <summary>Some people come and go: what the pages need once, and not for each person, is in memory from here on.</summary>
    private async Task UseAsync(Entrance entrance)
    {
        var workshop = await OpenAsync();
        var (crowd, _, _) = await entrance.JoinAsync(workshop.Code, Earlier, cancellationToken);
        await crowd.DisposeAsync();
    }

    /// <summary>People who are in already, with phones that come now.</summary>
    public async Task<(StartedWorkshop Workshop, Crowd Crowd, Distribution Connect, double Resident, double Heap)> GatherAsync(int count)
    {
        var workshop = await OpenAsync();
        await Task.Delay(Basics.Leaving, cancellationToken);
        var before = await Desk.CostsAsync(collect: true, cancellationToken);
        var crowd = new Crowd(PhonesOf(workshop, await Desk.JoinAsync(workshop, count, cancellationToken), 0));
        var connect = await crowd.ConnectAsync(hello: true, cancellationToken);
        var held = await Desk.CostsAsync(collect: true, cancellationToken) - before;
        return (workshop, crowd, connect.Distribution(), held.Resident / (double)count, held.Heap / (double)count);
    }

    public async Task<BasicFigures> BasicsAsync(StartedWorkshop workshop, Crowd crowd)
    {
        say("stage to all, answers in one instant, over 1 s, over 3 s");
        return await Basics.RunAsync(SideOf(workshop, crowd), rounds, cancellationToken);
    }

    /// <summary>How long after the tap an answer stands on the wall.</summary>
    public async Task WallAsync(StartedWorkshop workshop, Crowd crowd)
    {
        say("from tap to wall");
        await Desk.SetPhaseAsync(workshop, Open, cancellationToken);
        await Desk.ShownAsync(workshop, cancellationToken);
        var wall = new Samples();
        var never = 0;
        for (var round = 0; round < 2; round++)
        {
            var taps = new Dictionary<Guid, long>();
            var keys = new Guid[crowd.Count];
            await crowd.AnswerAsync(
                TimeSpan.FromSeconds(3),
                phone => exercises.AnswerAsync(phone, keys[phone.Number], cancellationToken),
                (phone, tapped) => taps[keys[phone.Number] = Guid.NewGuid()] = tapped,
                cancellationToken);
            await Task.Delay(500, cancellationToken);
            var shown = await Desk.ShownAsync(workshop, cancellationToken);
            foreach (var (key, tapped) in taps)
            {
                if (shown.TryGetValue(key, out var at))
                    wall.Add(tapped, at);
                else
                    never++;
            }
        }

        await Desk.SetPhaseAsync(workshop, Waiting, cancellationToken);
        if (never > 0)
            throw new LoadException($"{never} answers never came to the wall.");
        Figures.Add("answers over 3 s", "on the wall", wall.Distribution());
    }

    /// <summary>Whether one phone that reads nothing makes the others wait: without it, with it, and without it again.</summary>
    public async Task FrozenPhoneAsync(StartedWorkshop workshop, Crowd crowd)
    {
        say("a frozen phone");
        var side = SideOf(workshop, crowd);
        var frozen = crowd.Phones[0];
        var without = await Basics.PushAsync(side, 6, cancellationToken, except: frozen);
        frozen.Freeze();
        frozen.AskWithoutListening(FillingCalls);
        await Task.Delay(Basics.Leaving, cancellationToken);
        var before = await Desk.CostsAsync(collect: false, cancellationToken);
        var with = (await Basics.PushAsync(side, 12, cancellationToken, except: frozen)).Distribution();
        var passed = (await Desk.CostsAsync(collect: false, cancellationToken) - before).PassedOver;
        frozen.Thaw();
        await Task.Delay(Basics.Leaving, cancellationToken);
        if (!frozen.IsConnected)
            await frozen.ReturnAsync(cancellationToken); // the server's patience was over
        without.Add(await Basics.PushAsync(side, 6, cancellationToken, except: frozen));
        var all = without.Distribution();
        Figures.Add("frozen phone", "p99 without it", "ms", all.P99);
        Figures.Add("frozen phone", "p99 with it", "ms", with.P99);
        Figures.Add("frozen phone", "change of p99", "%", (with.P99 - all.P99) / all.P99 * 100);
        Figures.Add("frozen phone", "messages it was spared", "", passed);
    }

    /// <summary>A board on which everybody posts and votes.</summary>
    public async Task BoardAsync(StartedWorkshop workshop, Crowd crowd)
    {
        say("a board");
        var posts = Math.Min(2_000, crowd.Count);
        const int votesEach = 4;
        await Desk.GoToAsync(workshop, exercises.Board.Id.Value, cancellationToken);
        await Desk.SetPhaseAsync(workshop, Open, cancellationToken);
        var keys = Enumerable.Range(0, posts).Select(_ => Guid.NewGuid()).ToArray();
        var (down, costs, started) = (crowd.BytesIn, await Desk.CostsAsync(collect: false, cancellationToken), Stopwatch.GetTimestamp());
        var writers = new Crowd([.. crowd.Phones.Take(posts)]);
        var posted = await writers.AnswerAsync(TimeSpan.FromSeconds(4), phone => exercises.PostAsync(phone, keys[phone.Number], cancellationToken), null, cancellationToken);
        var votes = new Samples();
        var saved = 0;
        for (var round = 0; round < votesEach; round++)
        {
            var step = 1 + round * 17;
            var voted = await crowd.AnswerAsync(
                TimeSpan.FromSeconds(4), phone => exercises.UpvoteAsync(phone, Guid.NewGuid(), keys[(phone.Number + step) % posts], cancellationToken), null, cancellationToken);
            votes.Add(voted.Taken);
            saved += voted.Saved;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var spent = await Desk.CostsAsync(collect: false, cancellationToken) - costs;
        Figures.Add("board", "posts", "", posted.Saved);
        Figures.Add("board", "votes", "", saved);
        Figures.Add("board", "post", posted.Taken.Distribution());
        Figures.Add("board", "vote", votes.Distribution());
        Figures.Add("board", "down per phone", "KB/s", (crowd.BytesIn - down) / 1024.0 / crowd.Count / seconds);
        Figures.Add("board", "processor", "%", spent.CpuSeconds / seconds * 100);
        await Desk.GoToAsync(workshop, exercises.Score.Id.Value, cancellationToken);
    }

    /// <summary>A while of everything: answers all the time, a stage every five seconds, and every second one phone of a hundred leaves and comes back.</summary>
    public async Task SoakAsync(StartedWorkshop workshop, Crowd crowd, TimeSpan length)
    {
        say("a soak with churn");
        await Desk.SetPhaseAsync(workshop, Open, cancellationToken);
        var before = await Desk.CostsAsync(collect: true, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var churning = ChurnAsync(crowd, over.Token);
        var pushing = PushOnAsync(workshop, over.Token);
        var taken = new Samples();
        var notSaved = 0;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            var keys = crowd.Phones.Select(_ => Guid.NewGuid()).ToArray();
            var answers = await crowd.AnswerAsync(TimeSpan.FromSeconds(5), phone => exercises.AnswerSurelyAsync(phone, keys[phone.Number], cancellationToken), null, cancellationToken);
            taken.Add(answers.Taken);
            notSaved += crowd.Count - answers.Saved;
        }

        await over.CancelAsync();
        var returned = await churning;
        await pushing;
        var after = await Desk.CostsAsync(collect: true, cancellationToken) - before;
        Figures.Add("soak", "answer", taken.Distribution());
        Figures.Add("soak", "answers", "", taken.Count);
        Figures.Add("soak", "not saved", "", notSaved);
        Figures.Add("soak", "phones that left and returned", "", returned);
        Figures.Add("soak", "heap grew by", "MB", after.Heap / 1024.0 / 1024.0);
        Figures.Add("soak", "stopped for garbage", "%", after.GcPauseSeconds / Stopwatch.GetElapsedTime(started).TotalSeconds * 100);
    }

    /// <summary>The server is killed and started again; every phone comes back by itself, to the same stage and its own answer.</summary>
    public async Task RestartAsync(StartedWorkshop workshop, Crowd crowd)
    {
        say("a restart");
        await Desk.SetPhaseAsync(workshop, Open, cancellationToken);
        await crowd.AnswerAsync(TimeSpan.Zero, phone => exercises.AnswerSurelyAsync(phone, Guid.NewGuid(), cancellationToken), null, cancellationToken);
        var killed = Stopwatch.GetTimestamp();
        server.Kill();
        var returning = crowd.Phones.Select(phone => phone.ReturnAsync(cancellationToken)).ToArray();
        await server.StartAgainAsync(cancellationToken);
        var all = Task.WhenAll(returning);
        await Patience.WaitAsync(all, () => $"{returning.Count(r => !r.IsCompleted)} phones did not come back.", cancellationToken);
        var back = new Samples();
        foreach (var reply in returning)
            back.Add(killed, (await reply).At);
        var wrong = returning.Count(r => !r.Result.Answered || r.Result.Activity != exercises.Score.Id.Value);
        Figures.Add("restart", "ready again", "s", server.StartedIn.TotalSeconds);
        Figures.Add("restart", "back", back.Distribution());
        Figures.Add("restart", "all back", "s", back.Distribution().Max / 1_000);
        Figures.Add("restart", "without stage or own answer", "", wrong);
        var costs = await Desk.CostsAsync(collect: false, cancellationToken); // of the new process
        Figures.Add("restart", "processor", "s", costs.CpuSeconds);
        Figures.Add("restart", "turned back", "", costs.TurnedBack);
        if (wrong > 0)
            throw new LoadException($"{wrong} phones came back without their stage or their own answer.");
        await Desk.GoToAsync(workshop, exercises.Score.Id.Value, cancellationToken); // hangs the wall again
    }

    /// <summary>Many small workshops at the same time.</summary>
    public async Task SmallWorkshopsAsync(int workshops, int people)
    {
        say($"{workshops} workshops of {people}");
        var all = new List<StartedWorkshop>();
        var phones = new List<Phone>();
        for (var i = 0; i < workshops; i++)
        {
            var workshop = await OpenAsync();
            phones.AddRange(PhonesOf(workshop, await Desk.JoinAsync(workshop, people, cancellationToken), phones.Count));
            all.Add(workshop);
        }

        await using var crowd = new Crowd(phones);
        await crowd.ConnectAsync(hello: true, cancellationToken);
        var side = new Side(
            crowd,
            async () => (await Task.WhenAll(all.Select(w => Desk.SetPhaseAsync(w, Open, cancellationToken)))).Min(),
            () => Task.WhenAll(all.Select(w => Desk.SetPhaseAsync(w, Waiting, cancellationToken))),
            phone => exercises.AnswerAsync(phone, Guid.NewGuid(), cancellationToken),
            collect => Desk.CostsAsync(collect, cancellationToken));
        var push = await Basics.PushAsync(side, 3, cancellationToken);
        await side.Push();
        var costs = await Desk.CostsAsync(collect: false, cancellationToken);
        var answers = await crowd.AnswerAsync(TimeSpan.FromSeconds(3), side.Answer, null, cancellationToken);
        var spent = await Desk.CostsAsync(collect: false, cancellationToken) - costs;
        Figures.Add($"{workshops} workshops", "push", push.Distribution());
        Figures.Add($"{workshops} workshops", "answer", answers.Taken.Distribution());
        Figures.Add($"{workshops} workshops", "answers per commit", "", spent.CommittedEvents / (double)Math.Max(1, spent.Commits));
    }

    /// <summary>Stops the server without warning and compares what was acknowledged with what is on the disk.</summary>
    public async Task NothingLostAsync()
    {
        say("comparing what was acknowledged with the database");
        server.Kill();
        var stored = new HashSet<Guid>();
        var rows = 0;
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "loyalty.db")};Pooling=False"))
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT \"Key\" FROM Responses";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            for (; await reader.ReadAsync(cancellationToken); rows++)
                stored.Add(reader.GetGuid(0));
        }

        Figures.Add("nothing lost", "acknowledged", "", exercises.Acknowledged.Count);
        Figures.Add("nothing lost", "stored", "", rows);
        Figures.Add("nothing lost", "acknowledged and missing", "", exercises.Acknowledged.Count(key => !stored.Contains(key)));
        Figures.Add("nothing lost", "stored twice", "", rows - stored.Count);
    }

    public async ValueTask DisposeAsync()
    {
        Desk.Dispose();
        await server.DisposeAsync();
        data.Delete(recursive: true);
    }

    private Side SideOf(StartedWorkshop workshop, Crowd crowd) => new(
        crowd,
        () => Desk.SetPhaseAsync(workshop, Open, cancellationToken),
        () => Desk.SetPhaseAsync(workshop, Waiting, cancellationToken),
        phone => exercises.AnswerAsync(phone, Guid.NewGuid(), cancellationToken),
        collect => Desk.CostsAsync(collect, cancellationToken));

    private List<Phone> PhonesOf(StartedWorkshop workshop, string[] cookies, int first, int? port = null)
    {
        var address = new PhoneAddress(new IPEndPoint(IPAddress.Loopback, port ?? Port), $"/hubs/phone?code={workshop.Code}");
        return [.. cookies.Select((cookie, i) => new Phone(first + i, address, cookie, new Random(first + i)))];
    }

    private static async Task<int> ChurnAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        var returned = new List<Task<Reply>>();
        try
        {
            for (var second = 0; ; second++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                foreach (var phone in crowd.Phones.Where(p => p.Number % 100 == second % 100))
                {
                    await phone.DropAndWaitAsync();
                    returned.Add(phone.ReturnAsync(CancellationToken.None));
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(returned);
            return returned.Count;
        }
    }

    private async Task PushOnAsync(StartedWorkshop workshop, CancellationToken over)
    {
        // On an open stage: a timer's minute more, a point more. Closing it would refuse the answers that are on their way.
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(5), over);
                await Desk.AddTimeAsync(workshop, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The soak is over.
        }
    }
}
