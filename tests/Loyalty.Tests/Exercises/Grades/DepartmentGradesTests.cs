using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Grades;

namespace Loyalty.Tests.Exercises.Grades;

public sealed class DepartmentGradesTests : IAsyncDisposable
{
    private const string Settings =
        """{ "items": [{ "id": "rung", "label": "Rung" }, { "id": "other", "label": "Other" }], "subjects": [{ "id": "us", "label": "Us" }] }""";

    private readonly SampleRoom room = new(new GradesType(), Anonymity.Anonymous, settings: Settings);
    private readonly Dictionary<AuthorKey, string> departments = [];
    private readonly ViewRenderer renderer = new();

    public ValueTask DisposeAsync() => renderer.DisposeAsync();

    [Fact]
    public void Departments_are_graded_apart()
    {
        Give("Sales", 5, "A");
        Give("Service", 5, "C");

        var table = Assert.Single(Tables());

        Assert.Equal(["Sales", "Service"], table.Departments);
        Assert.Equal([new Descriptives(5, 4, 0), new Descriptives(5, 2, 0)], table.Rows.Single(r => r.Item.Id == "rung").Cells);
        Assert.False(table.IsAnythingHidden);
    }

    [Fact]
    public void Small_department_is_hidden_and_the_next_smallest_with_it()
    {
        Give("Sales", 9, "A");
        Give("Service", 6, "C");
        Give("Legal", 2, "F");

        var table = Assert.Single(Tables());

        Assert.Equal(["Sales"], table.Departments);
        Assert.True(table.IsAnythingHidden);
    }

    [Fact]
    public void Every_cell_is_judged_by_its_own_n()
    {
        Give("Sales", 5, "A", other: "?");
        Give("Service", 5, "C", other: "C");

        var table = Assert.Single(Tables());

        Assert.All(table.Rows.Single(r => r.Item.Id == "rung").Cells, c => Assert.Equal(5, c!.Value.Count));
        Assert.Equal([null, new Descriptives(5, 2, 0)], table.Rows.Single(r => r.Item.Id == "other").Cells);
    }

    [Fact]
    public void Room_without_departments_has_no_tables()
    {
        Give(null, 8, "A");

        Assert.Empty(Tables());
    }

    [Theory]
    [InlineData(ViewPlace.Room, false)]
    [InlineData(ViewPlace.Phone, false)]
    [InlineData(ViewPlace.Console, true)]
    [InlineData(ViewPlace.Report, true)]
    public async Task Departments_stand_on_console_and_report_only(ViewPlace place, bool expected)
    {
        Give("Sales", 9, "A");
        Give("Service", 6, "C");
        Give("Legal", 2, "F");

        var html = await renderer.Html(room.Show(place) with { Context = Context });

        Assert.Equal(expected, html.Contains("Sales", StringComparison.Ordinal));
        Assert.DoesNotContain("Service", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Legal", html, StringComparison.Ordinal);
    }

    private RulesContext Context => (room.Context with { Phase = Phase.Revealed }).Where(w => w with { DepartmentOf = a => departments.GetValueOrDefault(a) });

    private ImmutableArray<DepartmentGrades> Tables() =>
        DepartmentGrades.Of(Context, ExerciseSettings.Of<GradesSettings>(room.Activity), (AnswerState<GradesAnswer>)room.State);

    private void Give(string? department, int people, string letter, string? other = null)
    {
        for (var i = 0; i < people; i++)
        {
            var author = room.NewAuthor();
            if (department is not null)
                departments[author] = department;
            Assert.IsType<Verdict.Accepted>(room.Give(author, Fields.Of(("us.rung", letter), ("us.other", other ?? ""))));
        }
    }
}
