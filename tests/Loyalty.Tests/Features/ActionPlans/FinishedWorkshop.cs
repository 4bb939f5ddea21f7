using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Identity;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.ActionPlans;

/// <summary>The whole program with one ended workshop in it, in which two people gave what they gave on a ninety-minute agenda's board and plan.</summary>
internal sealed class FinishedWorkshop : IAsyncDisposable
{
    public const string Hostile = "=cmd|' /C calc'!A0 <script>alert(1)</script>";

    private FinishedWorkshop(LoyaltyApp app, AppUser facilitator) => (App, Facilitator) = (app, facilitator);

    public LoyaltyApp App { get; }

    public AppUser Facilitator { get; }

    public WorkshopId Id { get; private set; }

    public string Code { get; private set; } = "";

    public ParticipantId Anna { get; } = ParticipantId.New();

    public static async Task<FinishedWorkshop> CreateAsync(bool rehearsal = false)
    {
        var app = new LoyaltyApp();
        await app.AddAsync("admin@example.org", Roles.Administrator);
        await app.AddAsync("hr@example.org", Roles.HR);
        await app.AddAsync("other@example.org", Roles.Facilitator);
        var workshop = new FinishedWorkshop(app, await app.AddAsync("owner@example.org", Roles.Facilitator));
        await workshop.RunAsync(rehearsal);
        return workshop;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private async Task RunAsync(bool rehearsal)
    {
        var cancel = TestContext.Current.CancellationToken;
        var services = App.Services;
        var library = services.GetRequiredService<CurriculumLibraries>().Of("en");
        var agenda = library.Agendas.Single(a => a.Id == "ninety-minutes").Activities.Where(a => a.Type is "board" or "action-plan").ToList();
        var row = Row(await services.GetRequiredService<WorkshopCodes>().NewAsync(cancel), agenda);
        await using (var db = await services.GetRequiredService<IDbContextFactory<LoyaltyDb>>().CreateDbContextAsync(cancel))
        {
            db.Workshops.Add(row);
            if (rehearsal)
            {
                var copy = Row(await services.GetRequiredService<WorkshopCodes>().NewAsync(cancel), agenda);
                copy.RehearsalOf = row.Id;
                db.Workshops.Add(row = copy);
            }

            await db.SaveChangesAsync(cancel);
        }

        (Id, Code) = (new WorkshopId(row.Id), row.Code);
        var host = (await services.GetRequiredService<LiveDirectory>().FindAsync(Id, cancel))!;
        var board = agenda.First(a => a.Type == "board").Id;
        var plan = agenda.First(a => a.Type == "action-plan").Id;
        foreach (var command in (Command[])
        [
            new Command.Start(),
            new Command.Join(Anna, "Anna Sample", "Kitchen", Guid.NewGuid()),
            new Command.GoTo(board), new Command.SetPhase(Phase.Open),
            new Command.Submit(EntryKey.New(), board, Anna, null, Fields.Of(("do", "post"), ("column", "promoter"), ("text", Hostile))),
            new Command.SetPhase(Phase.Revealed),
            new Command.GoTo(plan), new Command.SetPhase(Phase.Open),
            new Command.Submit(EntryKey.New(), plan, Anna, null, Fields.Of(
                ("do", "final"), ("c1.what", "Ring every guest the day after"), ("c1.opportunity", "attitude"), ("c1.by", "2027-03-31"), ("c1.checkins", "30"))),
            new Command.End(),
        ])
        {
            var outcome = await host.SendAsync(command, cancel);
            Assert.False(outcome is Outcome.Refused or Outcome.Unavailable, $"{command} was answered with {outcome}.");
        }

        await services.GetRequiredService<Projector>().WaitUntilIdleAsync(cancel);
    }

    private WorkshopRow Row(string code, IEnumerable<Activity> agenda) => new()
    {
        Id = Guid.CreateVersion7(),
        Code = code,
        Title = "Loyalty for Lindenhof",
        Organisation = "Hotel Lindenhof",
        Date = new DateOnly(2026, 3, 2),
        Departments = AgendaJson.WriteDepartments(["Kitchen"]),
        Language = "en",
        Threshold = 5,
        OwnerId = Facilitator.Id,
        Agenda = AgendaJson.Write([.. agenda]),
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
