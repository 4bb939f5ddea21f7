using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.GroupWork;

/// <summary>People in small groups or pairs, with roles, in rounds: group stories, role-plays, telling and listening.</summary>
public sealed class GroupWorkType : ExerciseType<GroupWorkRules, GroupWorkPhone, GroupWorkConsole, GroupWorkRoom, GroupWorkReport>
{
    /// <inheritdoc/>
    public override Type Texts => typeof(GroupWorkText);

    /// <inheritdoc/>
    public override ExerciseSample Sample { get; } = new GroupWorkSample();
}
