namespace Loyalty.Web.Exercises.Tally;

/// <summary>Texts of this exercise type.</summary>
public sealed class TallyText;
