namespace Loyalty.Web.Exercises.GroupWork;

/// <summary>Texts of this exercise type.</summary>
public sealed class GroupWorkText;
