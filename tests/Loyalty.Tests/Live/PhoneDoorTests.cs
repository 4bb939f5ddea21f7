using System.Diagnostics.Metrics;
using Loyalty.Web.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Live;

public sealed class PhoneDoorTests : IAsyncDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Clock time = new();
    private readonly PhoneDoor door;

    public PhoneDoorTests() => door = new PhoneDoor(time, new LiveMetrics(services.GetRequiredService<IMeterFactory>()), capacity: 2);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    [Fact]
    public async Task Phone_at_a_full_door_is_sent_away_at_once_and_others_are_not()
    {
        var first = Arrive();
        var second = Arrive();

        var third = Arrive();

        await third.Line;
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, third.Context.Response.StatusCode);
        Assert.Equal("1", third.Context.Response.Headers.RetryAfter);
        Assert.False(third.WasLetIn);
        Assert.True(first.WasLetIn && second.WasLetIn);
        Assert.Equal(2, door.OnTheWay);
    }

    [Fact]
    public async Task Phone_that_has_said_hello_stands_in_nobodys_way()
    {
        var first = Arrive();
        Arrive();

        PhoneDoor.IsIn(first.Context);
        PhoneDoor.IsIn(first.Context); // says hello again, as after every return to the page

        Assert.Equal(1, door.OnTheWay);
        Assert.True(Arrive().WasLetIn);
        Assert.False(first.Line.IsCompleted);
        first.HangUp();
        await first.Line;
        Assert.Equal(2, door.OnTheWay);
    }

    [Fact]
    public async Task Phone_that_hangs_up_before_its_hello_leaves_its_place()
    {
        var first = Arrive();

        first.HangUp();
        await first.Line;

        Assert.Equal(0, door.OnTheWay);
    }

    [Fact]
    public void Phone_that_never_says_hello_holds_its_place_for_a_while_only()
    {
        Arrive();

        time.Advance(PhoneDoor.Patience - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, door.OnTheWay);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(0, door.OnTheWay);
    }

    [Fact]
    public void Request_that_opens_no_line_needs_no_place()
    {
        Arrive();
        Arrive();

        Assert.True(Arrive(upgrade: false).WasLetIn);
    }

    private Arrival Arrive(bool upgrade = true)
    {
        var context = new DefaultHttpContext();
        if (upgrade)
            context.Features.Set<IHttpUpgradeFeature>(new Upgrade());
        return new Arrival(door, context);
    }

    private sealed class Arrival
    {
        private readonly TaskCompletionSource hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Arrival(PhoneDoor door, HttpContext context)
        {
            Context = context;
            Line = door.PassAsync(context, _ =>
            {
                WasLetIn = true;
                return hungUp.Task;
            });
        }

        public HttpContext Context { get; }

        public Task Line { get; }

        public bool WasLetIn { get; private set; }

        public void HangUp() => hungUp.SetResult();
    }

    private sealed class Upgrade : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => true;

        public Task<Stream> UpgradeAsync() => throw new NotSupportedException();
    }

    /// <summary>Rings its timers when it is told that their time has come.</summary>
    private sealed class Clock : TimeProvider
    {
        private readonly List<Timer> timers = [];

        public void Advance(TimeSpan by) => timers.ForEach(timer => timer.Pass(by));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(() => callback(state), dueTime);
            timers.Add(timer);
            return timer;
        }

        private sealed class Timer(Action ring, TimeSpan left) : ITimer
        {
            private TimeSpan left = left;
            private bool over;

            public void Pass(TimeSpan time)
            {
                left -= time;
                if (over || left > TimeSpan.Zero)
                    return;
                over = true;
                ring();
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

            public void Dispose() => over = true;

            public ValueTask DisposeAsync()
            {
                over = true;
                return ValueTask.CompletedTask;
            }
        }
    }
}
