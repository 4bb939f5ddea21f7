using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Grades;

/// <summary>Letter grades for several items and subjects; shown as the room's report card.</summary>
public sealed class GradesType : ExerciseType<GradesRules, GradesPhone, GradesConsole, GradesRoom, GradesReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(GradesText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new GradesSample();
}
