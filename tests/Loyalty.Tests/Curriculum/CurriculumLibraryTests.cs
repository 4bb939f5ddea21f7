using Loyalty.Engine.Curriculum;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Curriculum;

public sealed class CurriculumLibraryTests
{
    private static readonly ExerciseCatalogue Catalogue = ExerciseCatalogue.Discover();

    public static TheoryData<string> Languages => [.. CurriculumLibrary.Languages];

    [Theory, MemberData(nameof(Languages))]
    public void Content_of_every_language_is_valid_for_its_exercise_types(string language)
    {
        var library = CurriculumLibrary.Load(language);

        Assert.NotEmpty(library.Modules);
        foreach (var activity in library.Modules.SelectMany(m => m.Activities).Concat(library.Agendas.SelectMany(a => a.Activities)))
        {
            Assert.True(Catalogue.Knows(activity.Type), $"{activity.Id} runs on the unknown type “{activity.Type}”.");
            Assert.True(Catalogue.Of(activity).Rules.CheckSettings(activity.Settings).IsEmpty, $"{activity.Id}: {string.Join(' ', Catalogue.Of(activity).Rules.CheckSettings(activity.Settings))}");
            Assert.InRange(activity.Minutes, Activity.MinMinutes, Activity.MaxMinutes);
            Assert.InRange(activity.Id.Value.Length, 1, Loyalty.Engine.ActivityId.MaxLength);
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Ready_made_agenda_fills_its_slot_exactly_and_finds_what_its_insights_draw_on(string language)
    {
        foreach (var agenda in CurriculumLibrary.Load(language).Agendas)
        {
            Assert.Equal(agenda.SlotMinutes, agenda.PlannedMinutes);
            Assert.Equal(agenda.Activities.Length, agenda.Activities.Select(a => a.Id).Distinct().Count());
            var earlier = new HashSet<string>(StringComparer.Ordinal);
            foreach (var activity in agenda.Activities)
            {
                foreach (var input in (string[])["priorities", "grades", "columnsFrom", "itemsFrom", "groupsFrom"])
                {
                    if (activity.Settings.TryGetProperty(input, out var id))
                        Assert.Contains(id.GetString()!, earlier);
                }

                earlier.Add(activity.Id.Value);
            }
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Activity_that_asks_people_something_has_a_prompt_and_every_one_has_notes(string language)
    {
        foreach (var activity in CurriculumLibrary.Load(language).Modules.SelectMany(m => m.Activities))
        {
            if (Catalogue.Of(activity).Rules.TakesAnswers)
                Assert.False(string.IsNullOrWhiteSpace(activity.Prompt), $"{activity.Id} has no prompt.");
            Assert.False(string.IsNullOrWhiteSpace(activity.Notes.Purpose), $"{activity.Id} has no purpose.");
            Assert.NotEmpty(activity.Notes.Say);
            Assert.NotEmpty(activity.Notes.Ask);
            Assert.NotEmpty(activity.Notes.Traps);
            Assert.False(string.IsNullOrWhiteSpace(activity.Notes.Close), $"{activity.Id} has no close.");
        }
    }

    [Fact]
    public void Shared_list_in_settings_is_expanded()
    {
        var board = CurriculumLibrary.Load("en").Modules.SelectMany(m => m.Activities).First(a => a.Type == "board" && a.Settings.GetRawText().Contains("promoter", StringComparison.Ordinal));

        Assert.Equal(3, board.Settings.GetProperty("columns").GetArrayLength());
    }

    [Fact]
    public void Language_without_content_is_refused_by_name()
    {
        var error = Assert.Throws<ContentException>(() => CurriculumLibrary.Load("xx"));

        Assert.Contains("xx", error.Message, StringComparison.Ordinal);
    }
}
