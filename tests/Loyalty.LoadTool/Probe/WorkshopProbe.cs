using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Identity;
using Loyalty.Web.Live;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.LoadTool.Probe;

/// <summary>Does in the server what a facilitator does with the mouse: the same commands to the same host.</summary>
internal sealed class WorkshopProbe(IDbContextFactory<LoyaltyDb> databases, WorkshopCodes codes, LiveDirectory directory, PhoneConnections phones, WallProbe wall)
{
    public async Task<StartedWorkshop> StartAsync(string agenda, CancellationToken cancellationToken)
    {
        var owner = new AppUser { Id = Guid.NewGuid(), DisplayName = "Load" };
        owner.UserName = owner.Email = $"{owner.Id:N}@example.org";
        var row = new WorkshopRow
        {
            Id = Guid.CreateVersion7(),
            Code = await codes.NewAsync(cancellationToken),
            Title = "A hall",
            Organisation = "Load",
            Date = new DateOnly(2026, 3, 2),
            Departments = AgendaJson.WriteDepartments([]),
            Language = "en",
            Threshold = WorkshopInfo.MinThreshold,
            OwnerId = owner.Id,
            Agenda = agenda,
            CreatedAt = DateTimeOffset.UtcNow,
        };
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            db.AddRange(owner, row);
            await db.SaveChangesAsync(cancellationToken);
        }

        await SendAsync(await FindAsync(new WorkshopId(row.Id), cancellationToken), new Command.Start(), cancellationToken);
        return new StartedWorkshop(row.Id, row.Code);
    }

    public async Task<string[]> JoinAsync(WorkshopId id, int count, CancellationToken cancellationToken)
    {
        var host = await FindAsync(id, cancellationToken);
        var tokens = Enumerable.Range(0, count).Select(_ => ParticipantToken.New()).ToArray();
        await Task.WhenAll(tokens.Select((token, i) => SendAsync(host, new Command.Join(ParticipantId.New(), $"Person {i}", null, ParticipantToken.Hash(token)), cancellationToken)));
        return [.. tokens.Select(token => $"loyalty.{host.Current.Info.Code}={token}")];
    }

    public async Task DoAsync(WorkshopId id, string? goTo, string? phase, string? minutes, CancellationToken cancellationToken)
    {
        var host = await FindAsync(id, cancellationToken);
        if (goTo is not null)
            await SendAsync(host, new Command.GoTo(new ActivityId(goTo)), cancellationToken);
        if (phase is not null)
            await SendAsync(host, new Command.SetPhase(Enum.Parse<Phase>(phase)), cancellationToken);
        if (minutes is not null)
            await SendAsync(host, new Command.AddTime(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))), cancellationToken);
    }

    /// <summary>Connections of phones to a workshop, those included whose phone is gone without a word.</summary>
    public int Lines(WorkshopId id) => phones.In(id);

    private async Task<LiveWorkshopHost> FindAsync(WorkshopId id, CancellationToken cancellationToken)
    {
        var host = await directory.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"There is no workshop {id}.");
        await wall.HangAsync(host, cancellationToken);
        return host;
    }

    private static async Task SendAsync(LiveWorkshopHost host, Command command, CancellationToken cancellationToken)
    {
        if (await host.SendAsync(command, cancellationToken) is Outcome.Refused or Outcome.Unavailable)
            throw new InvalidOperationException($"{command} was not done.");
    }
}
