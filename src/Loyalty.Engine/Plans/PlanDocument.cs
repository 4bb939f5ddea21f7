using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Engine.Plans;

/// <summary>How far the author says the plan is.</summary>
public enum PlanState
{
    /// <summary>Kept while it is being written.</summary>
    Draft,

    /// <summary>The author said “I am done”; it can still be changed.</summary>
    Final,
}

/// <summary>A personal action plan.</summary>
/// <param name="Commitments">By number; none of them is empty.</param>
public sealed record PlanDocument(PlanState State, ImmutableArray<Commitment> Commitments)
{
    /// <summary>The most commitments in one plan.</summary>
    public const int MaxCommitments = 5;
}

/// <summary>One thing that somebody means to do differently.</summary>
/// <param name="Number">1 to <see cref="PlanDocument.MaxCommitments"/>: its place on the form and its identity within the plan, so that check-ins stay with it when another one is removed.</param>
/// <param name="Opportunity">The id of one of the opportunities to connect, or empty if none was chosen yet.</param>
/// <param name="Rung">The id of a rung of the ladder, or empty.</param>
/// <param name="What">What I will do.</param>
/// <param name="Situation">In which situation.</param>
/// <param name="FirstStep">The first step.</param>
/// <param name="By">By when, or null.</param>
/// <param name="Evidence">How I will know.</param>
/// <param name="Help">Help that I need.</param>
/// <param name="Partner">The accountability partner's name as the author wrote it, or empty; whether it is somebody in the workshop is found out later.</param>
/// <param name="CheckIns">Days after the workshop on which to check in, rising; of those that the form offered.</param>
/// <param name="Expectation">The first part of accountability: what others may expect of the author.</param>
/// <param name="Feedback">The third part, after the check-ins: who says how it goes.</param>
/// <param name="Consequence">The fourth part: what follows if it is kept, and if it is not.</param>
public sealed record Commitment(
    int Number,
    string Opportunity,
    string Rung,
    string What,
    string Situation,
    string FirstStep,
    DateOnly? By,
    string Evidence,
    string Help,
    string Partner,
    ImmutableArray<int> CheckIns,
    string Expectation = "",
    string Feedback = "",
    string Consequence = "")
{
    /// <summary>Days after the workshop on which a commitment can be checked, unless the organisation has others.</summary>
    public static ImmutableArray<int> CheckInDays { get; } = [30, 60, 90];

    /// <summary>The most check-ins of one commitment.</summary>
    public const int MaxCheckIns = 4;

    /// <summary>The latest check-in, in days after the workshop. A private link lives a little longer than this.</summary>
    public const int MaxCheckInDay = 360;

    /// <summary>Longest <see cref="What"/>, in characters.</summary>
    public const int MaxWhat = 400;

    /// <summary>Longest situation, first step, evidence, help and part of accountability, in characters each.</summary>
    public const int MaxDetail = 300;

    /// <summary>Longest name of a partner, in characters.</summary>
    public const int MaxPartner = 60;
}

/// <summary>
/// Implemented by the rules of an exercise whose answers are action plans: how the storage finds the plans
/// in a state without knowing the type.
/// </summary>
public interface IPlanSource
{
    /// <summary>Every author's plan as it stands, in an order that does not depend on when they were given.</summary>
    IEnumerable<(AuthorKey Author, PlanDocument Plan)> Plans(ExerciseState state);

    /// <summary>The words of what a commitment chose; empty where it chose nothing.</summary>
    (string Opportunity, string Rung) NamesOf(Activity activity, Commitment commitment);

    /// <summary>A stored plan that no longer names this partner; null if it never did. An entry of the current schema version.</summary>
    string? WithoutPartner(string json, int schemaVersion, string partner);

    /// <summary>The activity with other days to check in on.</summary>
    Activity WithCheckInDays(Activity activity, ImmutableArray<int> days);
}
