namespace Loyalty.Web.Exercises.Allocation;

/// <summary>Texts of this exercise type.</summary>
public sealed class AllocationText;
