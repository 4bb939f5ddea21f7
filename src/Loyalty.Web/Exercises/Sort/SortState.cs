using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Sort;

/// <summary>What is stored: an answer, or the facilitator's mark.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SortAnswer), "answer")]
[JsonDerivedType(typeof(SortMark), "mark")]
public abstract record SortInput;

/// <param name="Placed">By item id. An item that is missing was left out.</param>
public sealed record SortAnswer(ImmutableSortedDictionary<string, SortPlaced> Placed) : SortInput;

/// <param name="Bucket">Its id.</param>
public sealed record SortPlaced(string Bucket, string? Evidence = null);

/// <summary>The facilitator confirms an item, or takes that back.</summary>
public sealed record SortMark(string Item, bool On) : SortInput;

/// <param name="Confirmed">Ids of items, in the order in which they were confirmed.</param>
public sealed record SortState(ImmutableDictionary<AuthorKey, Given<SortAnswer>> Answers, ImmutableArray<string> Confirmed) : ExerciseState
{
    public static SortState Empty { get; } = new(ImmutableDictionary<AuthorKey, Given<SortAnswer>>.Empty, []);

    /// <inheritdoc/>
    public override int Respondents => Answers.Count;

    /// <summary>In the order of the authors' ids, which says nothing about who came first.</summary>
    public IEnumerable<Given<SortAnswer>> InStableOrder => Answers.Values.OrderBy(g => g.Author.Kind).ThenBy(g => g.Author.Id);
}
