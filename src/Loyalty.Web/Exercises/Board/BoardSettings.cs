using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Web.Exercises.Board;

/// <param name="Columns">Where a post can go; one for a plain list.</param>
/// <param name="ColumnsFrom">
/// Another activity whose results are the columns instead, such as grievances that are to be answered; <paramref name="Columns"/> stand
/// in while it has none.
/// </param>
/// <param name="MaxColumns">How many of those at most.</param>
/// <param name="Deal">Whether each phone is asked to write for one of the columns, in turn, rather than to choose.</param>
/// <param name="Tags">What a post can do, such as inquire or validate; its author says which. Empty if nothing is asked.</param>
/// <param name="Fields">Further lines that belong to a post, such as by when.</param>
/// <param name="GroupsFrom">Another activity that formed groups: a post is signed with the group of its author.</param>
/// <param name="Upvotes">Whether participants see and vote for each other's posts while the board is open.</param>
/// <param name="Approval">Whether a post waits until the facilitator lets it through.</param>
/// <param name="MaxPosts">Posts that one author may have on the board.</param>
/// <param name="MaxLength">Characters of a post, without its further lines.</param>
/// <param name="Consent">Whether the author is asked if the post may be quoted outside this workshop.</param>
/// <param name="AuthorChoice">Whether the author may post without a name on a board that otherwise shows names.</param>
/// <param name="Marks">What the facilitator can take posts into, such as “our standards”; null if nothing.</param>
public sealed record BoardSettings(
    ImmutableArray<Item> Columns,
    string? ColumnsFrom = null,
    int MaxColumns = 12,
    bool Deal = false,
    ImmutableArray<Item> Tags = default,
    ImmutableArray<BoardField> Fields = default,
    string? GroupsFrom = null,
    bool Upvotes = true,
    bool Approval = false,
    int MaxPosts = 5,
    int MaxLength = 280,
    bool Consent = false,
    bool AuthorChoice = false,
    BoardMarks? Marks = null)
{
    public const int MostColumns = 30;
    public const int MostTags = 6;
    public const int MostFields = 4;
    public const int MostMarks = 20;
    public const int MostPosts = 20;
    public const int LongestPost = 500;
    public const int LongestField = 120;

    /// <summary>Columns that stand side by side on the room display. Of more, the best posts are listed with the column that each belongs to.</summary>
    public const int MostSideBySide = 6;

    public ImmutableArray<Item> Tags { get; init; } = Tags.IsDefault ? [] : Tags;

    public ImmutableArray<BoardField> Fields { get; init; } = Fields.IsDefault ? [] : Fields;

    /// <summary>Characters of a post with all its lines.</summary>
    public int LongestText => MaxLength + Fields.Sum(field => field.Label.Length + LongestField + 3);
}

/// <summary>A further line of a post.</summary>
public sealed record BoardField(string Id, string Label, BoardFieldKind Kind = BoardFieldKind.Text);

public enum BoardFieldKind
{
    Text,
    Date,
}

/// <summary>What the facilitator can take posts into.</summary>
/// <param name="Label">What they are then, such as “Our standards”.</param>
public sealed record BoardMarks(string Label, int Max);
