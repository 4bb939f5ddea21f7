using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Teach;

namespace Loyalty.Tests.Curriculum;

/// <summary>What lets two people lead the same step alike, as far as it can be counted.</summary>
public sealed class SpeakerNotesTests
{
    private static readonly CurriculumLibrary Library = CurriculumLibrary.Load("en");

    public static TheoryData<string> Activities => [.. Library.Modules.SelectMany(m => m.Activities).Select(a => a.Id.Value)];

    public static TheoryData<string> StepwiseScreens =>
        [.. Library.Modules.SelectMany(m => m.Activities).Where(a => a.Type == "teach" && ExerciseSettings.Of<TeachSettings>(a).Stepwise).Select(a => a.Id.Value)];

    [Theory, MemberData(nameof(Activities))]
    public void Prompt_is_said_in_one_breath(string id) => Assert.InRange(Find(id).Prompt.Length, 0, 160);

    [Theory, MemberData(nameof(StepwiseScreens))]
    public void Notes_call_for_every_point_of_a_screen_once(string id)
    {
        var screen = Find(id);

        Assert.Equal(
            TeachTally.StepsOf(ExerciseSettings.Of<TeachSettings>(screen)),
            screen.Notes.Say.Sum(line => line.Split("(Next point.)").Length - 1));
    }

    private static Activity Find(string id) => Library.Modules.SelectMany(m => m.Activities).Single(a => a.Id.Value == id);
}
