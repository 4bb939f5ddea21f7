using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Features.ActionPlans;
using Loyalty.Tests.Identity;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.Keeping;

/// <summary>What was erased is looked for where it must not be: in every table, in memory, and byte by byte in the files.</summary>
public sealed partial class ErasureTests
{
    /// <summary>Everything that only Anna said or was; nothing else in the house has these words.</summary>
    private static readonly string[] AnnasWords =
    [
        "Anna Sample", "Ring every guest the day after", "/C calc", "anna sample", "anna@example.org", "Xylophone expectation", "Yarrow consequence", "Earlier wording of hers", "Quokka happened", "Ben is told this",
    ];

    private static Task<FinishedWorkshop> WorkshopAsync(DateOnly? date = null) => FinishedWorkshop.CreateAsync(
        date: date,
        plan: [("c1.partner", "Ben Partner"), ("c1.expectation", "Xylophone expectation"), ("c1.consequence", "Yarrow consequence")],
        more: (workshop, board, plan) =>
        [
            new Command.Join(workshop.Ben, "Ben Partner", "Kitchen", Guid.NewGuid()),
            new Command.Submit(EntryKey.New(), plan, workshop.Anna, null, Fields.Of(("do", "draft"), ("c1.what", "Earlier wording of hers"))),
            new Command.Submit(EntryKey.New(), plan, workshop.Ben, null, Fields.Of(("do", "final"), ("c1.what", "Smile at the door"), ("c1.opportunity", "attitude"), ("c1.partner", "anna sample"), ("c1.checkins", "30"))),
        ]);

    private static async Task TellAsync(FinishedWorkshop workshop)
    {
        await using var db = await workshop.DatabaseAsync();
        var now = workshop.App.Time.GetUtcNow();
        foreach (var checkIn in await db.CheckIns.Join(db.Commitments, k => k.CommitmentId, c => c.Id, (k, c) => new { k.Id, c.What }).ToListAsync(TestContext.Current.CancellationToken))
        {
            var annas = checkIn.What.StartsWith("Ring", StringComparison.Ordinal);
            // On Ben's commitment it is Anna who tells, as his partner.
            db.CheckInReports.Add(new CheckInReportRow { CheckInId = checkIn.Id, ByPartner = !annas, Happened = annas ? "Quokka happened" : "Ben is told this", At = now });
            db.Reminders.Add(new ReminderRow { CheckInId = checkIn.Id, State = ReminderState.Sent, At = now });
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await db.ActionPlans.Where(p => p.ParticipantId == workshop.Anna.Value).ExecuteUpdateAsync(set => set.SetProperty(p => p.Email, "anna@example.org"), TestContext.Current.CancellationToken);
    }

    private static async Task<List<(string Name, string Subject, string Item, double Value)>> MeasuresAsync(FinishedWorkshop workshop)
    {
        await using var db = await workshop.DatabaseAsync();
        return [.. (await db.Measures.OrderBy(m => m.Name).ThenBy(m => m.Subject).ThenBy(m => m.Item).ThenBy(m => m.Value).ToListAsync(TestContext.Current.CancellationToken)).Select(m => (m.Name, m.Subject, m.Item, m.Value))];
    }

    /// <summary>The files of the data directory that hold any of the words.</summary>
    private static List<string> FoundIn(FinishedWorkshop workshop, IEnumerable<string> words)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(workshop.App.DataDirectory, "*", SearchOption.AllDirectories))
        {
            // Empty, and held by the running server so that no second one opens the directory.
            if (Path.GetFileName(file) == ".lock")
                continue;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            var bytes = memory.ToArray();
            found.AddRange(words.Where(word => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0).Select(word => $"{Path.GetFileName(file)} holds “{word}”"));
        }

