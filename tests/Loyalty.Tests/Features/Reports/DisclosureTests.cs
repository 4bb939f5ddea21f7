using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Insights;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.Reports;
using Loyalty.Web.Features.Reports.Trends;

namespace Loyalty.Tests.Features.Reports;

/// <summary>
/// An attacker who has everything that is exported, and takes totals, departments and rooms apart in every way. Sums are linear, so that
/// what can be worked out at all can be worked out by adding and subtracting what is given.
/// </summary>
public sealed class DisclosureTests
{
    private const int Threshold = 5;

    private static readonly string[] Departments = ["Sales", "Service", "IT", "Kitchen", "Office"];

    /// <summary>Small rooms and small departments, where the danger is; nobody, one person and people without a department among them.</summary>
    private static readonly Arbitrary<int[]> Room = Gen.Choose(0, 8).ArrayOf(Departments.Length + 1).ToArbitrary();

    [Fact]
    public void No_sum_or_difference_of_what_is_given_is_about_fewer_people_than_the_threshold() =>
        Prop.ForAll(Room, sizes =>
        {
            var result = FiguresOf(sizes, Phase.Closed);

            foreach (var cell in result.Figures.GroupBy(f => (f.Measure, f.Subject, f.Item)))
            {
                // Every group that is given is a set of people; so is everybody minus any of them.
                var total = cell.SingleOrDefault(f => f.Department is null);
                var shown = cell.Where(f => f.Department is not null).ToList();
                Assert.True(total is not null || shown.Count == 0, "A department is given without everybody together.");
                if (total is null)
                    continue;
                foreach (var some in Subsets(shown))
                {
                    var people = some.Sum(f => f.People);
                    Assert.True(people is 0 or >= Threshold, $"{people} people stand alone.");
                    var rest = total.People - people;
                    Assert.True(rest is 0 or >= Threshold, $"{rest} people are left over.");
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Room_below_the_threshold_gives_nothing_at_all() =>
        Prop.ForAll(Room, sizes =>
        {
            var result = FiguresOf(sizes, Phase.Closed);

            Assert.Equal(sizes.Sum() >= Threshold, !result.Figures.IsEmpty);
            Assert.Equal(sizes.Sum() is > 0 and < Threshold, result.TooFew);
            Assert.True(result.People is 0 or >= Threshold);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_one_person_answered_changes_nothing_that_is_not_about_enough_people() =>
        Prop.ForAll(Room, sizes =>
        {
            // Two rooms that differ in one answer: whoever sees both learns whose figures it is in, and each of these is of enough people.
            if (sizes.Sum() == 0)
                return;
            var before = FiguresOf(sizes, Phase.Closed);
            var after = FiguresOf(sizes, Phase.Closed, firstScore: 0);

            Assert.Equal(before.Figures.Select(f => (f.Item, f.Department, f.People)), after.Figures.Select(f => (f.Item, f.Department, f.People)));
            Assert.All(before.Figures.Zip(after.Figures).Where(p => p.First.Sum != p.Second.Sum), p => Assert.True(p.First.People >= Threshold));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Several_values_of_one_person_do_not_make_a_crowd()
    {
        var board = ExerciseCatalogue.Discover().Of("board");
        var room = new Exercises.SampleRoom(board, Anonymity.Anonymous);
        for (var author = 0; author < 2; author++)
        {
            var slot = room.NewAuthor();
            for (var turn = 0; turn < 4 && room.Next(slot) is { } fields; turn++)
                room.Give(slot, fields);
        }

        var workshop = With(room.Activity, room.State, Phase.Closed, ImmutableDictionary<AuthorKey, string>.Empty, board.Rules);

        var result = Assert.Single(WorkshopFigures.Of(workshop));
        Assert.Empty(result.Figures);
    }

    [Fact]
    public void Figures_and_trends_taken_together_solve_for_nobody() =>
        Prop.ForAll(Room.Generator.Two().ToArbitrary(), rooms =>
        {
            // Grades, because people leave some out: each cell has other people in it, and other departments that are large enough.
            LiveWorkshop[] workshops = [CardOf(rooms.Item1, seed: 1), CardOf(rooms.Item2, seed: 2)];
            var trends = TrendBuilder.Of(TrendsOf(workshops));
            foreach (var workshop in workshops)
            {
                var figures = WorkshopFigures.Of(workshop).SelectMany(r => r.Figures).ToList();
                var activity = workshop.Agenda[0].Id;
                foreach (var cell in workshop.MeasuresOf(activity).GroupBy(m => (m.Subject, m.Item)))
                {
                    var crowd = Departments.Append(null).Select(d => cell.Count(m => workshop.DepartmentOf(activity, m.Author) == d)).ToArray();
                    var given = figures.Where(f => (f.Subject, f.Item) == cell.Key).ToList();
                    var drawn = (
                        from grouped in trends.Groups
                        from panel in grouped.Panels
                        where given.Exists(f => f.SubjectLabel == grouped.About && f.ItemLabel == panel.Label)
                        from line in panel.Departments.Append((Department: null!, panel.Points))
                        from point in line.Points
                        where point.Workshop.Id == workshop.Id.Value
                        select (line.Department, Point: point)).ToList();

                    // A trend says what a report says, and of nothing else.
                    foreach (var (department, point) in drawn)
                    {
                        var figure = Assert.Single(given, f => f.Department == department);
                        Assert.Equal((figure.People, figure.Numbers.Mean!.Value), (point.People, point.Value));
                    }

                    // Each thing given is the sum over some departments: whoever is determined by these equations is found out.
                    var equations = given.Select(f => f.Department).Concat(drawn.Select(d => d.Department)).Distinct()
                        .Select(d => crowd.Select((_, i) => d is null || (i < Departments.Length && Departments[i] == d) ? 1.0 : 0).ToArray()).ToList();
                    for (var bits = 1; bits < 1 << crowd.Length; bits++)
                    {
                        var group = crowd.Select((_, i) => (bits >> i) & 1).ToArray();
                        var people = crowd.Zip(group, (n, i) => n * i).Sum();
                        if (people is > 0 and < Threshold && crowd.Zip(group).All(p => p.First > 0 || p.Second == 0))
                            Assert.False(Follows([.. group.Select(g => (double)g)], equations, crowd), $"{people} people can be worked out.");
                    }
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Trends_are_drawn_where_enough_people_graded()
    {
        // Otherwise the attack above would be one on an empty page.
        var trends = TrendBuilder.Of(TrendsOf([CardOf([9, 8, 7, 1, 0, 2], seed: 1)]));

        Assert.Equal(["Sales", "Service"], trends.Departments.Intersect(["Sales", "Service"]).Order());
        Assert.True(trends.Groups.Sum(g => g.Panels.Length) >= 15);
    }

    [Theory]
    [InlineData(Phase.Open)]
    [InlineData(Phase.Waiting)]
    public void Nothing_is_given_while_answers_come_in(Phase phase) =>
        Assert.Empty(WorkshopFigures.Of(WorkshopOf([9, 9, 9, 0, 0, 0], phase)));

    private static ActivityFigures FiguresOf(int[] sizes, Phase phase, int? firstScore = null) =>
        Assert.Single(WorkshopFigures.Of(WorkshopOf(sizes, phase, firstScore)));

    /// <summary>An anonymous question answered by so many people of each department; the last number is people without one.</summary>
    private static LiveWorkshop WorkshopOf(int[] sizes, Phase phase, int? firstScore = null)
    {
        var scale = ExerciseCatalogue.Discover().Of("scale");
        var activity = new Activity(
            new ActivityId("question"), scale.Name, "A question", "", 5, Anonymity.Anonymous, "?", "", "", JsonDocument.Parse(scale.Sample.Settings).RootElement, SpeakerNotes.None);
        var random = new Random(7);
        var context = RulesContext.For(activity);
        var state = scale.Rules.Start(activity);
        var departments = ImmutableDictionary.CreateBuilder<AuthorKey, string>();
        foreach (var (department, size) in Departments.Cast<string?>().Append(null).Zip(sizes))
        {
            for (var person = 0; person < size; person++)
            {
                var author = new AuthorKey(AuthorKind.Slot, Guid.NewGuid());
                var fields = scale.Sample.Next(random, context, state, author)!;
                if (firstScore is { } score)
                    fields = Fields.Of([("do", "answer"), .. fields.ToDictionary().Keys.Where(k => k != "do" && k != "why").Select(k => (k, score.ToString(System.Globalization.CultureInfo.InvariantCulture)))]);
                firstScore = null;
                state = Assert.IsType<Verdict.Accepted>(scale.Rules.Accept(context, state, EntryKey.New(), author, fields)).Next;
                if (department is not null)
                    departments[author] = department;
            }
        }

        return With(activity, state, phase, departments.ToImmutable(), scale.Rules);
    }

    private static LiveWorkshop With(Activity activity, ExerciseState state, Phase phase, ImmutableDictionary<AuthorKey, string> departments, ExerciseRules rules)
    {
        var info = new WorkshopInfo("ABCDEF", "A workshop", "An organisation", new DateOnly(2027, 3, 1), [.. Departments], "en", Threshold, IsRehearsal: false);
        var empty = Restore.From(new StoredWorkshop(WorkshopId.New(), info, WorkshopStatus.Live, [activity], activity.Id, [], [], []), new ExerciseRulebook([rules]), DateTimeOffset.UnixEpoch);
        var run = new ActivityRun(activity.Id, phase, null, TimeSpan.Zero, null, false, state, departments, []);
        return empty with { Runs = empty.Runs.SetItem(activity.Id, run) };
    }

    /// <summary>A room that has graded, and gone home.</summary>
    private static LiveWorkshop CardOf(int[] sizes, int seed)
    {
        var grades = ExerciseCatalogue.Discover().Of("grades");
        var room = new Exercises.SampleRoom(grades, Anonymity.Anonymous, seed);
        var departments = ImmutableDictionary.CreateBuilder<AuthorKey, string>();
        var random = new Random(seed);
        foreach (var department in Departments.Cast<string?>().Append(null).Zip(sizes).SelectMany(d => Enumerable.Repeat(d.First, d.Second)))
        {
            var author = room.NewAuthor();
            var given = room.Next(author)!.ToDictionary();
            // One in four is left out, and at least one is given.
            var kept = given.Where((f, i) => f.Key == "do" || i == given.Count / 2 || random.Next(4) > 0).Select(f => (f.Key, f.Value[0]));
            room.Give(author, Fields.Of([.. kept]));
            if (department is not null)
                departments[author] = department;
        }

        return With(room.Activity, room.State, Phase.Closed, departments.ToImmutable(), grades.Rules) with { Status = WorkshopStatus.Ended };
    }

    private static TrendData TrendsOf(IReadOnlyCollection<LiveWorkshop> workshops) => new(
        [.. workshops.Select(w => (new TrendWorkshop(w.Id.Value, w.Info.Title, w.Info.Date, w.Info.Threshold, AskedToCompare: false), w.Agenda))],
        [
            .. from workshop in workshops
               from activity in workshop.Agenda
               from cell in workshop.MeasuresOf(activity.Id).GroupBy(m => (m.Name, m.Subject, m.Item, Department: workshop.DepartmentOf(activity.Id, m.Author), m.Value))
               select new ValueCount(workshop.Id.Value, activity.Id.Value, cell.Key.Name, cell.Key.Subject, cell.Key.Item, cell.Key.Department, cell.Key.Value, cell.Count()),
        ],
        []);

    /// <summary>Whether a sum over departments is a combination of others: whether it adds nothing to their rank. Departments without people count for nothing.</summary>
    private static bool Follows(double[] sum, List<double[]> others, int[] crowd)
    {
        return Equations.Rank(Among([.. others, sum])) == Equations.Rank(Among(others));

        IEnumerable<double[]> Among(List<double[]> rows) => rows.Select(r => r.Where((_, i) => crowd[i] > 0).ToArray());
    }

    private static IEnumerable<List<Figure>> Subsets(List<Figure> figures) =>
        Enumerable.Range(0, 1 << figures.Count).Select(bits => figures.Where((_, i) => (bits & (1 << i)) != 0).ToList());
}
