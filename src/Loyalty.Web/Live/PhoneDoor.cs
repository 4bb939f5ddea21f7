using Microsoft.AspNetCore.Http.Features;

namespace Loyalty.Web.Live;

/// <summary>
/// The door of the phones' hub: so many may be on their way in at the same time, from opening the line to having said hello. Whoever
/// comes when it is full is sent away at once, which costs next to nothing, and comes back by itself a moment later. Without it, a hall
/// that comes back together would be served so slowly that everybody loses patience and begins again; and the answers of those who are
/// in would stand in the same queue.
/// </summary>
public sealed class PhoneDoor(TimeProvider time, LiveMetrics metrics, int capacity = PhoneDoor.Capacity)
{
    /// <summary>What two cores serve in about a quarter of a second.</summary>
    public const int Capacity = 512;

    /// <summary>Who has not said hello by then does not stand in the door any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TimeProvider time = time;
    private int onTheWay;

    /// <summary>Phones that are on their way in now.</summary>
    public int OnTheWay => Volatile.Read(ref onTheWay);

    /// <summary>Lets a line be opened, or sends it away with 503.</summary>
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (!OpensLine(context))
        {
            await next(context);
            return;
        }

        if (Interlocked.Increment(ref onTheWay) > capacity)
        {
            Interlocked.Decrement(ref onTheWay);
            metrics.TurnedBack();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        using var entering = new Entering(this);
        context.Items[typeof(Entering)] = entering;
        await next(context); // for as long as the line is open
    }

    /// <summary>The phone on this line has said hello: it is in.</summary>
    public static void IsIn(HttpContext? context) => (context?.Items[typeof(Entering)] as Entering)?.Dispose();

    // Other ways than a web socket come in many short requests, each of which waits for its own turn anyway.
    private static bool OpensLine(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <summary>A place in the door. It is given back once: on hello, when the line is closed, or when patience is over.</summary>
    private sealed class Entering : IDisposable
    {
        private readonly ITimer limit;
        private PhoneDoor? door;

        public Entering(PhoneDoor door)
        {
            this.door = door;
            limit = door.time.CreateTimer(static self => ((Entering)self!).Leave(), this, Patience, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            Leave();
            limit.Dispose();
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref door, null) is { } left)
                Interlocked.Decrement(ref left.onTheWay);
        }
    }
}
