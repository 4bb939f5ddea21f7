using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Exercises;
using Loyalty.Tests.Features.WorkshopsFeature;
using Loyalty.Web.Demo;
using Loyalty.Web.Exercises.Board;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.LadderGap;
using Loyalty.Web.Features.Console;
using Loyalty.Web.Live.Simulation;

namespace Loyalty.Tests.Curriculum;

/// <summary>
/// The whole library in live workshops: every ready-made agenda, and every supplement as one. The console's "next" leads through
/// them, simulated people answer, the workshop is loaded again from its journal while answers are in, and everything is shown and reported.
/// </summary>
public sealed partial class EveryActivityTests : IAsyncDisposable
{
    private const int People = 30;

    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CurriculumLibrary Library = CurriculumLibrary.Load("en");

    // Modules have Roman numbers, supplements letters.
    private static readonly ImmutableArray<Module> Supplements = [.. Library.Modules.Where(m => m.Number is ['A' or 'B' or 'C' or 'D' or 'E' or 'F' or 'G' or 'H'])];

    private readonly ViewRenderer renderer = new();

    public static TheoryData<string> Programmes => [.. Library.Agendas.Select(a => a.Id), .. Supplements.Select(m => m.Id)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => renderer.DisposeAsync();

    [Fact]
    public void Programmes_hold_every_activity_of_the_library()
    {
        var held = Programmes.SelectMany(row => AgendaOf(row.Data)).Select(a => a.Id).ToHashSet();

        Assert.All(Library.Modules.SelectMany(m => m.Activities).Select(a => a.Id), id => Assert.Contains(id, held));
    }

    [Theory, MemberData(nameof(Programmes))]
    public async Task Every_activity_is_opened_answered_loaded_again_revealed_and_reported(string programme)
    {
        await using var fixture = await DeskFixture.CreateAsync();
        var id = await fixture.CreateAsync(fixture.Miriam, DeskFixture.Plan(agenda: AgendaOf(programme)));
        var time = new ShiftedTime(Nine);
        await using var host = new LiveWorkshopHost(await LoadAsync(fixture, id, time), fixture.Journal, new NoPublisher(), time);
        var room = new SimulatedRoom(host, DeskFixture.Catalogue, People);

        while (Moves.Next(host.Current) is { } move)
        {
            try
            {
                await DoAsync(host, move.ToCommand(host.Current));
                await LiveAsync(room, time, move.Kind);
                if (Moves.Next(host.Current) is { Kind: MoveKind.Close })
                {
                    await ApproveAsync(host);
                    AssertAnswered(host.Current);
                    Assert.Equal(Describe(host.Current, host.Current.Current!), Describe(await LoadAsync(fixture, id, time), host.Current.Current!));
                }

                await ShowsAsync(host.Current);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{host.Current.OnStage} ({host.Current.Current?.Type}), {move.Kind}: {e.Message}", e);
            }
        }

        Assert.Equal(WorkshopStatus.Ended, host.Current.Status);
        Assert.All(host.Current.Agenda, activity => Assert.True(host.Current.Runs.ContainsKey(activity.Id), $"{activity.Id} never was on stage."));
        Assert.Equal(Describe(host.Current, [.. host.Current.Agenda]), Describe(await LoadAsync(fixture, id, time), [.. host.Current.Agenda]));
        await ReportsAsync(host.Current);
    }

    private static ImmutableArray<Activity> AgendaOf(string programme) =>
        Library.Agendas.FirstOrDefault(a => a.Id == programme)?.Activities ?? Supplements.Single(m => m.Id == programme).Activities;

    private static async Task<LiveWorkshop> LoadAsync(DeskFixture fixture, WorkshopId id, ShiftedTime time) =>
        Restore.From((await fixture.Journal.LoadAsync(id, Cancel))!, fixture.Rulebook, time.GetUtcNow());

    private static async Task DoAsync(LiveWorkshopHost host, Command command)
    {
        var outcome = await host.SendAsync(command, Cancel);
        Assert.False(outcome is Outcome.Refused or Outcome.Unavailable, $"{command} was answered with {outcome}.");
    }

    /// <summary>Until everybody has come in, or has given what they have to give.</summary>
    private static async Task LiveAsync(SimulatedRoom room, ShiftedTime time, MoveKind after)
    {
        var stride = TimeSpan.FromSeconds(5);
        var length = after is MoveKind.Start or MoveKind.Open or MoveKind.NextPart ? TimeSpan.FromMinutes(5) : stride;
        for (var left = length; left > TimeSpan.Zero; left -= stride)
        {
            time.Advance(stride);
            await room.StepAsync(time.GetUtcNow(), Cancel);
        }
    }

    /// <summary>On a board where the facilitator reads first, what nobody has approved is not shown.</summary>
    private static async Task ApproveAsync(LiveWorkshopHost host)
    {
        var activity = host.Current.Current!;
        if (host.Current.StateOf(activity) is BoardState board && board.Posts.Values.Where(p => p.Waiting).ToList() is { Count: > 0 } waiting)
            await DoAsync(host, new Command.Moderate(EntryKey.New(), activity.Id, Fields.Of([("do", "approve"), .. waiting.Select(p => ("post", p.Key.ToString()))])));
    }

    private static void AssertAnswered(LiveWorkshop workshop)
    {
        var activity = workshop.Current!;
        var respondents = workshop.StateOf(activity).Respondents;
        Assert.True(respondents >= workshop.Info.Threshold, $"Only {respondents} have answered.");
    }

    /// <summary>All that must be the same after a restart, in words.</summary>
    private static string Describe(LiveWorkshop workshop, params Activity[] activities)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{workshop.Status}, {workshop.OnStage}, {workshop.Participants.Count} people, {workshop.Keys.Count} entries");
        foreach (var activity in activities)
        {
            var (run, rules) = (workshop.Runs[activity.Id], workshop.Rulebook.Of(activity));
            text.AppendLine(CultureInfo.InvariantCulture, $"{run.Id}: {run.Phase}, {run.OnStageSince:O}, {run.Spent}, {run.Countdown}, {run.ShownWhileOpen}, {run.State.Respondents} respondents");
            text.Append(Canonical.Of(rules.Tally(workshop.ContextOf(activity), run.State)));
            text.Append(Canonical.Of(rules.Measures(workshop.ContextOf(activity), run.State)));
            text.Append(Canonical.Of(rules.Groupings(run.State)));
        }

        return text.ToString();
    }