        return found;
    }

    [Fact]
    public async Task Erased_person_is_in_no_byte_of_the_files_and_still_counts()
    {
        await using var workshop = await WorkshopAsync();
        await TellAsync(workshop);
        Directory.CreateDirectory(Path.Combine(workshop.App.DataDirectory, "exports"));
        await File.WriteAllTextAsync(Path.Combine(workshop.App.DataDirectory, "exports", "plans.zip"), "Anna Sample", TestContext.Current.CancellationToken);
        var measures = await MeasuresAsync(workshop);
        // The search is worth something only if it finds what is there.
        Assert.Equal(AnnasWords.Length, AnnasWords.Count(word => FoundIn(workshop, [word]).Count > 0));

        Assert.True(await workshop.App.Services.GetRequiredService<Erasure>().PersonAsync(workshop.Id, workshop.Anna, TestContext.Current.CancellationToken));

        Assert.Empty(FoundIn(workshop, AnnasWords));
        Assert.NotEmpty(FoundIn(workshop, ["Smile at the door", "Ben Partner"]));
        Assert.Equal(measures, await MeasuresAsync(workshop));
        await using var db = await workshop.DatabaseAsync();
        Assert.False(await db.Measures.AnyAsync(m => m.ParticipantId == workshop.Anna.Value, TestContext.Current.CancellationToken));
        Assert.Equal(workshop.Ben.Value, (await db.ActionPlans.SingleAsync(TestContext.Current.CancellationToken)).ParticipantId);
    }

    [Fact]
    public async Task Erased_person_is_gone_from_the_live_workshop_and_from_every_page()
    {
        await using var workshop = await WorkshopAsync();
        await workshop.App.Services.GetRequiredService<Erasure>().PersonAsync(workshop.Id, workshop.Anna, TestContext.Current.CancellationToken);

        var live = (await workshop.App.Services.GetRequiredService<LiveDirectory>().FindAsync(workshop.Id, TestContext.Current.CancellationToken))!.Current;
        Assert.Equal((Participant.ErasedName, true), (live.Participants[workshop.Anna].Name, live.Participants[workshop.Anna].IsErased));
        var hr = await workshop.App.SignedInAsync("hr@example.org");
        foreach (var page in (string[])["/hr", "/hr/follow-up", $"/hr/workshops/{workshop.Id}", $"/hr/workshops/{workshop.Id}/everything.csv", $"/workshops/{workshop.Id.Value}/report", "/hr/people?q=a"])
        {
            var text = await hr.ReadAsync(page);
            Assert.All(AnnasWords, word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{page} shows “{word}”"));
        }
    }

    [Fact]
    public async Task Whoever_was_erased_leaves_nothing_to_erase()
    {
        await using var workshop = await WorkshopAsync();
        var erasure = workshop.App.Services.GetRequiredService<Erasure>();
        Assert.True(await erasure.PersonAsync(workshop.Id, workshop.Anna, TestContext.Current.CancellationToken));
        Assert.False(await erasure.PersonAsync(workshop.Id, workshop.Anna, TestContext.Current.CancellationToken));
        Assert.False(await erasure.PersonAsync(workshop.Id, ParticipantId.New(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Personal_data_goes_when_its_time_is_over_and_not_a_day_before()
    {
        await using var workshop = await WorkshopAsync(DateOnly.FromDateTime(DateTime.UtcNow));
        await TellAsync(workshop);
        var retention = workshop.App.Services.GetRequiredService<RetentionInTime>();
        await using (var db = await workshop.DatabaseAsync())
        {
            db.Organisations.Add(new OrganisationRow { Key = Organisations.KeyOf("hotel  LINDENHOF"), Name = "Hotel Lindenhof", RetentionMonths = 6 });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var measures = await MeasuresAsync(workshop);
        var end = DateOnly.FromDateTime(DateTime.UtcNow).AddMonths(6);
        workshop.App.Time.Advance(TimeSpan.FromDays(end.DayNumber - DateOnly.FromDateTime(DateTime.UtcNow).DayNumber - 1));
        Assert.Equal(0, await retention.EraseDueAsync(TestContext.Current.CancellationToken));
        Assert.NotEmpty(FoundIn(workshop, ["Anna Sample"]));

        workshop.App.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await retention.EraseDueAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await retention.EraseDueAsync(TestContext.Current.CancellationToken));

        Assert.Empty(FoundIn(workshop, [.. AnnasWords, "Smile at the door", "Ben Partner"]));
        Assert.Equal(measures, await MeasuresAsync(workshop));
    }

    [Fact]
    public async Task Erased_workshop_leaves_nothing_but_the_record_of_exports()
    {
        await using var workshop = await WorkshopAsync();
        await TellAsync(workshop);
        var admin = await workshop.App.SignedInAsync("admin@example.org");
        await admin.ReadAsync($"/hr/workshops/{workshop.Id}/everything.csv");
        var page = $"/hr/workshops/{workshop.Id}/erase";

        await SendAsync(admin, page, []);
        Assert.NotEmpty(FoundIn(workshop, ["Anna Sample"]));
        await SendAsync(admin, page, new() { ["sure"] = "true" });

        Assert.Empty(FoundIn(workshop, [.. AnnasWords, "Smile at the door", "Ben Partner"]));
        Assert.Contains("Loyalty for Lindenhof", await admin.ReadAsync("/hr/exports"), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await admin.GetAsync($"/hr/workshops/{workshop.Id}")).StatusCode);
    }

    [Fact]
    public async Task File_about_a_person_has_all_that_is_theirs_and_nothing_of_others()
    {
        await using var workshop = await WorkshopAsync();
        await TellAsync(workshop);
        var hr = await workshop.App.SignedInAsync("hr@example.org");

        var json = await (await hr.GetAsync($"/hr/people/{workshop.Id}/{workshop.Anna}.json")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var page = await hr.ReadAsync($"/hr/people/{workshop.Id}/{workshop.Anna}");

        var everything = JsonDocument.Parse(json).RootElement.ToString();
        Assert.All(AnnasWords.Except(["anna sample"]), word => Assert.True(everything.Contains(word, StringComparison.Ordinal), $"“{word}” is not in the file."));
        Assert.Contains("Quokka happened", page, StringComparison.Ordinal);
        Assert.Contains("Smile at the door", everything, StringComparison.Ordinal); // she is asked to be its partner
        Assert.DoesNotContain("ben@", everything, StringComparison.Ordinal);
        Assert.Contains("Everything about a person", await hr.ReadAsync("/hr/exports"), StringComparison.Ordinal);
    }

    private static async Task SendAsync(Browser browser, string address, Dictionary<string, string> fields)
    {
        fields["__RequestVerificationToken"] = Forgery().Match(await browser.ReadAsync(address)).Groups["token"].Value;
        await browser.SendAsync(address, fields);
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forgery();

    [Fact]
    public async Task Record_of_an_export_can_be_neither_changed_nor_deleted()
    {
        await using var workshop = await WorkshopAsync();
        await (await workshop.App.SignedInAsync("hr@example.org")).ReadAsync($"/hr/workshops/{workshop.Id}/everything.csv");
        await using var db = await workshop.DatabaseAsync();

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => db.ExportRecords.ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => db.ExportRecords.ExecuteUpdateAsync(set => set.SetProperty(r => r.UserName, "x"), TestContext.Current.CancellationToken));
        Assert.Equal("workshop-csv", (await db.ExportRecords.SingleAsync(TestContext.Current.CancellationToken)).Kind);
    }

    [Fact]
    public async Task Page_that_asks_while_a_person_is_erased_waits_and_gets_the_workshop_without_them()
    {
        await using var workshop = await WorkshopAsync();
        var directory = workshop.App.Services.GetRequiredService<LiveDirectory>();
        var inside = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var rewrite = directory.RewriteAsync(workshop.Id, async () =>
        {
            inside.SetResult();
            await go.Task;
        });
        await inside.Task;

        var asked = directory.FindAsync(workshop.Id, TestContext.Current.CancellationToken);
        Assert.False(asked.IsCompleted);
        go.SetResult();
        await rewrite;

        Assert.Equal(WorkshopStatus.Ended, (await asked)!.Current.Status);
    }
}
