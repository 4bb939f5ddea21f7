using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.ActionPlans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Loyalty.Tests.Features.ActionPlans;

/// <summary>The file with one line for each thing that somebody gave, read by somebody who wants to know who gave it.</summary>
public sealed class WorkshopCsvTests
{
    private const string TwoQuestions = """
        { "items": [{ "id": "a", "label": "The lead" }, { "id": "b", "label": "The team" }], "min": 0, "max": 10, "why": "Why?" }
        """;

    [Fact]
    public async Task Answers_that_belong_to_one_anonymous_person_cannot_be_put_together()
    {
        // The same answers to each question, given by other people: nobody can tell the two rooms apart.
        var one = await CsvAsync(Room(Anonymity.Anonymous, (0, 10), (1, 9), (2, 8), (3, 7), (10, 6)));
        var other = await CsvAsync(Room(Anonymity.Anonymous, (10, 10), (3, 6), (2, 9), (1, 7), (0, 8)));

        Assert.Equal(one, other);
        Assert.Equal(["0", "1", "2", "3", "10", "6", "7", "8", "9", "10"], one.Select(line => line.Split(',')[^1]));
        Assert.All(one, line => Assert.Contains(",anonymous,,score,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Question_that_too_few_answered_is_held_back_by_itself()
    {
        var lines = await CsvAsync(Room(Anonymity.Anonymous, (0, 10), (1, 9), (2, null), (3, 7), (10, 6)));

        Assert.Equal(5, lines.Count(l => l.Contains(",The lead,", StringComparison.Ordinal)));
        var held = Assert.Single(lines, l => l.Contains(",The team,", StringComparison.Ordinal));
        Assert.EndsWith("Held back: fewer than 5 people answered anonymously.", held, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public async Task Anonymous_words_are_given_from_ten_people_on(int people, bool given)
    {
        var lines = await CsvAsync(Room(Anonymity.Anonymous, [.. Enumerable.Range(0, people).Select(i => (i, (int?)i))], "Because I say so."));

        Assert.Equal(given ? people : 0, lines.Count(l => l.Contains("Because I say so.", StringComparison.Ordinal)));
        Assert.Equal(!given, lines.Any(l => l.EndsWith("Words held back: fewer than 10 people answered anonymously.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(WorkshopStatus.Live)]
    [InlineData(WorkshopStatus.Paused)]
    public async Task Before_the_end_there_is_nothing_anonymous_to_compare_with_a_later_file(WorkshopStatus status)
    {
        var line = Assert.Single(await CsvAsync(Room(Anonymity.Anonymous, (0, 10), (1, 9), (2, 8), (3, 7), (10, 6)) with { Status = status }));

        Assert.EndsWith("Held back until the workshop has ended: these answers are anonymous.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Named_answers_stand_with_their_names()
    {
        var lines = await CsvAsync(Room(Anonymity.Named, (0, 10)));

        Assert.Equal([",Person 0,,score,The lead,0", ",Person 0,,score,The team,10"], lines.Select(l => l[l.IndexOf(",Person", StringComparison.Ordinal)..]));
    }

    private static LiveWorkshop Room(Anonymity anonymity, params (int Lead, int? Team)[] people) => Room(anonymity, people, why: null);

    private static LiveWorkshop Room(Anonymity anonymity, (int Lead, int? Team)[] people, string? why)
    {
        var scale = ExerciseCatalogue.Discover().Of("scale");
        var activity = new Activity(
            new ActivityId("question"), scale.Name, "A question", "", 5, anonymity, "?", "", "", JsonDocument.Parse(TwoQuestions).RootElement, SpeakerNotes.None);
        var info = new WorkshopInfo("ABCDEF", "A workshop", "An organisation", new DateOnly(2027, 3, 1), [], "en", 5, IsRehearsal: false);
        var workshop = Restore.From(new StoredWorkshop(WorkshopId.New(), info, WorkshopStatus.Ended, [activity], activity.Id, [], [], []), new ExerciseRulebook([scale.Rules]), DateTimeOffset.UnixEpoch);
        var state = scale.Rules.Start(activity);
        foreach (var ((lead, team), i) in people.Select((p, i) => (p, i)))
        {
            var person = new Participant(ParticipantId.New(), string.Create(CultureInfo.InvariantCulture, $"Person {i}"), null, HasPhone: true, DateTimeOffset.UnixEpoch);
            workshop = workshop with { Participants = workshop.Participants.Add(person.Id, person) };
            List<(string, string)> fields = [("do", "answer"), ("score-a", Text(lead))];
            if (team is { } score)
                fields.Add(("score-b", Text(score)));
            if (why is not null)
                fields.Add(("why", why));
            var author = anonymity == Anonymity.Anonymous ? new AuthorKey(AuthorKind.Slot, Guid.NewGuid()) : AuthorKey.Of(person.Id);
            state = Assert.IsType<Verdict.Accepted>(scale.Rules.Accept(RulesContext.For(activity), state, EntryKey.New(), author, Fields.Of([.. fields]))).Next;
        }

        var run = new ActivityRun(activity.Id, Phase.Closed, null, TimeSpan.Zero, null, false, state, ImmutableDictionary<AuthorKey, string>.Empty, []);
        return workshop with { Runs = workshop.Runs.SetItem(activity.Id, run) };

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The lines below the header.</summary>
    private static async Task<List<string>> CsvAsync(LiveWorkshop workshop)
    {
        await using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        using var file = new MemoryStream();
        await new WorkshopCsv(services.GetRequiredService<IStringLocalizer<ActionPlansText>>()).WriteAsync(workshop, file, TestContext.Current.CancellationToken);
        return [.. Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.TrimEnd('\r'))];
    }
}
