using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Identity;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.Reports;

/// <summary>The whole program with workshops in it that measured something: rooms full of people who give what the samples of the exercises say.</summary>
internal sealed class MeasuredWorkshop : IAsyncDisposable
{
    public const string Owner = "owner@example.org";
    public const string Other = "other@example.org";
    public const string Hr = "hr@example.org";
    public const string Admin = "admin@example.org";

    /// <summary>Fourteen, six and three people: the third department is too small, and takes the second one with it.</summary>
    public static readonly (string Department, int People)[] Rooms = [("Sales", 14), ("Service", 6), ("IT", 3)];

    private static readonly string[] Steps =
    [
        "likelihood-to-recommend", "what-matters-most", "grade-our-success", "priority-against-grade", "five-to-one", "personal-action-plan", "evaluation",
    ];

    private MeasuredWorkshop(LoyaltyApp app, Guid owner) => (App, OwnerId) = (app, owner);

    public LoyaltyApp App { get; }

    public Guid OwnerId { get; }

    public WorkshopId Id { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<MeasuredWorkshop> CreateAsync(string title = "Loyalty for Lindenhof")
    {
        var app = new LoyaltyApp();
        await app.AddAsync(Admin, Roles.Administrator);
        await app.AddAsync(Hr, Roles.HR);
        await app.AddAsync(Other, Roles.Facilitator);
        var owner = await app.AddAsync(Owner, Roles.Facilitator);
        var workshop = new MeasuredWorkshop(app, owner.Id);
        workshop.Id = await workshop.AddAsync(title, new DateOnly(2026, 3, 2), seed: 1, Rooms);
        return workshop;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    public async Task<LiveWorkshop> CurrentAsync() =>
        (await App.Services.GetRequiredService<LiveDirectory>().FindAsync(Id, Cancel))!.Current;

    public Task<LoyaltyDb> DatabaseAsync() => App.Services.GetRequiredService<IDbContextFactory<LoyaltyDb>>().CreateDbContextAsync(Cancel);

    /// <summary>One more workshop of the same organisation, run from start to end.</summary>
    public Task<WorkshopId> AddAsync(string title, DateOnly date, int seed, params (string Department, int People)[] rooms) =>
        AddAsync(title, date, seed, agreeing: null, rooms);

    /// <summary>The same, asking to compare: the first so many people agree, and they are the same ones in every such workshop.</summary>
    public Task<WorkshopId> AddComparedAsync(string title, DateOnly date, int seed, int agreeing, params (string Department, int People)[] rooms) =>
        AddAsync(title, date, seed, agreeing, rooms);

    private async Task<WorkshopId> AddAsync(string title, DateOnly date, int seed, int? agreeing, (string Department, int People)[] rooms)
    {
        var services = App.Services;
        var library = services.GetRequiredService<CurriculumLibraries>().Of("en");
        var agenda = Steps.Select(id => library.Modules.SelectMany(m => m.Activities).First(a => a.Id.Value == id)).ToList();
        var row = new WorkshopRow
        {
            Id = Guid.CreateVersion7(),
            Code = await services.GetRequiredService<WorkshopCodes>().NewAsync(Cancel),
            Title = title,
            Organisation = "Hotel Lindenhof",
            Date = date,
            Departments = AgendaJson.WriteDepartments(rooms.Select(r => r.Department)),
            Language = "en",
            Threshold = 5,
            AsksToCompare = agreeing is not null,
            OwnerId = OwnerId,
            Agenda = AgendaJson.Write([.. agenda]),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await using (var db = await DatabaseAsync())
        {
            db.Workshops.Add(row);
            await db.SaveChangesAsync(Cancel);
        }

        var id = new WorkshopId(row.Id);
        var host = (await services.GetRequiredService<LiveDirectory>().FindAsync(id, Cancel))!;
        await DoAsync(host, new Command.Start());
        var people = new List<ParticipantId>();
        foreach (var department in rooms.SelectMany(r => Enumerable.Repeat(r.Department, r.People)))
        {
            var person = ParticipantId.New();
            people.Add(person);
            await DoAsync(host, new Command.Join(person, string.Create(CultureInfo.InvariantCulture, $"Person {people.Count}"), department, Guid.NewGuid()));
        }

        var random = new Random(seed);
        foreach (var activity in agenda)
            await RunAsync(host, activity, people, agreeing ?? 0, random);
        await DoAsync(host, new Command.End());
        await services.GetRequiredService<Projector>().WaitUntilIdleAsync(Cancel);
        return id;
    }

    private async Task RunAsync(LiveWorkshopHost host, Activity activity, List<ParticipantId> people, int agreeing, Random random)
    {
        var type = App.Services.GetRequiredService<ExerciseCatalogue>().Of(activity);
        await DoAsync(host, new Command.GoTo(activity.Id));
        if (!type.Rules.TakesAnswers)
            return;

        await DoAsync(host, new Command.SetPhase(Phase.Open));
        foreach (var (number, person) in people.Index())
        {
            // As the phone makes it.
            var token = number < agreeing ? string.Create(CultureInfo.InvariantCulture, $"compare.ACDEFGHJKMNP{number:D3}.{activity.Id}") : Guid.NewGuid().ToString();
            var slot = activity.Anonymity == Anonymity.Anonymous ? AuthorKey.Slot(token) : (AuthorKey?)null;
            var current = host.Current;
            if (type.Sample.Next(random, current.ContextOf(activity), current.StateOf(activity), slot ?? AuthorKey.Of(person)) is { } fields)
                await DoAsync(host, new Command.Submit(EntryKey.New(), activity.Id, person, slot, fields));
        }

        await DoAsync(host, new Command.SetPhase(Phase.Closed));
        await DoAsync(host, new Command.SetPhase(Phase.Revealed));
    }

    private static async Task DoAsync(LiveWorkshopHost host, Command command)
    {
        var outcome = await host.SendAsync(command, Cancel);
        Assert.False(outcome is Outcome.Refused or Outcome.Unavailable, $"{command} was answered with {outcome}.");
    }
}
