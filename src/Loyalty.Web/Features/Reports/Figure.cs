using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Features.Reports;

/// <summary>Names of measures that the first page of a report and the trends are made of. They are data, as in an agenda's settings.</summary>
internal static class KnownMeasures
{
    public const string Nps = "nps.score";
    public const string Evaluation = "evaluation.recommend";
    public const string Priority = "ladder.priority";
    public const string Grade = "ladder.grade";
    public const string Messages = "tally.count";
    public const string Affirming = "affirming";
    public const string Corrective = "corrective";
    public const string Touchpoints = "touchpoint.balance";
    public const string Commitments = "plan.commitments";
    public const string Progress = "commitment.progress";
    public const string Kept = "kept";

    /// <summary>
    /// Whether a value can be one of this measure. The name is free in an agenda of somebody's own: what is called a grade and is none is
    /// left out, not reckoned with.
    /// </summary>
    public static bool IsOnScale(string measure, double value) => measure switch
    {
        Nps or Evaluation => value is >= NetPromoterScore.Lowest and <= NetPromoterScore.Highest && double.IsInteger(value),
        Grade => value >= 0 && value <= GradeScale.MaxPoints + Places.Tolerance,
        _ => true,
    };
}

/// <summary>
/// What the values of one measure, for one subject and item, amount to: the row of every export. Only what may be shown becomes one.
/// </summary>
/// <param name="Subject">The id of whom or what it is about; may be empty, as may <paramref name="Item"/>.</param>
/// <param name="Department">Null for everybody together.</param>
/// <param name="People">How many people the values come from, n.</param>
/// <param name="Numbers">Of the values, unrounded; their count can be higher than n where one person gives several.</param>
/// <param name="Nps">The three groups, where the values are answers to the recommendation question.</param>
public sealed record Figure(
    string Measure, string Subject, string SubjectLabel, string Item, string ItemLabel, string? Department,
    int People, Descriptives Numbers, double Sum, NetPromoterScore? Nps);

/// <summary>The figures of one activity.</summary>
/// <param name="Step">Its place in the agenda, from 1.</param>
/// <param name="TooFew">Whether it is anonymous and too few took part; then it has no figures, and <paramref name="People"/> is zero.</param>
/// <param name="DepartmentsWithheld">Whether departments with answers are left out because they, or what is left beside them, are too few.</param>
public sealed record ActivityFigures(int Step, Activity Activity, int People, bool TooFew, bool DepartmentsWithheld, ImmutableArray<Figure> Figures)
{
    /// <summary>Those of everybody together.</summary>
    public IEnumerable<Figure> Totals => Figures.Where(f => f.Department is null);
}
