using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.GroupWork;

/// <param name="Captures">In the order of the settings.</param>
public sealed record GroupWorkTally(int Respondents, ImmutableArray<CaptureTally> Captures)
{
    public IEnumerable<CaptureTally> Of(CaptureKind kind) => Captures.Where(c => c.Capture.Kind == kind);
}

/// <summary>What the room gave to one capture; one of the three is filled, as its kind is.</summary>
public sealed record CaptureTally(Capture Capture, ImmutableArray<WorkLine> Lines, ImmutableArray<WorkTag> Tags, ImmutableArray<WorkScore> Scores);

/// <summary>Words that somebody gave.</summary>
/// <param name="Group">The number of the author's group; null where it cannot be known.</param>
/// <param name="Score">What the same author gave on the scale beside it, or null.</param>
public sealed record WorkLine(string Id, AuthorKey Author, WorkRound Round, int? Group, string Text, bool Quotable, int? Score, bool Hidden);

/// <param name="Count">How often it was noted; once for each author and round.</param>
public sealed record WorkTag(string Id, string Text, int Count, bool Hidden);

public sealed record WorkScore(Item Item, ImmutableArray<WorkMean> Rounds)
{
    /// <summary>The last round's average minus the first one's; null if one of them has none, or there is only one.</summary>
    public double? Change => Rounds.Length > 1 ? Rounds[^1].Mean - Rounds[0].Mean : null;
}

/// <param name="Mean">The average, unrounded; null if nobody gave a number, or, in an anonymous activity, fewer than may be shown.</param>
public sealed record WorkMean(WorkRound Round, int Count, double? Mean);

/// <summary>Ids of what people wrote: stable while they edit it, and silent about who they are.</summary>
internal static class WorkIds
{
    public const int Longest = 24;

    public static string OfText(AuthorKey author, string round, string capture) => "text-" + Hash($"{author}/{round}/{capture}");

    public static string OfTag(string capture, string tag) => "tag-" + Hash($"{capture}/{Tag.Key(tag)}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
