using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Loyalty.Tests.Identity;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.ActionPlans;
using Loyalty.Web.Features.Reports;
using Loyalty.Web.Printing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.Reports;

/// <summary>
/// Long documents, in which headings, rows and commitments come to stand at every height of a page. Each check is also made on the same
/// document without the rules that keep things together: where it finds nothing then, it would find nothing ever.
/// </summary>
public sealed partial class PrintedPagesTests : IAsyncLifetime
{
    private const int Boards = 14;

    private readonly LoyaltyApp app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task No_heading_of_a_report_is_left_at_the_foot_of_a_page_and_no_row_is_cut()
    {
        var job = await ReportAsync();

        Assert.Empty(ProblemsOfReport(await PrintAsync(job)));
        Assert.NotEmpty(ProblemsOfReport(await PrintAsync(Loosened(job))));
    }

    [Fact]
    public async Task No_commitment_is_cut_and_every_plan_begins_on_a_page_of_its_own()
    {
        var job = await PlansAsync();
        var pdf = await PrintAsync(job);

        Assert.Empty(CutIn(pdf, Commitments()));
        Assert.Equal([.. Enumerable.Range(1, 3).Select(i => $"Person {i}")], pdf.Bookmarks.Where(b => b.StartsWith("Person", StringComparison.Ordinal)));
        for (var person = 1; person <= 3; person++)
            Assert.Contains($"Person {person}", Assert.Single(pdf.Pages, p => p.Contains($"what {person}.1", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.NotEmpty(CutIn(await PrintAsync(Loosened(job)), Commitments()));
    }

    [Fact]
    public async Task Text_of_the_pages_comes_in_the_order_in_which_it_is_read()
    {
        foreach (var job in (PrintJob[])[await ReportAsync(), await PlansAsync()])
        {
            var pdf = await PrintAsync(job);
            var expected = Words(Text(job.Html)).ToList();
            var printed = Words(pdf.Text).ToList();

            // Whatever else stands on a page, such as its number and the head of a table that goes on, the words come one after the other.
            var at = 0;
            foreach (var (i, word) in expected.Index())
            {
                at = printed.IndexOf(word, at) + 1;
                Assert.True(at > 0, $"“{string.Join(' ', expected.Skip(Math.Max(0, i - 6)).Take(8))}” is not read where it is written.");
            }

            Assert.True(expected.Count > 1000);
        }
    }

    [Fact]
    public async Task Plans_and_reports_are_tagged_titled_in_a_language_and_bring_their_fonts()
    {
        foreach (var (job, title) in new[] { (await ReportAsync(), "A report"), (await PlansAsync(), "Some plans") })
        {
            var pdf = await PrintAsync(job);

            Assert.Equal((title, "en-GB", true), (pdf.Title, pdf.Language, pdf.IsTagged));
            Assert.NotEmpty(pdf.Bookmarks);
            Assert.NotEmpty(pdf.Fonts);
            Assert.All(pdf.Fonts, font => Assert.True(font.IsEmbedded, font.Name));
            Assert.All(pdf.Structure.Where(e => e.Role == "Figure"), figure => Assert.NotEmpty(figure.Alternative));
        }
    }

    private static List<string> ProblemsOfReport(PdfFile pdf)
    {
        var problems = CutIn(pdf, from board in Enumerable.Range(1, Boards) from post in Enumerable.Range(1, PostsOn(board)) select ($"begin {board}.{post}.", $"end {board}.{post}."));
        for (var board = 1; board <= Boards; board++)
        {
            // The title of a chapter with its first exercise, that with what it is about, and the head of a table with a row.
            foreach (var heading in (string[])[$"Module {board}.", $"Title {board}.", $"Prompt {board}.", $"Column {board}."])
            {
                var page = pdf.Pages.First(p => p.Contains(heading, StringComparison.Ordinal));
                if (!page[page.IndexOf(heading, StringComparison.Ordinal)..].Contains($"begin {board}.", StringComparison.Ordinal))
                    problems.Add($"{heading} has nothing under it.");
            }
        }

        return problems;
    }

    /// <summary>What begins on one page and ends on another.</summary>
    private static List<string> CutIn(PdfFile pdf, IEnumerable<(string Begin, string End)> parts)
    {
        // A line may end anywhere in a phrase.
        var pages = pdf.Pages.Select(p => p.ReplaceLineEndings(" ")).ToList();
        return [.. parts.Where(p => PageOf(p.Begin) != PageOf(p.End)).Select(p => $"{p.Begin} stands on page {PageOf(p.Begin)}, {p.End} on page {PageOf(p.End)}.")];

        int PageOf(string words)
        {
            var page = pages.FindIndex(p => p.Contains(words, StringComparison.Ordinal)) + 1;
            Assert.True(page > 0, $"“{words}” is on no page.");
            return page;
        }
    }

    private static IEnumerable<(string Begin, string End)> Commitments() =>
        from person in Enumerable.Range(1, 3) from number in Enumerable.Range(1, 5) select ($"what {person}.{number}.", $"consequence {person}.{number}.");

    private static int PostsOn(int board) => 1 + board * 5 % 9;

    private async Task<PrintJob> ReportAsync()
    {
        var board = ExerciseCatalogue.Discover().Of("board");
        var activities = Enumerable.Range(1, Boards).Select(i => new Activity(
            new ActivityId($"board-{i}"), board.Name, $"Title {i}.", $"Module {i}.", 5, Anonymity.Named, $"Prompt {i}.", "", "",
            JsonDocument.Parse(string.Create(CultureInfo.InvariantCulture, $$"""{ "columns": [{ "id": "c", "label": "Column {{i}}." }], "upvotes": false, "maxPosts": 20, "maxLength": 500 }""")).RootElement,
            SpeakerNotes.None)).ToImmutableArray();
        var info = new WorkshopInfo("ABCDEF", "A workshop", "An organisation", new DateOnly(2027, 3, 1), [], "en", 5, IsRehearsal: false);
        var workshop = Restore.From(new StoredWorkshop(WorkshopId.New(), info, WorkshopStatus.Ended, activities, null, [], [], []), new ExerciseRulebook([board.Rules]), DateTimeOffset.UnixEpoch);
        foreach (var (i, activity) in activities.Index())
        {
            var state = board.Rules.Start(activity);
            for (var post = 1; post <= PostsOn(i + 1); post++)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"begin {i + 1}.{post}. {string.Concat(Enumerable.Repeat("words that fill the line, ", 17))} end {i + 1}.{post}.");
                state = Assert.IsType<Verdict.Accepted>(board.Rules.Accept(
                    RulesContext.For(activity), state, EntryKey.New(), AuthorKey.Of(ParticipantId.New()), Fields.Of(("do", "post"), ("column", "c"), ("text", text)))).Next;
            }

            workshop = workshop with
            {
                Runs = workshop.Runs.SetItem(activity.Id, new ActivityRun(activity.Id, Phase.Revealed, null, TimeSpan.Zero, null, false, state, ImmutableDictionary<AuthorKey, string>.Empty, [])),
            };
        }

        return await RenderAsync<ReportDocument>(new() { ["Model"] = ReportModel.Of(workshop), ["Title"] = "A report" });
    }

    private Task<PrintJob> PlansAsync()
    {
        var sheets = Enumerable.Range(1, 3).Select(person => new PlanSheetModel(
            Guid.NewGuid(), $"Person {person}", "Kitchen", "A workshop", "An organisation", new DateOnly(2027, 3, 1), IsFinal: true,
            [
                .. Enumerable.Range(1, 5).Select(number => new CommitmentModel(
                    new Commitment(
                        number, "", "", $"what {person}.{number}. to do", Many("situation"), Many("step"), new DateOnly(2027, 6, 1), Many("evidence"), Many("help"), "Ben", [30],
                        Many("expectation"), Many("feedback"), $"{Many("and then")} consequence {person}.{number}."),
                    "Attitude", "Courtesy", [new DateOnly(2027, 3, 31)])),
            ],
            "https://loyalty.example/plan/secret")).ToImmutableArray();
        return RenderAsync<PlanSheets>(new() { ["Sheets"] = sheets, ["Title"] = "Some plans" });

        static string Many(string word) => string.Join(' ', Enumerable.Repeat(word, 14));
    }

    private Task<PrintJob> RenderAsync<TDocument>(Dictionary<string, object?> parameters)
        where TDocument : Microsoft.AspNetCore.Components.IComponent =>
        app.Services.GetRequiredService<RazorPrinter>().RenderAsync<TDocument>(parameters, CultureInfo.GetCultureInfo("en-GB"));

    private async Task<PdfFile> PrintAsync(PrintJob job) =>
        PdfFile.Read(Assert.IsType<PdfResult.Printed>(await app.Services.GetRequiredService<PdfPrinter>().PrintAsync(job, Cancel)).Bytes);

    /// <summary>The same without the rules that keep things together.</summary>
    private static PrintJob Loosened(PrintJob job) => new(Kept().Replace(job.Html, ""));

    private static string Text(string html) => WebUtility.HtmlDecode(Tag().Replace(Hidden().Replace(html[html.IndexOf("<main", StringComparison.Ordinal)..], " "), " "));

    private static IEnumerable<string> Words(string text) => text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"(break-(inside|after): avoid|orphans: \d|widows: \d);?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kept();

    [GeneratedRegex(@"<svg.*?</svg>|<(?<tag>\w+)[^>]*visually-hidden[^>]*>.*?</\k<tag>>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();
}
