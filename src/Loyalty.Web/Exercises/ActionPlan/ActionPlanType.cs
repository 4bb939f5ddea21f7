using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.ActionPlan;

/// <summary>The personal action plan: what I will do differently.</summary>
public sealed class ActionPlanType : ExerciseType<ActionPlanRules, ActionPlanPhone, ActionPlanConsole, ActionPlanRoom, ActionPlanReport>
{
    public override Type Texts => typeof(ActionPlanText);

    public override ExerciseSample Sample { get; } = new ActionPlanSample();
}
