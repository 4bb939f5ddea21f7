using System.Security.Claims;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Tests.Storage;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.Console;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace Loyalty.Tests.Features.Console;

/// <summary>Who may open the console: its page is drawn as the server draws it first, over a real database.</summary>
public sealed class ConsolePageTests : IAsyncLifetime
{
    private StorageFixture storage = null!;
    private SqliteJournal journal = null!;
    private LiveDirectory directory = null!;
    private Guid owner;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        storage = await StorageFixture.CreateAsync();
        journal = storage.Journal();
        directory = storage.LiveOn(journal);
        await using var db = storage.CreateDbContext();
        owner = await db.Workshops.Select(w => w.OwnerId).SingleAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await directory.DisposeAsync();
        await journal.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task Facilitator_opens_the_console_of_an_own_workshop()
    {
        var html = await HtmlFor(owner, Roles.Facilitator);

        Assert.Contains("Start the workshop", html, StringComparison.Ordinal);
        Assert.Contains("Loyalty for Lindenhof", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_facilitator_sees_nothing_of_it()
    {
        var html = await HtmlFor(Guid.NewGuid(), Roles.Facilitator);

        Assert.Contains("not one of your workshops", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Lindenhof", html, StringComparison.Ordinal);
        Assert.DoesNotContain("ACD347", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrator_opens_the_console_of_any_workshop() =>
        Assert.Contains("Start the workshop", await HtmlFor(Guid.NewGuid(), Roles.Administrator), StringComparison.Ordinal);

    [Fact]
    public async Task Owner_without_the_role_any_more_is_refused() =>
        Assert.DoesNotContain("Lindenhof", await HtmlFor(owner, Roles.HR), StringComparison.Ordinal);

    private async Task<string> HtmlFor(Guid user, string role)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user.ToString()), new(ClaimTypes.Role, role)], "test"));
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<IServer, NoServer>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(ExerciseCatalogue.Discover())
            .AddSingleton<RefusalSentences>()
            .AddSingleton<CurriculumLibraries>()
            .AddSingleton<IDbContextFactory<LoyaltyDb>>(storage)
            .AddSingleton<WorkshopAccess>()
            .AddSingleton(directory)
            .AddSingleton<JoinAddress>()
            .AddSingleton<NavigationManager, AtTheConsole>()
            .AddSingleton<IJSRuntime, NoScript>()
            .AddLoyaltyConsole()
            .BuildServiceProvider();
        await using var renderer = new FirstPicture(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = renderer.BeginRenderingComponent(typeof(CascadingValue<Task<AuthenticationState>>), ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                ["Value"] = Task.FromResult(new AuthenticationState(principal)),
                ["ChildContent"] = (RenderFragment)(builder =>
                {
                    builder.OpenComponent<ConsolePage>(0);
                    builder.AddComponentParameter(1, nameof(ConsolePage.Id), storage.Workshop.ToString());
                    builder.CloseComponent();
                }),
            }));
            await page.QuiescenceTask;
            return page.ToHtmlString();
        });
    }

    /// <summary>Draws interactive pages as the server does before a circuit takes over.</summary>
    private sealed class FirstPicture(IServiceProvider services, ILoggerFactory logs) : StaticHtmlRenderer(services, logs)
    {
        protected override IComponent ResolveComponentForRenderMode(Type componentType, int? parentComponentId, IComponentActivator componentActivator, IComponentRenderMode renderMode) =>
            componentActivator.CreateInstance(componentType);
    }

    private sealed class AtTheConsole : NavigationManager
    {
        public AtTheConsole() => Initialize("https://train.example.org/", "https://train.example.org/workshops/1/console");
    }

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            throw new InvalidOperationException("There is no script in the first picture of a page.");
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
