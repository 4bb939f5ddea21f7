using System.Collections.Immutable;

namespace Loyalty.Engine.Insights;

/// <summary>One step of a running balance.</summary>
/// <param name="Change">What the step adds or takes; null if nothing is known about it, which leaves the balance as it was.</param>
/// <param name="Before">The balance on arriving.</param>
/// <param name="After">The balance on leaving.</param>
public readonly record struct BalanceStep(double? Change, double Before, double After);

/// <summary>
/// The balance along a journey: opening + the sum of the changes so far, in any unit, unrounded. It pictures Covey's metaphor of the
/// emotional bank account (Covey, <i>The 7 Habits of Highly Effective People</i>, 1989), which has no formula of its own: a sum treats a
/// deposit and a withdrawal alike, while people do not, so the lowest single step is to be looked at whatever the sum says.
/// </summary>
public static class RunningBalance
{
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public static ImmutableArray<BalanceStep> Of(double opening, IEnumerable<double?> changes)
    {
        Finite(opening, nameof(opening));
        var steps = ImmutableArray.CreateBuilder<BalanceStep>();
        var balance = opening;
        foreach (var change in changes)
        {
            Finite(change ?? 0, nameof(changes));
            var before = balance;
            balance += change ?? 0;
            steps.Add(new BalanceStep(change, before, balance));
        }

        return steps.ToImmutable();
    }

    private static void Finite(double value, string name)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, "Every value must be a finite number.");
    }
}
