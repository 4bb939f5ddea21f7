using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Features.Phone;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(PhoneServer))]

namespace Loyalty.Tests.Features.Phone;

/// <summary>The real program on a data directory of its own. Every test takes a workshop of its own.</summary>
public sealed class PhoneServer : IAsyncDisposable
{
    public static readonly ActivityId Named = new("named-score");
    public static readonly ActivityId Anonymous = new("anonymous-score");

    private readonly string data = Directory.CreateTempSubdirectory("loyalty-phone-").FullName;

    // Started by the first test that needs it, once: the factory itself would start two for two tests at the same moment.
    private readonly Lazy<WebApplicationFactory<Program>> factory;

    public PhoneServer() => factory = new(() =>
    {
        var started = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting(DataDirectory.Setting, data)
            .UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Routing", "Error")); // this server cannot limit the size of a request, and says so each time
        _ = started.Server;
        return started;
    });

    public IServiceProvider Services => factory.Value.Services;

    internal ExerciseCatalogue Catalogue => Services.GetRequiredService<ExerciseCatalogue>();

    internal Microsoft.AspNetCore.TestHost.TestServer Server => factory.Value.Server;

    /// <summary>A score with a reason, named and anonymous.</summary>
    public static ImmutableArray<Activity> Scores { get; } = [Score(Named, Anonymity.Named), Score(Anonymous, Anonymity.Anonymous)];

    public async Task<LiveWorkshopHost> DraftAsync(ImmutableArray<string> departments = default, ImmutableArray<Activity> agenda = default)
    {
        var owner = new AppUser { Id = Guid.NewGuid(), DisplayName = "F" };
        owner.UserName = owner.Email = $"{owner.Id:N}@example.org";
        var row = new WorkshopRow
        {
            Id = Guid.CreateVersion7(),
            Code = await Services.GetRequiredService<WorkshopCodes>().NewAsync(),
            Title = "Loyalty for Lindenhof",
            Organisation = "Hotel Lindenhof",
            Date = new DateOnly(2026, 3, 2),
            Departments = AgendaJson.WriteDepartments(departments.IsDefault ? [] : departments),
            Language = "en",
            Threshold = 5,
            OwnerId = owner.Id,
            Agenda = AgendaJson.Write(agenda.IsDefault ? Scores : agenda),
            CreatedAt = DateTimeOffset.UtcNow,
        };
        await using var db = await Services.GetRequiredService<IDbContextFactory<LoyaltyDb>>().CreateDbContextAsync();
        db.AddRange(owner, row);
        await db.SaveChangesAsync();
        return (await Services.GetRequiredService<LiveDirectory>().FindAsync(new WorkshopId(row.Id)))!;
    }

    /// <summary>A running workshop; with an activity, that activity is open.</summary>
    public async Task<LiveWorkshopHost> LiveAsync(ActivityId? open = null, ImmutableArray<string> departments = default, ImmutableArray<Activity> agenda = default)
    {
        var host = await DraftAsync(departments, agenda);
        await DoAsync(host, new Command.Start());
        if (open is { } activity)
            await DoAsync(host, new Command.GoTo(activity), new Command.SetPhase(Phase.Open));
        return host;
    }

    public static async Task DoAsync(LiveWorkshopHost host, params Command[] commands)
    {
        foreach (var command in commands)
            Assert.IsType<Outcome.Done>(await host.SendAsync(command));
    }

    /// <summary>A browser with its own cookies that follows no redirect by itself.</summary>
    internal Browser Browser(bool https = false)
    {
        var address = new Uri(https ? "https://localhost" : "http://localhost");
        var cookies = new CookieContainer();
        return new Browser(factory.Value.CreateDefaultClient(address, new CookieContainerHandler(cookies)), cookies, address);
    }

    /// <summary>A browser that has joined.</summary>
    internal async Task<Browser> JoinedAsync(LiveWorkshopHost host, string name = "Ada")
    {
        var browser = Browser();
        var page = await browser.GetAsync($"/j/{host.Current.Info.Code}");
        var joined = await browser.PostAsync($"/j/{host.Current.Info.Code}", [.. page.Hidden(), ("name", name), ("department", host.Current.Info.Departments.FirstOrDefault(""))]);
        Assert.Equal(HttpStatusCode.SeeOther, joined.Status);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (factory.IsValueCreated)
            await factory.Value.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    private static Activity Score(ActivityId id, Anonymity anonymity) => new(
        id, "scale", "Likelihood to recommend", "Tests", 10, anonymity, "Would your customers recommend you?", "One answer each.", "",
        JsonSerializer.SerializeToElement(new
        {
            items = new[] { new { id = "recommend", label = "To a friend" } },
            lowLabel = "Not at all",
            highLabel = "Extremely",
            nps = true,
            why = "Why?",
        }),
        SpeakerNotes.None);
}
