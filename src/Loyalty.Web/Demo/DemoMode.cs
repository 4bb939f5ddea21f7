using Loyalty.Web.Storage;

namespace Loyalty.Web.Demo;

/// <summary>
/// <c>--demo</c>: accounts for every role, a finished workshop, a draft, and one that is live with simulated participants, in a data
/// directory of its own below the configured one. Started again it goes on where it was; deleting that directory begins afresh.
/// </summary>
internal static class DemoMode
{
    private const string Switch = "--demo";
    private const string Folder = "demo";

    public static bool IsAsked(string[] args) => args.Contains(Switch, StringComparer.OrdinalIgnoreCase);

    /// <summary>The other arguments. A switch without a value would swallow the argument that follows it.</summary>
    public static string[] WithoutSwitch(string[] args) => [.. args.Where(a => !a.Equals(Switch, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Goes before the storage, which it gives another directory.</summary>
    /// <exception cref="StartupProblem">What an earlier demonstration left behind cannot be cleared away.</exception>
    public static void AddLoyaltyDemo(this WebApplicationBuilder builder)
    {
        var setting = builder.Configuration[DataDirectory.Setting] is { Length: > 0 } configured ? configured : "data";
        var directory = Path.GetFullPath(Path.Combine(setting, Folder), builder.Environment.ContentRootPath);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(DataDirectory.Setting, (string?)directory)]);

        builder.Services.AddSingleton(DemoState.Open(directory));
        builder.Services.AddSingleton<DemoWorkshops>();
        builder.Services.AddSingleton<DemoAnnouncement>();
        builder.Services.AddHostedService<DemoAtStart>();
    }
}
