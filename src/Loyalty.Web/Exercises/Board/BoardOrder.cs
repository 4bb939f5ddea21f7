using System.Collections.Immutable;

namespace Loyalty.Web.Exercises.Board;

/// <summary>The order on screens: what the room agreed on, then most votes first, the newest first among equals, so that a new post is seen and the others keep their order.</summary>
internal static class BoardOrder
{
    public static ImmutableArray<BoardLine> ForDisplay(BoardState state, ImmutableArray<BoardLine> lines) =>
        [.. lines.OrderByDescending(line => line.Marked).ThenByDescending(line => line.Votes).ThenByDescending(line => state.Posts[line.Key].Number)];
}
