using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Exercises;
using Loyalty.Tests.Live;
using Loyalty.Web.Features.Room;
using Loyalty.Web.Ui;

namespace Loyalty.Tests.Features.Room;

public sealed class RoomScreenTests : IAsyncLifetime
{
    private static readonly JoinLink Join = new("https://train.example.org/j/ACD347", "train.example.org", true, []);

    private readonly ViewRenderer renderer = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => renderer.DisposeAsync();

    private Task<string> Html(LiveWorkshop workshop) => renderer.Html<RoomScreen>(new()
    {
        [nameof(RoomScreen.Workshop)] = workshop,
        [nameof(RoomScreen.Join)] = Join,
        [nameof(RoomScreen.Now)] = Workshops.Nine,
    });

    [Fact]
    public async Task Hidden_answers_are_not_in_the_page()
    {
        // Two rooms that differ in their answers only look the same until the reveal, and different after it.
        var one = LiveSample.Lobby(20).Answered(seed: 1);
        var other = LiveSample.Lobby(20).Answered(seed: 2);

        foreach (var phase in new[] { Phase.Open, Phase.Closed })
            Assert.Equal(await Html(In(one, phase)), await Html(In(other, phase)));
        Assert.NotEqual(await Html(In(one, Phase.Revealed)), await Html(In(other, Phase.Revealed)));
    }

    [Fact]
    public async Task Answers_shown_while_open_are_in_the_page()
    {
        var one = LiveSample.Lobby(20).Answered(seed: 1).After(new Command.ShowWhileOpen(true));
        var other = LiveSample.Lobby(20).Answered(seed: 2).After(new Command.ShowWhileOpen(true));

        Assert.NotEqual(await Html(one), await Html(other));
    }

    [Fact]
    public async Task Pause_and_end_take_results_off_the_screen()
    {
        var revealed = In(LiveSample.Lobby(20).Answered(seed: 1), Phase.Revealed);
        var otherwise = In(LiveSample.Lobby(20).Answered(seed: 2), Phase.Revealed);

        Assert.Equal(await Html(revealed.After(new Command.Pause())), await Html(otherwise.After(new Command.Pause())));
        Assert.Equal(await Html(revealed.After(new Command.End())), await Html(otherwise.After(new Command.End())));
    }

    [Fact]
    public async Task Open_exercise_says_how_many_have_answered()
    {
        var html = await Html(LiveSample.Lobby(20).Answered(seed: 1));

        Assert.Contains(">20</strong> of 20 answered", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lobby_says_how_to_join_and_calls_people_by_their_first_names_only()
    {
        var html = await Html(LiveSample.Lobby(9));

        Assert.Contains("train.example.org", html, StringComparison.Ordinal);
        Assert.Contains("A C D 3 4 7", html, StringComparison.Ordinal);
        Assert.Contains(">9</strong> people are here", html, StringComparison.Ordinal);
        Assert.Contains("Firstname", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Lastname", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Join_address_is_in_reach_while_somebody_can_join(bool onStage)
    {
        var workshop = LiveSample.Lobby(3);
        if (onStage)
            workshop = workshop.After(new Command.GoTo(LiveSample.Exercise));

        Assert.Contains("class=\"qr-code\"", await Html(workshop), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"qr-code\"", await Html(workshop.After(new Command.End())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timer_is_on_screen_while_it_runs()
    {
        var workshop = LiveSample.Lobby(3).After(new Command.GoTo(LiveSample.Exercise), new Command.StartTimer());

        Assert.Contains(">10:00</loyalty-countdown>", await Html(workshop), StringComparison.Ordinal);
        Assert.DoesNotContain("loyalty-countdown", await Html(In(workshop.After(new Command.SetPhase(Phase.Open)), Phase.Revealed)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dark_room_display_shows_nothing_of_the_workshop()
    {
        var revealed = In(LiveSample.Lobby(20).Answered(seed: 1), Phase.Revealed);
        var dark = revealed.After(new Command.BlankRoom(true));

        Assert.Equal(await Html(LiveSample.Lobby(3).After(new Command.BlankRoom(true))), await Html(dark));
        Assert.DoesNotContain(revealed.Info.Title, await Html(dark), StringComparison.Ordinal);
        Assert.Equal(await Html(revealed), await Html(dark.After(new Command.BlankRoom(false))));
    }

    private static LiveWorkshop In(LiveWorkshop workshop, Phase phase) => workshop.After(new Command.SetPhase(phase));
}
