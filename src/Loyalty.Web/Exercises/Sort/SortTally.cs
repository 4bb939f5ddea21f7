using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Sort;

/// <summary>A line of evidence, with the bucket that it stands for.</summary>
public sealed record SortSaid(AuthorKey Author, Item Bucket, string Text);

/// <summary>Where an item was put.</summary>
/// <param name="Sorted">How many sorted it, shown or not.</param>
/// <param name="Counts">How many put it into each bucket, in the order of the buckets; nobody if too few sorted it to show.</param>
/// <param name="Leaders">The buckets with the most; several if they are level, none without counts.</param>
/// <param name="Weight">How often the item was named in the activity that it comes from; 0 if that does not say.</param>
public sealed record SortLine(Item Item, int Sorted, ImmutableArray<int> Counts, ImmutableArray<Item> Leaders, ImmutableArray<SortSaid> Said, int Weight)
{
    public int Count => Counts.Sum();

    public bool IsTooFew => Sorted > Count;

    public int Most => Counts.Max();

    /// <summary>The share of those who agree with the most, from 0 to 1; 0 if nobody sorted the item.</summary>
    public double Clarity => Count == 0 ? 0 : (double)Most / Count;

    /// <summary>How many chose one of the first two buckets.</summary>
    public int Judged => Counts[0] + Counts[1];

    /// <summary>The share of the first bucket in the first two, from 0 to 1; null if nobody chose either.</summary>
    public double? Share => Judged == 0 ? null : (double)Counts[0] / Judged;
}

/// <param name="Lines">In the order of the items.</param>
/// <param name="Confirmed">In the order in which they were confirmed.</param>
public sealed record SortTally(int Respondents, ImmutableArray<SortLine> Lines, ImmutableArray<Item> Confirmed)
{
    /// <summary>What was sorted, the clearest first; equally clear ones by how many sorted them, then in their own order.</summary>
    public IEnumerable<SortLine> ByClarity => Lines.Where(l => l.Count > 0).OrderByDescending(l => l.Clarity).ThenByDescending(l => l.Count);

    /// <summary>What most people put into this bucket, the clearest first.</summary>
    public ImmutableArray<SortLine> In(Item bucket) => [.. ByClarity.Where(l => l.Leaders is [var only] && only == bucket)];

    /// <summary>What two or more buckets got equally often.</summary>
    public ImmutableArray<SortLine> Level => [.. ByClarity.Where(l => l.Leaders.Length > 1)];

    public int Unsorted => Lines.Count(l => l.Sorted == 0);

    public int TooFew => Lines.Count(l => l.IsTooFew);

    /// <summary>The items by how often they were named; without that, in their own order.</summary>
    public IEnumerable<SortLine> ByWeight => Lines.OrderByDescending(l => l.Weight);
}
