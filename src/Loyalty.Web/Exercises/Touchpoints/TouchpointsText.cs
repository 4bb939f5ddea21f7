namespace Loyalty.Web.Exercises.Touchpoints;

/// <summary>Texts of this exercise type.</summary>
public sealed class TouchpointsText;
