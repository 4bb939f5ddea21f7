namespace Loyalty.Web.Exercises.Board;

/// <summary>Texts of the board.</summary>
public sealed class BoardText;
