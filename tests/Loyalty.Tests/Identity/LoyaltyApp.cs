using System.Collections.Concurrent;
using Loyalty.Web.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Loyalty.Tests.Identity;

/// <summary>The whole program in this process, on a database file of its own and with a clock that the test sets.</summary>
internal sealed class LoyaltyApp : WebApplicationFactory<Program>
{
    public const string Password = "correct horse battery";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("loyalty-");
    private readonly LogLines _log = new();

    public ManualTime Time { get; } = new();

    /// <summary>Enough for every test but the one about the limit itself.</summary>
    public int AttemptsPerMinute { get; init; } = 1000;

    /// <summary>Settings besides those that every test has.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where everything is kept.</summary>
    public string DataDirectory => _data.FullName;

    public Accounts Accounts => Services.GetRequiredService<Accounts>();

    /// <summary>The link that the server printed, as a path on this host.</summary>
    public string SetupLink
    {
        get
        {
            _ = Services; // starts it
            var line = _log.Lines.Single(line => line.Contains("/setup?token=", StringComparison.Ordinal));
            return line[line.IndexOf("/setup?", StringComparison.Ordinal)..];
        }
    }

    public Browser NewBrowser() => new(CreateClient(new() { AllowAutoRedirect = false }));

    public async Task<AppUser> AddAsync(string email, params string[] roles)
    {
        var outcome = await Accounts.CreateAsync(email.Split('@')[0], email, Password, roles, CancellationToken.None);
        return Assert.IsType<AccountOutcome.Ready>(outcome).User;
    }

    public async Task<Browser> SignedInAsync(string email)
    {
        var browser = NewBrowser();
        var answer = await browser.PostAsync("/sign-in", "sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = Password });
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production"); // what is shipped; Development maps helpers of its own
        builder.UseSetting("Loyalty:DataDirectory", _data.FullName);
        builder.UseSetting(CredentialRateLimit.Setting, AttemptsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_log));
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (disposing && _data.Exists)
            _data.Delete(recursive: true);
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

/// <summary>Now, until a test moves it on. Timers run on real time.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = DateTimeOffset.UtcNow.Ticks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
}
