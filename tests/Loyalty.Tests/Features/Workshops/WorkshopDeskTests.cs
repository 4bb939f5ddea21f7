using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Features.Workshops;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Features.WorkshopsFeature;

public sealed class WorkshopDeskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_workshop_is_a_draft_with_a_code_and_its_own_copy_of_the_agenda()
    {
        await using var fixture = await DeskFixture.CreateAsync();

        var id = await fixture.CreateAsync(fixture.Miriam);

        var details = (await fixture.Desk.FindAsync(fixture.Miriam, id, Cancel))!;
        Assert.Equal(WorkshopStatus.Draft, details.Line.Status);
        Assert.True(JoinCode.IsValid(details.Line.Code));
        Assert.Equal(["Reception", "Kitchen"], details.Departments);
        Assert.Equal(DeskFixture.Question.Id, Assert.Single(details.Agenda).Id);
        Assert.Equal(id, await fixture.Codes.FindAsync(details.Line.Code, Cancel));
    }

    [Fact]
    public async Task Facilitators_see_their_own_and_an_administrator_sees_all()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var hers = await fixture.CreateAsync(fixture.Miriam, DeskFixture.Plan("Hers"));
        var his = await fixture.CreateAsync(fixture.Jonas, DeskFixture.Plan("His"));

        Assert.Equal(["Hers"], (await fixture.Desk.ListAsync(fixture.Miriam, Cancel)).Select(l => l.Title));
        Assert.Equal(["His"], (await fixture.Desk.ListAsync(fixture.Jonas, Cancel)).Select(l => l.Title));
        Assert.Superset(new HashSet<WorkshopId> { hers, his }, (await fixture.Desk.ListAsync(fixture.Administrator, Cancel)).Select(l => l.Id).ToHashSet());
        Assert.Empty(await fixture.Desk.ListAsync(DeskFixture.Hr, Cancel));
    }

    [Fact]
    public async Task Somebody_elses_workshop_is_not_found_whatever_is_tried()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam);

        Assert.Null(await fixture.Desk.FindAsync(fixture.Jonas, id, Cancel));
        Assert.Equal(DeskOutcome.NotFound, await fixture.Desk.ChangeAsync(fixture.Jonas, id, DeskFixture.Plan("Mine now"), Cancel));
        Assert.Equal(DeskOutcome.NotFound, await fixture.Desk.StartAsync(fixture.Jonas, id, Cancel));
        Assert.Equal(DeskOutcome.NotFound, await fixture.Desk.DeleteAsync(fixture.Jonas, id, Cancel));

        var row = (await fixture.RowAsync(id))!;
        Assert.Equal(("Loyalty at Lindenhof", WorkshopStatus.Draft), (row.Title, row.Status));
    }

    [Fact]
    public async Task Change_of_a_draft_reaches_whoever_has_it_open()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam);
        await fixture.Live.FindAsync(id, Cancel);

        Assert.Equal(DeskOutcome.Done, await fixture.Desk.ChangeAsync(fixture.Miriam, id, DeskFixture.Plan("Second thoughts"), Cancel));

        Assert.Equal("Second thoughts", (await fixture.Live.FindAsync(id, Cancel))!.Current.Info.Title);
    }

    [Fact]
    public async Task Change_without_an_agenda_leaves_the_draft_its_own()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam);
        var before = (await fixture.RowAsync(id))!.Agenda;

        await fixture.Desk.ChangeAsync(fixture.Miriam, id, DeskFixture.Plan("Second thoughts") with { Agenda = null, Threshold = 8 }, Cancel);

        var row = (await fixture.RowAsync(id))!;
        Assert.Equal((before, 8), (row.Agenda, row.Threshold));
    }

    [Fact]
    public async Task Whether_people_are_asked_to_be_compared_is_kept_and_can_be_changed()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam, DeskFixture.Plan() with { AsksToCompare = true });
        Assert.True((await fixture.Desk.FindAsync(fixture.Miriam, id, Cancel))!.AsksToCompare);

        await fixture.Desk.ChangeAsync(fixture.Miriam, id, DeskFixture.Plan() with { AsksToCompare = false }, Cancel);

        Assert.False((await fixture.Desk.FindAsync(fixture.Miriam, id, Cancel))!.AsksToCompare);
    }

    [Fact]
    public async Task Start_makes_it_live_once()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam);

        Assert.Equal(DeskOutcome.Done, await fixture.Desk.StartAsync(fixture.Miriam, id, Cancel));

        Assert.Equal(WorkshopStatus.Live, (await fixture.RowAsync(id))!.Status);
        Assert.Equal(WorkshopStatus.Live, (await fixture.Live.FindAsync(id, Cancel))!.Current.Status);
    }

    [Fact]
    public async Task Started_workshop_is_neither_changed_nor_deleted()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam);
        await fixture.Desk.StartAsync(fixture.Miriam, id, Cancel);

        Assert.Equal(DeskOutcome.NotDraft, await fixture.Desk.ChangeAsync(fixture.Miriam, id, DeskFixture.Plan("Too late"), Cancel));
        Assert.Equal(DeskOutcome.NotDraft, await fixture.Desk.DeleteAsync(fixture.Administrator, id, Cancel));

        Assert.Equal("Loyalty at Lindenhof", (await fixture.RowAsync(id))!.Title);
    }

    [Fact]
    public async Task Agenda_with_an_unknown_exercise_does_not_start()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam, DeskFixture.Plan(agenda: [DeskFixture.Question with { Type = "no-such-type" }]));

        Assert.Equal(DeskOutcome.AgendaCannotRun, await fixture.Desk.StartAsync(fixture.Miriam, id, Cancel));

        Assert.Equal(WorkshopStatus.Draft, (await fixture.RowAsync(id))!.Status);
    }

    [Fact]
    public async Task Draft_is_deleted_with_its_rehearsals_and_its_code_is_free()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam);
        var rehearsal = await fixture.CreateAsync(fixture.Miriam);
        await fixture.MakeRehearsalAsync(rehearsal, id);
        await fixture.Desk.StartAsync(fixture.Miriam, rehearsal, Cancel);
        var code = (await fixture.RowAsync(id))!.Code;
        await fixture.Codes.FindAsync(code, Cancel);

        Assert.Equal(DeskOutcome.Done, await fixture.Desk.DeleteAsync(fixture.Miriam, id, Cancel));

        Assert.Null(await fixture.RowAsync(id));
        Assert.Null(await fixture.RowAsync(rehearsal));
        Assert.Null(await fixture.Live.FindAsync(rehearsal, Cancel));
        Assert.Null(await fixture.Codes.FindAsync(code, Cancel));
    }

    [Fact]
    public async Task Live_rehearsal_is_deleted_and_its_workshop_stays()
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam);
        var rehearsal = await fixture.CreateAsync(fixture.Miriam);
        await fixture.MakeRehearsalAsync(rehearsal, id);
        await fixture.Desk.StartAsync(fixture.Miriam, rehearsal, Cancel);
        var host = (await fixture.Live.FindAsync(rehearsal, Cancel))!;

        Assert.Equal(DeskOutcome.Done, await fixture.Desk.DeleteAsync(fixture.Miriam, rehearsal, Cancel));

        Assert.True(host.Completion.IsCompleted);
        Assert.Null(await fixture.RowAsync(rehearsal));
        Assert.NotNull(await fixture.RowAsync(id));
        await using var db = fixture.Storage.CreateDbContext();
        Assert.False(await db.Participants.AnyAsync(p => p.WorkshopId == rehearsal.Value, Cancel));
    }
}