    /// <summary>All four views of what is on stage say something; phones can answer while it is open, and the room sees results once they are revealed.</summary>
    private async Task ShowsAsync(LiveWorkshop workshop)
    {
        if (workshop is not { Status: WorkshopStatus.Live, Current: { } activity })
            return;
        foreach (var place in Enum.GetValues<ViewPlace>())
        {
            var html = await renderer.Html(ExerciseShow.Of(workshop, activity, place));
            Assert.False(string.IsNullOrWhiteSpace(html), $"The view for the {place} is empty.");
            Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
            if (place == ViewPlace.Phone && Moves.Next(workshop) is { Kind: MoveKind.Close })
                Assert.Matches("<button[^>]*type=\"submit\"", html);
            if (place == ViewPlace.Room && workshop.Phase == Phase.Revealed && workshop.Rulebook.Of(activity).HasResults)
                AssertHasSomething(html);
        }
    }

    private async Task ReportsAsync(LiveWorkshop workshop)
    {
        foreach (var activity in workshop.Agenda.Where(a => workshop.Rulebook.Of(a).HasResults))
        {
            var html = await renderer.Html(ExerciseShow.Of(workshop, activity, ViewPlace.Report));
            Assert.True(Tags().Replace(html, "").Trim().Length > 0, $"{activity.Id} has an empty part in the report.");
            AssertHasSomething(html, $"{activity.Id} in the report: ");
        }
    }

    private void AssertHasSomething(string html, string where = "")
    {
        var texts = renderer.Texts(typeof(ContractText));
        foreach (var nothing in new[] { texts["NoAnswers"].Value, texts["TooFew", 5].Value, texts["NoItems"].Value, renderer.Texts(typeof(LadderGapText))["Problem.Title"].Value })
            Assert.False(html.Contains(nothing, StringComparison.Ordinal), $"{where}“{nothing}”");
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tags();
}
