using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Board;

/// <summary>A post as views show it.</summary>
/// <param name="Author">For the name, where it may be shown; see <paramref name="Nameless"/>.</param>
/// <param name="Marked">Whether it is among what the room agreed on.</param>
/// <param name="Tag">What it does, in the words of the settings, or null.</param>
/// <param name="Group">The number of the group that it speaks for, or null.</param>
public sealed record BoardLine(
    EntryKey Key, AuthorKey Author, string Column, string Text, int Votes, bool Quotable, bool Nameless, bool Marked, string? Tag, int? Group,
    ImmutableArray<BoardSaid> AlsoSaid);

/// <summary>Words that were merged into another post.</summary>
public sealed record BoardSaid(EntryKey Key, AuthorKey Author, string Text, bool Quotable, bool Nameless);

/// <summary>A column with its posts: most votes first, ties by key, which is random and the same on every screen.</summary>
/// <param name="Posts">How many were posted, counting those that were merged.</param>
public sealed record BoardColumn(Item Column, int Posts, int Votes, ImmutableArray<BoardLine> Lines);

/// <param name="Spotlight">The post that the facilitator put on the stage, or null.</param>
/// <param name="Waiting">Posts that nobody but their authors and the facilitator see yet.</param>
public sealed record BoardTally(ImmutableArray<BoardColumn> Columns, BoardLine? Spotlight, int Waiting, int Hidden);
