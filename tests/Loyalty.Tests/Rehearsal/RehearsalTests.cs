using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Tests.Features.WorkshopsFeature;
using Loyalty.Web.Demo;
using Loyalty.Web.Features.Rehearsal;
using Loyalty.Web.Live.Simulation;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Loyalty.Tests.Rehearsal;

public sealed class RehearsalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rehearsal_is_a_live_copy_with_a_code_of_its_own_and_the_draft_stays_as_it_is()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        using var simulations = NewSimulations();
        var draft = await fixture.CreateAsync(fixture.Miriam);

        var outcome = await StartAsync(fixture, simulations, fixture.Miriam, draft);

        var rehearsal = (await fixture.RowAsync(Assert.IsType<RehearsalOutcome.Started>(outcome).Rehearsal))!;
        var original = (await fixture.RowAsync(draft))!;
        Assert.Equal((draft.Value, WorkshopStatus.Live, 3), (rehearsal.RehearsalOf, rehearsal.Status, rehearsal.PlannedParticipants));
        Assert.Equal((original.Title, original.Agenda, original.OwnerId), (rehearsal.Title, rehearsal.Agenda, rehearsal.OwnerId));
        Assert.NotEqual(original.Code, rehearsal.Code);
        Assert.Equal(WorkshopStatus.Draft, original.Status);
        Assert.True((await fixture.Live.FindAsync(new WorkshopId(rehearsal.Id), Cancel))!.Current.Info.IsRehearsal);
        await simulations.StopAsync(Cancel);
    }

    [Fact]
    public async Task Simulated_participants_come_in_and_leave_when_the_rehearsal_is_deleted()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        using var simulations = NewSimulations();
        var outcome = await StartAsync(fixture, simulations, fixture.Miriam, await fixture.CreateAsync(fixture.Miriam));
        var id = Assert.IsType<RehearsalOutcome.Started>(outcome).Rehearsal;
        var host = (await fixture.Live.FindAsync(id, Cancel))!;
        await UntilAsync(() => host.Current.PhonesHere > 0);

        await fixture.Desk.DeleteAsync(fixture.Miriam, id, Cancel);

        await UntilAsync(() => !simulations.IsRunning(id));
        Assert.Null(await fixture.RowAsync(id));
    }

    [Fact]
    public async Task Only_ones_own_draft_can_be_rehearsed()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        using var simulations = NewSimulations();
        var draft = await fixture.CreateAsync(fixture.Miriam);
        var started = await fixture.CreateAsync(fixture.Miriam);
        await fixture.Desk.StartAsync(fixture.Miriam, started, Cancel);

        Assert.IsType<RehearsalOutcome.NotFound>(await StartAsync(fixture, simulations, fixture.Jonas, draft));
        Assert.IsType<RehearsalOutcome.NotFound>(await StartAsync(fixture, simulations, DeskFixture.Hr, draft));
        Assert.IsType<RehearsalOutcome.NotFound>(await StartAsync(fixture, simulations, fixture.Miriam, started));
    }

    [Fact]
    public async Task Agenda_that_cannot_run_leaves_no_rehearsal_behind()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        using var simulations = NewSimulations();
        var draft = await fixture.CreateAsync(fixture.Miriam, DeskFixture.Plan(agenda: [DeskFixture.Question with { Type = "no-such-type" }]));

        Assert.IsType<RehearsalOutcome.NotStarted>(await StartAsync(fixture, simulations, fixture.Miriam, draft));

        await using var db = fixture.Storage.CreateDbContext();
        Assert.False(await db.Workshops.AnyAsync(w => w.RehearsalOf == draft.Value, Cancel));
    }

    [Fact]
    public async Task Running_rehearsals_are_taken_up_again_after_a_restart()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        WorkshopId id;
        using (var before = NewSimulations())
        {
            id = Assert.IsType<RehearsalOutcome.Started>(await StartAsync(fixture, before, fixture.Miriam, await fixture.CreateAsync(fixture.Miriam))).Rehearsal;
            await before.StopAsync(Cancel);
        }

        using var after = NewSimulations();
        await Rehearsals(fixture, after).ResumeAsync(Cancel);

        Assert.True(after.IsRunning(id));
        await after.StopAsync(Cancel);
        Assert.False(after.IsRunning(id));
    }

    [Fact]
    public async Task Measures_are_drawn_from_a_real_workshop_and_never_from_its_rehearsal()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var real = await fixture.CreateAsync(fixture.Miriam);
        var rehearsal = await fixture.CreateAsync(fixture.Miriam);
        await fixture.MakeRehearsalAsync(rehearsal, real);
        using var projector = new Projector(fixture.Storage, new ServiceCollection().BuildServiceProvider(), TimeProvider.System,
            new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), NullLogger<Projector>.Instance);

        foreach (var id in new[] { real, rehearsal })
        {
            var time = new ShiftedTime(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
            await using var host = new LiveWorkshopHost(
                Restore.From((await fixture.Journal.LoadAsync(id, Cancel))!, fixture.Rulebook, time.GetUtcNow()), fixture.Journal, new NoPublisher(), time);
            await new DemoRun(host, DeskFixture.Catalogue, 24, time).RunAsync(Cancel);
            await projector.RebuildAsync(host.Current, Cancel);
        }

        await using var db = fixture.Storage.CreateDbContext();
        Assert.True(await db.Responses.AnyAsync(r => r.WorkshopId == rehearsal.Value, Cancel));
        Assert.True(await db.Measures.AnyAsync(m => m.WorkshopId == real.Value, Cancel));
        Assert.False(await db.Measures.AnyAsync(m => m.WorkshopId == rehearsal.Value, Cancel));
    }

    private static Simulations NewSimulations() => new(DeskFixture.Catalogue, Options.Create(new SimulationOptions()), TimeProvider.System, NullLogger<Simulations>.Instance);

    private static Rehearsals Rehearsals(DeskFixture fixture, Simulations simulations) => new(
        fixture.Storage, new WorkshopAccess(fixture.Storage), fixture.Codes, fixture.Live, fixture.Rulebook, simulations, TimeProvider.System, NullLogger<Rehearsals>.Instance);

    private static Task<RehearsalOutcome> StartAsync(DeskFixture fixture, Simulations simulations, ClaimsPrincipal user, WorkshopId draft) =>
        Rehearsals(fixture, simulations).StartAsync(user, draft, participants: 3, Cancel);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(4)); // the late ones take three; a loaded machine takes longer
        while (!condition())
            await Task.Delay(20, patience.Token);
    }
}
