using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Loyalty.Engine.Curriculum;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Curriculum;

/// <summary>Nothing of the curriculum is silently missing: outline, content and docs/curriculum.md say the same.</summary>
public sealed class CurriculumTableTests
{
    /// <summary>Set to 1, the test writes the table instead of comparing it.</summary>
    private const string WriteVariable = "LOYALTY_WRITE_DOCS";

    private static readonly CurriculumLibrary Library = CurriculumLibrary.Load("en");

    [Fact]
    public void Every_line_of_the_outline_has_its_activities_in_its_module()
    {
        var missing = CurriculumOutline.Lines.SelectMany(line => line.Activities
            .Where(id => !Library.Modules.Any(m => m.Number == line.Module && m.Activities.Any(a => a.Id.Value == id)))
            .Select(id => $"{line.Module} {line.What}: {id}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_activity_belongs_to_a_line_of_the_outline()
    {
        var lines = CurriculumOutline.Lines.SelectMany(line => line.Activities).ToHashSet(StringComparer.Ordinal);

        Assert.All(Library.Modules.SelectMany(m => m.Activities), activity => Assert.Contains(activity.Id.Value, lines));
    }

    [Fact]
    public void Line_that_is_taught_is_no_exercise_and_one_that_is_done_is()
    {
        var catalogue = ExerciseCatalogue.Discover();
        foreach (var line in CurriculumOutline.Lines)
        {
            foreach (var activity in line.Activities.Select(Find))
                Assert.Equal(line.Kind == "do", catalogue.Of(activity).Rules.TakesAnswers);
        }
    }

    [Fact]
    public void Full_day_holds_every_line_of_the_seven_modules_and_the_conclusion()
    {
        var fullDay = Library.Agendas.Single(a => a.Id == "full-day").Activities.Select(a => a.Id.Value).ToHashSet(StringComparer.Ordinal);

        var left = CurriculumOutline.Lines
            .Where(line => line.Module.Length != 1 || line.Module is "I" or "V")
            .Where(line => !line.What.StartsWith("Follow-up", StringComparison.Ordinal))
            .SelectMany(line => line.Activities)
            .Where(id => !fullDay.Contains(id));
        Assert.Empty(left);
    }

    [Fact]
    public async Task Table_in_the_documents_is_the_one_that_the_content_gives()
    {
        var path = Path.GetFullPath("../../../docs/curriculum.md", Here());
        var expected = Table();
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            await File.WriteAllTextAsync(path, expected, TestContext.Current.CancellationToken);

        var found = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");

        Assert.True(expected == found, $"docs/curriculum.md is not what the content gives. Run this test once with {WriteVariable}=1 and look at the difference.");
    }

    private static string Table()
    {
        var text = new StringBuilder();
        text.Append("# The curriculum, line by line\n\n");
        text.Append("Generated from the content by `CurriculumTableTests` (run it with `" + WriteVariable + "=1` after a change). Every line of the\n");
        text.Append("curriculum, the activity that does it, the exercise type that it runs on, its minutes and its label.\n");
        foreach (var module in Library.Modules)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {(module.Number.Length > 0 ? module.Number + ". " : "")}{module.Title}\n\n");
            text.Append("| | line | activity | type | min | label |\n|---|---|---|---|---|---|\n");
            foreach (var line in CurriculumOutline.Lines.Where(l => l.Module == module.Number))
            {
                foreach (var activity in line.Activities.Select(Find))
                {
                    var label = line.Kind == "do" ? activity.Anonymity.ToString().ToLowerInvariant() : "";
                    text.Append(CultureInfo.InvariantCulture, $"| {line.Kind} | {line.What} | {activity.Title} (`{activity.Id}`) | {activity.Type} | {activity.Minutes} | {label} |\n");
                }
            }
        }

        text.Append("\n## Ready-made agendas\n\n| agenda | minutes | activities | breaks |\n|---|---|---|---|\n");
        foreach (var agenda in Library.Agendas)
        {
            var breaks = agenda.Activities.Count(a => a.Type == "break");
            text.Append(CultureInfo.InvariantCulture, $"| {agenda.Title} | {agenda.PlannedMinutes} | {agenda.Activities.Length - breaks} | {breaks} |\n");
        }

        return text.ToString();
    }

    private static Activity Find(string id) => Library.Modules.SelectMany(m => m.Activities).First(a => a.Id.Value == id);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
