using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Board;

/// <summary>Short texts in columns, with votes and moderation.</summary>
public sealed class BoardType : ExerciseType<BoardRules, BoardPhone, BoardConsole, BoardRoom, BoardReport>
{
    public override Type Texts => typeof(BoardText);

    public override ExerciseSample Sample { get; } = new BoardSample();
}
