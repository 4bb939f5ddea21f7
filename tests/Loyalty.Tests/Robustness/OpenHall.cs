using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Features.Phone;
using Loyalty.Tests.Hosting;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Robustness;

/// <summary>
/// The built program as a process of its own, with a hall in its database that has already begun: people with phones, and a question
/// that is open. It can be killed and started again on the same port.
/// </summary>
internal sealed class OpenHall : IAsyncDisposable
{
    private readonly DataDirectory data;
    private ServerProcess? server;

    private OpenHall(DataDirectory data) => this.data = data;

    public int Port { get; } = FreePort();

    public string Code { get; } = JoinCode.New();

    /// <summary>Everybody's participant and cookie.</summary>
    public List<(ParticipantId Id, string Cookie)> People { get; } = [];

    public static async Task<OpenHall> StartAsync(int people)
    {
        var hall = new OpenHall(new DataDirectory(Directory.CreateTempSubdirectory("loyalty-hall-").FullName));
        await hall.FillAsync(people);
        await hall.StartServerAsync();
        return hall;
    }

    public async Task StartServerAsync()
    {
        server = ServerProcess.Start("--urls", $"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}", "--Loyalty:DataDirectory", data.Path);
        await server.UntilAsync("Now listening on", TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the process as a pulled plug would.</summary>
    public async Task KillAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        server = null;
    }

    public Task<HubLine> ConnectAsync(int person, int? port = null) => HubLine.OpenAsync(port ?? Port, Code, People[person].Cookie);

    /// <summary>The keys in the database, in the order in which they were stored.</summary>
    public async Task<List<Guid>> StoredAsync()
    {
        await using var db = Database();
        return await db.Responses.OrderBy(r => r.Sequence).Select(r => r.Key).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(data.Path, recursive: true);
    }

    /// <summary>An answer to the open question, as a phone sends it.</summary>
    public static object Answer(Guid key, int score) => new
    {
        key,
        activity = PhoneServer.Named.Value,
        slot = (string?)null,
        fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["score-recommend"] = [score.ToString(CultureInfo.InvariantCulture)], ["do"] = ["answer"] },
    };

    private async Task FillAsync(int people)
    {
        var now = DateTimeOffset.UtcNow;
        var owner = new AppUser { Id = Guid.NewGuid(), DisplayName = "F", UserName = "f@example.org", Email = "f@example.org" };
        var workshop = new WorkshopRow
        {
            Id = Guid.CreateVersion7(),
            Code = Code,
            Title = "A hall",
            Organisation = "Hotel Lindenhof",
            Date = new DateOnly(2026, 3, 2),
            Departments = AgendaJson.WriteDepartments([]),
            Language = "en",
            Threshold = WorkshopInfo.MinThreshold,
            OwnerId = owner.Id,
            Agenda = AgendaJson.Write(PhoneServer.Scores),
            Status = WorkshopStatus.Live,
            OnStage = PhoneServer.Named.Value,
            CreatedAt = now,
            StartedAt = now,
        };
        await using var db = Database();
        await db.Database.MigrateAsync();
        db.AddRange(owner, workshop, new ActivityRunRow { WorkshopId = workshop.Id, ActivityId = PhoneServer.Named.Value, Phase = Phase.Open, OnStageSince = now });
        for (var i = 0; i < people; i++)
        {
            var (id, token) = (ParticipantId.New(), ParticipantToken.New());
            db.Add(new ParticipantRow { Id = id.Value, WorkshopId = workshop.Id, Name = $"Person {i}", TokenHash = ParticipantToken.Hash(token), JoinedAt = now });
            People.Add((id, $"loyalty.{Code}={token}"));
        }

        await db.SaveChangesAsync();
    }

    private LoyaltyDb Database() => new(new DbContextOptionsBuilder<LoyaltyDb>().UseSqlite(data.ConnectionString).Options);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
