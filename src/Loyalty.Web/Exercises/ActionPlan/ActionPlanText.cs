namespace Loyalty.Web.Exercises.ActionPlan;

/// <summary>Texts of the action plan.</summary>
public sealed class ActionPlanText;
