using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Tests.Features.WorkshopsFeature;
using Loyalty.Web.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loyalty.Tests.Live;

public sealed class LiveAtStartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workshop_that_was_running_is_there_before_anybody_asks_and_no_other()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        await fixture.CreateAsync(fixture.Miriam); // a draft
        var running = await StartedAsync(fixture, TimeSpan.FromHours(-2));
        await StartedAsync(fixture, TimeSpan.FromDays(-40)); // never ended, and long forgotten

        await AtStart(fixture).StartAsync(Cancel);

        Assert.Equal([running], fixture.Live.Loaded.Select(host => host.Id));
    }

    [Fact]
    public async Task Workshop_that_cannot_be_loaded_does_not_keep_the_others_from_being_served()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var broken = await StartedAsync(fixture, TimeSpan.FromHours(-2));
        var running = await StartedAsync(fixture, TimeSpan.FromHours(-1));
        await ChangeAsync(fixture, broken, "UPDATE Workshops SET Agenda = 'no agenda' WHERE Id = {0}");

        await AtStart(fixture).StartAsync(Cancel);

        Assert.Equal([running], fixture.Live.Loaded.Select(host => host.Id));
    }

    private static LiveAtStart AtStart(DeskFixture fixture) => new(fixture.Storage, fixture.Live, TimeProvider.System, NullLogger<LiveAtStart>.Instance);

    private static async Task<WorkshopId> StartedAsync(DeskFixture fixture, TimeSpan from)
    {
        var id = await fixture.CreateAsync(fixture.Miriam);
        var at = DateTimeOffset.UtcNow + from;
        await using var db = fixture.Storage.CreateDbContext();
        await db.Workshops.Where(w => w.Id == id.Value).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.Status, WorkshopStatus.Live).SetProperty(w => w.StartedAt, at), Cancel);
        return id;
    }

    private static async Task ChangeAsync(DeskFixture fixture, WorkshopId id, string sql)
    {
        await using var db = fixture.Storage.CreateDbContext();
        Assert.Equal(1, await db.Database.ExecuteSqlRawAsync(sql, [id.Value], Cancel));
    }
}
