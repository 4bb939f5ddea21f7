using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Live.Simulation;

/// <summary>Somebody who is not there.</summary>
/// <param name="Number">From 0; with the workshop, it says who this is.</param>
/// <param name="Pace">How long this person takes over everything: 1 is usual, 2 is twice as long.</param>
/// <param name="IsSilent">Joins and looks on, and never answers.</param>
/// <param name="ArrivesAfter">When they join, counted from the start.</param>
internal sealed record SimulatedPerson(
    int Number,
    ParticipantId Id,
    string Name,
    string? Department,
    double Pace,
    bool IsSilent,
    TimeSpan ArrivesAfter)
{
    /// <summary>
    /// This person's anonymous slot in an activity. Made from who they are, not stored: after a restart the same person comes
    /// back with the same slot, as a phone would. That it could be guessed does no harm, since nobody real speaks through it.
    /// </summary>
    /// <param name="asked">Whether they were asked to be compared with another workshop: two in three agree, and are the same in all of them.</param>
    public AuthorKey SlotFor(WorkshopId workshop, ActivityId activity, bool asked) =>
        AuthorKey.Slot(asked && Number % 3 > 0
            ? string.Create(CultureInfo.InvariantCulture, $"simulated/compared/{Number}/{activity}")
            : string.Create(CultureInfo.InvariantCulture, $"simulated/{workshop}/{Number}/{activity}"));
}

/// <summary>Makes up the people of a simulated room. The same workshop always gets the same people.</summary>
internal static class SimulatedCast
{
    /// <summary>Until most have joined.</summary>
    public static readonly TimeSpan JoiningTime = TimeSpan.FromSeconds(50);

    private const double ShareSilent = 0.04;
    private const double ShareLate = 0.06;

    /// <param name="departments">Of the workshop; if there are any, all get about the same share of the people.</param>
    public static ImmutableArray<SimulatedPerson> Of(WorkshopId workshop, int count, ImmutableArray<string> departments)
    {
        var random = new Random(SeedOf(workshop));
        var names = SimulatedNames.Take(count, random);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new SimulatedPerson(
                i,
                IdOf(workshop, i),
                names[i],
                departments.IsEmpty ? null : departments[i % departments.Length],
                Rhythm.LogNormal(random, median: 1, sigma: 0.35),
                random.NextDouble() < ShareSilent,
                ArrivalOf(random))),
        ];
    }

    /// <summary>The same for the same workshop, so that a room goes on alike after a restart.</summary>
    public static int SeedOf(WorkshopId workshop) => BitConverter.ToInt32(SHA256.HashData(workshop.Value.ToByteArray()));

    // Made from the workshop and the number: joining again after a restart is recognised, as it is for a phone.
    private static ParticipantId IdOf(WorkshopId workshop, int number)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"simulated/{workshop}/{number}")));
        return new ParticipantId(new Guid(hash.AsSpan(0, 16)));
    }

    // Most come within the first half minute, the rest in ones and twos; a few are late.
    private static TimeSpan ArrivalOf(Random random)
    {
        var share = random.NextDouble();
        var arrival = TimeSpan.FromSeconds(2) + JoiningTime * (share * share);
        return random.NextDouble() < ShareLate ? arrival + TimeSpan.FromSeconds(60 + 120 * random.NextDouble()) : arrival;
    }
}
