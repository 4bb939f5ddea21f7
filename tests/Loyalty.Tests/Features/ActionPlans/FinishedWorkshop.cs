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

    public ParticipantId Ben { get; } = ParticipantId.New();

    /// <param name="date">The day of the workshop; some day in the past if null.</param>
    /// <param name="plan">More of Anna's plan than its first commitment.</param>
    /// <param name="more">What else happens in the room before it ends, on its board and its plan.</param>
    public static async Task<FinishedWorkshop> CreateAsync(
        bool rehearsal = false, DateOnly? date = null, (string Name, string Value)[]? plan = null, Func<FinishedWorkshop, ActivityId, ActivityId, Command[]>? more = null,
        IReadOnlyDictionary<string, string>? settings = null)
    {
        var app = new LoyaltyApp { Settings = settings ?? new Dictionary<string, string>(StringComparer.Ordinal) };
        await app.AddAsync("admin@example.org", Roles.Administrator);
        await app.AddAsync("hr@example.org", Roles.HR);
        await app.AddAsync("other@example.org", Roles.Facilitator);
        var workshop = new FinishedWorkshop(app, await app.AddAsync("owner@example.org", Roles.Facilitator));
        await workshop.RunAsync(rehearsal, date ?? new DateOnly(2026, 3, 2), plan ?? [], more ?? ((_, _, _) => []));
        return workshop;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    public async Task<LoyaltyDb> DatabaseAsync() =>
        await App.Services.GetRequiredService<IDbContextFactory<LoyaltyDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    /// <summary>Sends commands to the workshop, and waits until they are in the tables.</summary>
    public async Task DoAsync(params Command[] commands)
    {
        var host = (await App.Services.GetRequiredService<LiveDirectory>().FindAsync(Id, TestContext.Current.CancellationToken))!;
        foreach (var command in commands)
        {
            var outcome = await host.SendAsync(command, TestContext.Current.CancellationToken);
            Assert.False(outcome is Outcome.Refused or Outcome.Unavailable, $"{command} was answered with {outcome}.");
        }

        await App.Services.GetRequiredService<Projector>().WaitUntilIdleAsync(TestContext.Current.CancellationToken);
    }

    private async Task RunAsync(bool rehearsal, DateOnly date, (string Name, string Value)[] plans, Func<FinishedWorkshop, ActivityId, ActivityId, Command[]> more)
    {
        var cancel = TestContext.Current.CancellationToken;
        var services = App.Services;
        var library = services.GetRequiredService<CurriculumLibraries>().Of("en");
        var agenda = library.Agendas.Single(a => a.Id == "ninety-minutes").Activities.Where(a => a.Type is "board" or "action-plan").ToList();
        var row = Row(await services.GetRequiredService<WorkshopCodes>().NewAsync(cancel), agenda, date);
        await using (var db = await services.GetRequiredService<IDbContextFactory<LoyaltyDb>>().CreateDbContextAsync(cancel))
        {
            db.Workshops.Add(row);
            if (rehearsal)
            {
                var copy = Row(await services.GetRequiredService<WorkshopCodes>().NewAsync(cancel), agenda, date);
                copy.RehearsalOf = row.Id;
                db.Workshops.Add(row = copy);
            }

            await db.SaveChangesAsync(cancel);
        }

        (Id, Code) = (new WorkshopId(row.Id), row.Code);
        var board = agenda.First(a => a.Type == "board").Id;
        var plan = agenda.First(a => a.Type == "action-plan").Id;
        await DoAsync(
        [
            new Command.Start(),
            new Command.Join(Anna, "Anna Sample", "Kitchen", Guid.NewGuid()),
            new Command.GoTo(board), new Command.SetPhase(Phase.Open),
            new Command.Submit(EntryKey.New(), board, Anna, null, Fields.Of(("do", "post"), ("column", "promoter"), ("text", Hostile))),
            new Command.SetPhase(Phase.Revealed),
            new Command.GoTo(plan), new Command.SetPhase(Phase.Open),
            .. more(this, board, plan),
            new Command.Submit(EntryKey.New(), plan, Anna, null, Fields.Of(
                [("do", "final"), ("c1.what", "Ring every guest the day after"), ("c1.opportunity", "attitude"), ("c1.by", "2027-03-31"), ("c1.checkins", "30"), .. plans])),
            new Command.End(),
        ]);
    }

    private WorkshopRow Row(string code, IEnumerable<Activity> agenda, DateOnly date) => new()
    {
        Id = Guid.CreateVersion7(),
        Code = code,
        Title = "Loyalty for Lindenhof",
        Organisation = "Hotel Lindenhof",
        Date = date,
        Departments = AgendaJson.WriteDepartments(["Kitchen"]),
        Language = "en",
        Threshold = 5,
        OwnerId = Facilitator.Id,
        Agenda = AgendaJson.Write([.. agenda]),
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
