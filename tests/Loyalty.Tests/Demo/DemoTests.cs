using System.Text.RegularExpressions;
using Loyalty.Engine.Live;
using Loyalty.Tests.Hosting;
using Loyalty.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Tests.Demo;

/// <summary>The demonstration as somebody meets it who has just got the program.</summary>
public sealed partial class DemoTests : IDisposable
{
    private const string Last = "(delete it to begin afresh)";
    private readonly string directory = Directory.CreateTempSubdirectory("loyalty-test-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Demo_is_built_once_says_how_to_get_in_and_goes_on_after_a_restart()
    {
        string first;
        await using (var server = Start())
        {
            first = await server.UntilAsync(Last, Cancel);
            using var browser = new HttpClient { BaseAddress = new Uri(Address().Match(first).Value) };
            Assert.Equal("Healthy", await browser.GetStringAsync("/health/ready", Cancel));
            Assert.Equal("Healthy", await browser.GetStringAsync("/health/live", Cancel));
        }

        Assert.Contains("facilitator@demo.loyalty", first, StringComparison.Ordinal);
        await CheckAsync();

        await using (var server = Start())
        {
            var again = await server.UntilAsync(Last, Cancel);
            Assert.Equal(Password().Match(first).Value, Password().Match(again).Value);
            Assert.Equal(Console().Match(first).Value, Console().Match(again).Value);
        }
    }

    [Fact]
    public async Task What_an_interrupted_start_left_behind_is_cleared_away()
    {
        var demo = Directory.CreateDirectory(Path.Combine(directory, "demo")).FullName;
        await File.WriteAllTextAsync(Path.Combine(demo, "loyalty.db"), "half a database", Cancel);

        await using var server = Start();

        await server.UntilAsync(Last, Cancel);
    }

    private async Task CheckAsync()
    {
        await using var db = new LoyaltyDb(new DbContextOptionsBuilder<LoyaltyDb>().UseSqlite($"Data Source={Path.Combine(directory, "demo", "loyalty.db")}").Options);
        // What happened over a year is there to be compared, with follow-up on what was promised.
        var ended = await db.Workshops.Where(w => w.Status == WorkshopStatus.Ended).OrderBy(w => w.Date).ToListAsync(Cancel);
        Assert.Equal(4, ended.Count);
        Assert.True(await db.CheckInReports.AnyAsync(Cancel));
        Assert.True(await db.Measures.AnyAsync(m => m.Name == "commitment.progress", Cancel));
        var finished = ended[^1];
        Assert.Equal(24, await db.Participants.CountAsync(p => p.WorkshopId == finished.Id, Cancel));
        Assert.True(await db.Measures.AnyAsync(m => m.WorkshopId == finished.Id, Cancel));
        Assert.True(finished.EndedAt < TimeProvider.System.GetUtcNow().AddDays(-14));
        Assert.Equal(await db.Responses.CountAsync(r => r.WorkshopId == finished.Id, Cancel), finished.ProjectedEntries);
        Assert.Single(await db.Workshops.Where(w => w.Status == WorkshopStatus.Live).ToListAsync(Cancel));
        Assert.Equal(3, await db.Users.CountAsync(Cancel));
    }

    private ServerProcess Start() => ServerProcess.Start("--demo", "--urls", "http://127.0.0.1:0", "--Loyalty:DataDirectory", directory);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"Password\s+\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();

    [GeneratedRegex(@"/workshops/\w+/console", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Console();
}
