using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Grades;
using Loyalty.Web.Exercises.Ranking;
using Loyalty.Web.Features.Reports;

namespace Loyalty.Tests.Features.Reports;

public sealed class ReportModelTests
{
    private const int People = 6;

    private static readonly ExerciseCatalogue Catalogue = ExerciseCatalogue.Discover();
    private static readonly string[] Rungs = ["procedural-efficiency", "technical-excellence", "professional-courtesy", "product-innovation", "personal-connection"];

    [Fact]
    public void Of_grades_taken_twice_the_first_ones_say_what_to_repair()
    {
        var model = ReportModel.Of(WorkshopOf(Ranking(), Grades("before", "personal-connection"), Grades("after", "procedural-efficiency")));

        var repair = Assert.Single(model.Repairs);
        Assert.Equal(["Personal Connection"], repair.Rungs);
        Assert.Equal((People, People), (repair.RankedBy, repair.GradedBy));
    }

    [Fact]
    public void What_only_bears_the_name_of_a_grade_says_nothing_about_repairs()
    {
        var scale = Run("scale", "names", Anonymity.Named, person => [("score-recommend", "9")], s => s.Replace("\"nps\": true", "\"measure\": \"ladder.grade\"", StringComparison.Ordinal));

        Assert.Empty(ReportModel.Of(WorkshopOf(Ranking(), scale)).Repairs);
    }

    /// <summary>Everybody puts the last rung first, and so on down.</summary>
    private static (Activity Activity, ExerciseState State) Ranking() =>
        Run("ranking", "ranking", Anonymity.Named, _ => Rungs.Select((rung, i) => (RankingRules.FieldOf(new Item("myself", ""), new Item(rung, "")), $"{Rungs.Length - i}")));

    /// <summary>Everybody gives an A, and a D to one rung.</summary>
    private static (Activity Activity, ExerciseState State) Grades(string id, string weak) =>
        Run("grades", id, Anonymity.Anonymous, _ => Rungs.Select(rung => (GradesRules.FieldOf(new Item("organisation", ""), new Item(rung, "")), rung == weak ? "D" : "A")));

    private static (Activity Activity, ExerciseState State) Run(
        string type, string id, Anonymity anonymity, Func<int, IEnumerable<(string, string)>> answer, Func<string, string>? settings = null)
    {
        var exercise = Catalogue.Of(type);
        var activity = new Activity(
            new ActivityId(id), type, id, "", 5, anonymity, "?", "", "",
            JsonDocument.Parse((settings ?? (s => s))(exercise.Sample.Settings)).RootElement, SpeakerNotes.None);
        var state = exercise.Rules.Start(activity);
        for (var person = 0; person < People; person++)
        {
            var author = new AuthorKey(anonymity == Anonymity.Anonymous ? AuthorKind.Slot : AuthorKind.Participant, Guid.NewGuid());
            var verdict = exercise.Rules.Accept(RulesContext.For(activity), state, EntryKey.New(), author, Fields.Of([("do", "answer"), .. answer(person)]));
            state = Assert.IsType<Verdict.Accepted>(verdict).Next;
        }

        return (activity, state);
    }

    private static LiveWorkshop WorkshopOf(params (Activity Activity, ExerciseState State)[] runs)
    {
        var info = new WorkshopInfo("ABCDEF", "A workshop", "An organisation", new DateOnly(2027, 3, 1), [], "en", 5, IsRehearsal: false);
        var stored = new StoredWorkshop(WorkshopId.New(), info, WorkshopStatus.Ended, [.. runs.Select(r => r.Activity)], null, [], [], []);
        var empty = Restore.From(stored, new ExerciseRulebook(Catalogue.All.Select(t => t.Rules)), DateTimeOffset.UnixEpoch);
        return empty with
        {
            Runs = runs.ToImmutableDictionary(
                r => r.Activity.Id,
                r => new ActivityRun(r.Activity.Id, Phase.Revealed, null, TimeSpan.Zero, null, false, r.State, ImmutableDictionary<AuthorKey, string>.Empty, [])),
        };
    }
}
