using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Web.Exercises.Sort;

/// <summary>How it is drawn what was sorted.</summary>
public enum SortPicture
{
    /// <summary>The buckets, with what most people put into each.</summary>
    Buckets,

    /// <summary>The share of the first bucket in the first two, item by item; other buckets, such as "not seen", are left out of it.</summary>
    Share,
}

/// <summary>A line of text that may stand beside each item: what was seen or heard.</summary>
public sealed record SortEvidence(string Label, string Hint = "");

/// <summary>Items that the facilitator marks with the room, for the report and for what comes next.</summary>
/// <param name="Label">What they are called together, such as <c>Our factors of loyalty</c>.</param>
public sealed record SortConfirm(string Label, int Max = 5);

/// <param name="ItemsFrom">The activity whose items are sorted; without any, <paramref name="Items"/> are.</param>
/// <param name="PerPhone">How many items each phone is dealt, all items equally often; 0 for all of them.</param>
/// <param name="Cloud">Whether the room sees all items, the most frequent largest, until there are results.</param>
/// <param name="Measure">The name of the measures.</param>
public sealed record SortSettings(
    ImmutableArray<Item> Buckets,
    ImmutableArray<Item> Items = default,
    string? ItemsFrom = null,
    int MaxItems = 24,
    int PerPhone = 0,
    SortPicture Picture = SortPicture.Buckets,
    SortEvidence? Evidence = null,
    bool Cloud = false,
    SortConfirm? Confirm = null,
    string Measure = "sort.placed")
{
    /// <summary>With a line of evidence each, more would not fit into one form; see <see cref="Engine.Exercises.Fields.MaxCount"/>.</summary>
    public const int MostItems = 40;

    /// <summary>More columns are too narrow on the room display.</summary>
    public const int MostBuckets = 5;

    /// <summary>Whether a phone shows fewer items than there are.</summary>
    [JsonIgnore]
    public bool IsDealt => PerPhone > 0 && PerPhone < Items.Length;
}
