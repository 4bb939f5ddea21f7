namespace Loyalty.Web.Exercises.Sort;

/// <summary>Texts of this exercise type.</summary>
public sealed class SortText;
