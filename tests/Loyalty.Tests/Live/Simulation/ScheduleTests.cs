using System.Globalization;

namespace Loyalty.Tests.Live.Simulation;

/// <summary>
/// Thousands of schedules, each from a seed of its own. A failing one is printed with its seed; to see it again:
/// <c>LOYALTY_SCHEDULE_SEED=12345</c> runs that one and no other, <c>LOYALTY_SCHEDULES=100000</c> runs more of them.
/// </summary>
public sealed class ScheduleTests(ITestOutputHelper output)
{
    private const int Schedules = 2_000;

    [Fact]
    public void Acknowledged_is_stored_once_whatever_goes_wrong()
    {
        var (first, count) = Asked();
        var (acknowledged, restarts) = (0, 0);
        Parallel.For(0, count, i =>
        {
            var seed = unchecked(first + i);
            using var schedule = new Schedule(seed);
            try
            {
                schedule.Run();
            }
            catch (Exception e)
            {
                throw new InvariantException($"Schedule {seed} failed. To see it again: LOYALTY_SCHEDULE_SEED={seed}. {e.Message}\n{e}");
            }

            Interlocked.Add(ref acknowledged, schedule.Acknowledged);
            Interlocked.Add(ref restarts, schedule.Restarts);
        });

        output.WriteLine($"{count} schedules from seed {first}: {acknowledged} answers acknowledged, {restarts} restarts.");
        // If nothing was taken, nothing was tried.
        Assert.True(acknowledged >= 5 * count);
    }

    private static (int First, int Count) Asked()
    {
        if (Number("LOYALTY_SCHEDULE_SEED") is { } seed)
            return (seed, 1);
        // Other seeds on every day, so that the days add up; the same all day, so that a failure can be looked at.
        return (DateTime.UtcNow.DayOfYear * 1_000_000, Number("LOYALTY_SCHEDULES") ?? Schedules);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
