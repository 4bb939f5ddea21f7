using System.Collections.Immutable;

namespace Loyalty.Engine.Plans;

/// <summary>What somebody says about a commitment on a check-in.</summary>
public enum CheckInState
{
    Done,
    InProgress,
    Stuck,
}

/// <summary>How a commitment stands.</summary>
public enum FollowUpState
{
    /// <summary>Nothing is asked for yet, or what was asked for was told.</summary>
    OnTrack,

    /// <summary>A check-in or the promised date is here, and nothing was told yet.</summary>
    Due,

    /// <summary>The same, for longer than <see cref="FollowUp.GraceDays"/>.</summary>
    Overdue,

    /// <summary>The author or the partner said last that it is stuck.</summary>
    Stuck,

    /// <summary>The author said last that it is done, and the partner did not say otherwise.</summary>
    Done,
}

/// <summary>A check-in as far as it has come.</summary>
/// <param name="Author">What the author said, or null.</param>
/// <param name="Partner">What the accountability partner said, or null.</param>
public readonly record struct CheckInStanding(DateOnly DueOn, CheckInState? Author, CheckInState? Partner)
{
    public bool IsTold => Author is not null || Partner is not null;
}

/// <summary>Where a commitment stands between its promise and its last check-in.</summary>
public static class FollowUp
{
    /// <summary>Days that somebody has before a check-in counts as missed.</summary>
    public const int GraceDays = 7;

    /// <summary>The state of a commitment on a day.</summary>
    /// <param name="by">The date that the author promised, or null.</param>
    public static FollowUpState Of(DateOnly? by, IEnumerable<CheckInStanding> checkIns, DateOnly today)
    {
        var inOrder = checkIns.OrderBy(c => c.DueOn).ToImmutableArray();
        var told = inOrder.LastOrDefault(c => c.IsTold);
        if (told.IsTold)
        {
            if (told.Author == CheckInState.Stuck || told.Partner == CheckInState.Stuck)
                return FollowUpState.Stuck;
            if (told.Author == CheckInState.Done)
                return FollowUpState.Done;
        }

        // What was told later answers for the check-ins before it.
        var asked = inOrder.Where(c => c.DueOn <= today && !c.IsTold && (!told.IsTold || c.DueOn > told.DueOn)).Select(c => c.DueOn).ToList();
        if (by is { } promised && promised < today && (!told.IsTold || told.DueOn < promised))
            asked.Add(promised);
        return asked.Count == 0 ? FollowUpState.OnTrack
            : asked.Min().AddDays(GraceDays) < today ? FollowUpState.Overdue
            : FollowUpState.Due;
    }
}
