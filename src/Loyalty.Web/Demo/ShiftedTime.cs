namespace Loyalty.Web.Demo;

/// <summary>A clock that stands where it is put: a workshop of ninety minutes, some weeks ago, runs on it in a second.</summary>
internal sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
