namespace Loyalty.Web.Exercises.Teach;

/// <summary>Texts of this exercise type.</summary>
public sealed class TeachText;
