namespace Loyalty.Web.Exercises.Break;

/// <summary>Texts of this exercise type.</summary>
public sealed class BreakText;
