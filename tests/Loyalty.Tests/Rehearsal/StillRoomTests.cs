using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Tests.Curriculum;
using Loyalty.Tests.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Live.Simulation;

namespace Loyalty.Tests.Rehearsal;

public sealed class StillRoomTests
{
    private static readonly StillRoom Rooms = new(Programmes.Catalogue, Programmes.Rulebook);

    public static TheoryData<string> Activities =>
        [.. Programmes.Library.Modules.SelectMany(m => m.Activities).Where(a => Programmes.Rulebook.Knows(a.Type)).Select(a => a.Id.Value)];

    [Theory, MemberData(nameof(Activities))]
    public async Task Activity_of_the_library_has_a_picture_of_phone_and_room(string id)
    {
        var activity = Find(new ActivityId(id))!;
        await using var renderer = new ViewRenderer();

        foreach (var phase in (Phase[])[Phase.Open, Phase.Revealed])
        {
            var room = Rooms.Of(activity, phase, Find);
            Assert.NotNull(room);
            Assert.Equal(activity.Id, room.OnStage);
            if (Programmes.Rulebook.Of(activity).TakesAnswers)
            {
                Assert.Equal(phase, room.Phase);
                // Without what it takes its items from, there is nothing to answer.
                if (Programmes.Rulebook.InputsOf(activity).All(input => room.Find(input) is not null))
                    Assert.NotEqual(0, room.StateOf(activity).Respondents);
            }

            foreach (var place in (ViewPlace[])[ViewPlace.Phone, ViewPlace.Room])
                Assert.NotEmpty(await renderer.Html(ExerciseShow.Of(room, activity, place)));
        }
    }

    [Fact]
    public void Insight_has_what_it_builds_on()
    {
        var insight = Find(new ActivityId("priority-against-grade"))!;

        var room = Rooms.Of(insight, Phase.Revealed, Find)!;

        Assert.Equal(["what-matters-most", "grade-our-success", "priority-against-grade"], room.Agenda.Select(a => a.Id.Value));
        Assert.NotEmpty(room.MeasuresOf(new ActivityId("grade-our-success")));
    }

    [Fact]
    public void Activity_that_cannot_be_run_has_no_picture()
    {
        Assert.Null(Rooms.Of(Programmes.Step("a") with { Type = "telepathy" }, Phase.Open, Find));
        Assert.Null(Rooms.Of(Programmes.Step("a") with { Settings = default }, Phase.Open, Find));
    }

    [Fact]
    public void Activity_that_builds_on_itself_is_shown_once() => Assert.Equal(
        ["a"],
        Rooms.Of(Itself, Phase.Revealed, _ => Itself)!.Agenda.Select(a => a.Id.Value));

    private static Activity Itself { get; } = Programmes.Step("a", "ladder-gap") with { Settings = System.Text.Json.JsonSerializer.SerializeToElement(new { priorities = "a", grades = "a" }) };

    private static Activity? Find(ActivityId id) => Programmes.Library.Modules.SelectMany(m => m.Activities).FirstOrDefault(a => a.Id == id);
}
