namespace Loyalty.Web.Exercises.PairedScale;

/// <summary>Texts of this exercise type.</summary>
public sealed class PairedScaleText;
