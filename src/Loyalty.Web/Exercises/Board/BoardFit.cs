using System.Collections.Immutable;
using System.Text;

namespace Loyalty.Web.Exercises.Board;

/// <summary>
/// How the posts of a board fit on the room display. Computed, not measured: the page is rendered on the server. It errs on the
/// small side, and what it misjudges is left out whole by the style sheet, never cut through.
/// </summary>
/// <param name="Scale">Size of the posts in em of the display, at least 1: what is legible from the back row.</param>
/// <param name="Rows">Rows of board columns; two if there are more than four columns.</param>
/// <param name="Lanes">Strips within each board column, so that a board with one column uses the width.</param>
/// <param name="Shown">How many posts of each column fit.</param>
public sealed record BoardFit(double Scale, int Rows, int Lanes, ImmutableArray<int> Shown)
{
    /// <summary>The room that a board has on the display, in em; 1 em is 28 px at 1080p.</summary>
    public const double Width = 65;
    public const double Height = 31;

    /// <summary>Lines of a post before it is shortened on the display; the spotlight shows all of it.</summary>
    public const int MostLines = 7;

    private const double ColumnGap = 1.8;
    private const double HeaderHeight = 2.8;
    private const double MoreHeight = 1.6;
    private const double LineHeight = 1.26;
    private const double PostPadding = 0.76;
    private const double VotesWidth = 2.9;
    private const double CharacterWidth = 0.425;

    // The prompt stands above in 1.35 times the size, 40 of its own em wide at most.
    private const double PromptLine = 1.62;
    private const double PromptWidth = 39;
    private const double PromptGap = 1;

    private static readonly double[] Scales = [1.9, 1.7, 1.5, 1.35, 1.2, 1.1, 1];

    /// <param name="prompt">The question that stands above the board.</param>
    /// <param name="columns">For each column, the words of the posts in the order in which they are shown.</param>
    /// <param name="votes">Whether the number of votes stands beside each.</param>
    public static BoardFit Of(string prompt, IReadOnlyList<IReadOnlyList<string>> columns, bool votes)
    {
        var rows = columns.Count > 4 ? 2 : 1;
        var perRow = (columns.Count + rows - 1) / rows;
        var columnWidth = (Width - ((perRow - 1) * ColumnGap)) / perRow;
        var board = Height - (Math.Max(1, Math.Ceiling(TextWidth(prompt) / PromptWidth)) * PromptLine) - PromptGap;
        var height = ((board - ((rows - 1) * ColumnGap)) / rows) - HeaderHeight;
        var mostLanes = perRow switch { 1 => 3, 2 => 2, _ => 1 };

        foreach (var scale in Scales)
        {
            for (var lanes = 1; lanes <= mostLanes; lanes++)
            {
                var shown = columns.Select(posts => Fill(posts, scale, lanes, columnWidth, height, votes)).ToImmutableArray();
                if (shown.Zip(columns, (count, posts) => count == posts.Count).All(all => all))
                    return new BoardFit(scale, rows, lanes, shown);
            }
        }

        var most = columns.Select(posts => Fill(posts, 1, mostLanes, columnWidth, height, votes) is var all && all == posts.Count
            ? all
            : Fill(posts, 1, mostLanes, columnWidth, height - MoreHeight, votes));
        return new BoardFit(1, rows, mostLanes, [.. most]);
    }

    /// <summary>How many posts, from the first on, fit into lanes that are filled one after the other.</summary>
    private static int Fill(IReadOnlyList<string> posts, double scale, int lanes, double columnWidth, double height, bool votes)
    {
        var laneWidth = ((columnWidth - ((lanes - 1) * ColumnGap)) / lanes / scale) - (votes ? VotesWidth : 0);
        var laneHeight = height / scale;
        var lane = 0;
        var used = 0.0;
        for (var i = 0; i < posts.Count; i++)
        {
            var lines = Math.Clamp(Math.Ceiling(TextWidth(posts[i]) / laneWidth), 1, MostLines);
            var post = (lines * LineHeight) + PostPadding;
            if (used > 0 && used + post > laneHeight)
            {
                lane++;
                used = 0;
            }

            if (lane == lanes || post > laneHeight)
                return i;
            used += post;
        }

        return posts.Count;
    }

    /// <summary>Roughly how wide a text is, in em of its own size: emoji and East Asian characters are square, others half as wide.</summary>
    public static double TextWidth(string text)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes())
            width += rune.Value >= 0x1100 && (rune.Value < 0x2000 || rune.Value > 0x2BFF) ? 1.05 : CharacterWidth;
        // Lines end at words: a part of each is empty.
        return width * 1.06;
    }
}
