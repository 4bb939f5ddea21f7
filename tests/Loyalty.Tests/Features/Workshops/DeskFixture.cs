using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Tests.Storage;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.Workshops;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Loyalty.Tests.Features.WorkshopsFeature;

/// <summary>A desk on a real database, with three people who come to it.</summary>
internal sealed class DeskFixture : IAsyncDisposable
{
    private readonly SqliteJournal journal;

    private DeskFixture(StorageFixture storage)
    {
        Storage = storage;
        journal = storage.Journal();
        Rulebook = new ExerciseRulebook(Catalogue.All.Select(t => t.Rules));
        Live = new LiveDirectory(journal, [], Rulebook, TimeProvider.System);
        Codes = new WorkshopCodes(storage);
        Agendas = new AgendaChoices(new CurriculumLibraries(), Catalogue, Texts);
        Desk = new WorkshopDesk(storage, Live, Codes, Agendas, new Organisations(storage), Rulebook, TimeProvider.System);
    }

    public static ExerciseCatalogue Catalogue { get; } = ExerciseCatalogue.Discover();

    public static IStringLocalizerFactory Texts { get; } = new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);

    public StorageFixture Storage { get; }

    public IJournal Journal => journal;

    public ExerciseRulebook Rulebook { get; }

    public LiveDirectory Live { get; }

    public WorkshopCodes Codes { get; }

    public AgendaChoices Agendas { get; }

    public WorkshopDesk Desk { get; }

    public ClaimsPrincipal Miriam { get; } = Person(Roles.Facilitator);

    public ClaimsPrincipal Jonas { get; } = Person(Roles.Facilitator);

    public ClaimsPrincipal Administrator { get; } = Person(Roles.Administrator);

    public static ClaimsPrincipal Hr { get; } = Person(Roles.HR);

    /// <summary>A question that this server can ask.</summary>
    public static Activity Question { get; } = new(
        new ActivityId("a-question"), "scale", "A question", "Tests", 7, Anonymity.Named, "How likely?", "", "",
        JsonDocument.Parse(Catalogue.Of("scale").Sample.Settings).RootElement, SpeakerNotes.None);

    public static async Task<DeskFixture> CreateAsync() => new(await StorageFixture.CreateAsync());

    public static WorkshopPlan Plan(string title = "Loyalty at Lindenhof", params ImmutableArray<Activity> agenda) =>
        new(title, "Hotel Lindenhof", new DateOnly(2026, 12, 1), ["Reception", "Kitchen"], "en", 24, 5, AsksToCompare: false, agenda.IsEmpty ? [Question] : agenda);

    public static Guid IdOf(ClaimsPrincipal person) => AppClaims.IdOf(person)!.Value;

    public Task<WorkshopId> CreateAsync(ClaimsPrincipal owner, WorkshopPlan? plan = null) =>
        Desk.CreateAsync(IdOf(owner), plan ?? Plan(), TestContext.Current.CancellationToken);

    public async Task<WorkshopRow?> RowAsync(WorkshopId id)
    {
        await using var db = Storage.CreateDbContext();
        return await db.Workshops.AsNoTracking().FirstOrDefaultAsync(w => w.Id == id.Value);
    }

    /// <summary>Makes one workshop the rehearsal of another, as the rehearsal feature does.</summary>
    public async Task MakeRehearsalAsync(WorkshopId rehearsal, WorkshopId of)
    {
        await using var db = Storage.CreateDbContext();
        await db.Workshops.Where(w => w.Id == rehearsal.Value).ExecuteUpdateAsync(set => set.SetProperty(w => w.RehearsalOf, of.Value));
    }

    public async ValueTask DisposeAsync()
    {
        await Live.DisposeAsync();
        await journal.DisposeAsync();
        await Storage.DisposeAsync();
    }

    private static ClaimsPrincipal Person(string role) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), new Claim(ClaimTypes.Role, role)], "test"));
}
