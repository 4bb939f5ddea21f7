using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Break;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Exercises.Break;

public sealed class BreakTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly SampleRoom room = new(new BreakType());

    [Fact]
    public void Nobody_can_give_anything()
    {
        Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), Fields.Of(("do", "answer"))));
        Assert.IsType<Verdict.Refused>(room.Give(AuthorKey.Facilitator, Fields.Of(("do", "next"))));
    }

    [Fact]
    public async Task Room_counts_down_from_what_is_left()
    {
        await using var renderer = new ViewRenderer(new FixedTime(Now));

        var html = await renderer.Html(room.Show(ViewPlace.Room, countdown: new Countdown(Now.AddSeconds(90), TimeSpan.FromMinutes(5))));

        Assert.Contains("left=\"90000\"", html, StringComparison.Ordinal);
        Assert.Contains(" running", html, StringComparison.Ordinal);
        Assert.Contains("1:30", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_shows_a_stopped_countdown_standing_still()
    {
        await using var renderer = new ViewRenderer(new FixedTime(Now));

        var html = await renderer.Html(room.Show(ViewPlace.Room, countdown: new Countdown(null, TimeSpan.FromMinutes(4))));

        Assert.Contains("4:00", html, StringComparison.Ordinal);
        Assert.DoesNotContain("running", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_without_a_countdown_shows_the_planned_minutes()
    {
        await using var renderer = new ViewRenderer(new FixedTime(Now));

        Assert.Contains("10 minutes", await renderer.Html(room.Show(ViewPlace.Room)), StringComparison.Ordinal);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
