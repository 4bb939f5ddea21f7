namespace Loyalty.Web.Exercises.Grades;

/// <summary>Texts of the grades.</summary>
public sealed class GradesText;
