namespace Loyalty.Web.Exercises.Reframe;

/// <summary>Texts of this exercise type.</summary>
public sealed class ReframeText;
