namespace Loyalty.Web.Live.Simulation;

/// <summary>How long people take. Times to answer are log-normal: nobody is quicker than reading, and a few take very long.</summary>
internal static class Rhythm
{
    private const double ShareDistracted = 0.05;

    /// <summary>A random number whose logarithm is normal (Box and Muller 1958); half of them are below the median.</summary>
    public static double LogNormal(Random random, double median, double sigma)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return median * Math.Exp(sigma * normal);
    }

    /// <summary>
    /// Until this person acts. Quicker than a real room, where an exercise of eight minutes is used for eight minutes: whoever
    /// rehearses wants to see answers, and most of them within a minute.
    /// </summary>
    /// <param name="minutes">What the activity is planned for: bigger questions take longer.</param>
    public static TimeSpan Think(Random random, double pace, int minutes)
    {
        var seconds = LogNormal(random, Math.Clamp(minutes * 1.5, 5, 18), 0.45) * pace;
        if (random.NextDouble() < ShareDistracted)
            seconds *= 4;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 2, 240));
    }
}
