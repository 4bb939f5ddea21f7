namespace Loyalty.Web.Exercises.Scale;

/// <summary>Texts of the scale.</summary>
public sealed class ScaleText;
