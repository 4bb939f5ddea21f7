using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;

namespace Loyalty.Web.Exercises.GroupWork;

/// <param name="Groupings">All groups in which people worked, the ones that stand last.</param>
/// <param name="Repeats">People who had met were paired again when the groups were formed.</param>
/// <param name="Part">0 to find one's group, then the rounds from 1.</param>
/// <param name="Changes">How often the facilitator brought the phones something else: groups, seats, the next part.</param>
/// <param name="Given">
/// What everybody captured, by round and capture. An author who took everything back is still here: in an anonymous activity, a slot
/// that was used stays used.
/// </param>
/// <param name="Hidden">Ids of texts and tags that the facilitator keeps off the screens.</param>
public sealed record GroupWorkState(
    ImmutableArray<Grouping> Groupings,
    bool Repeats,
    int Part,
    int Changes,
    ImmutableDictionary<AuthorKey, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Captured>>> Given,
    ImmutableHashSet<string> Hidden) : ExerciseState
{
    public static GroupWorkState Empty { get; } =
        new([], false, 0, 0, ImmutableDictionary<AuthorKey, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Captured>>>.Empty, []);

    /// <inheritdoc/>
    public override int Respondents => Given.Count(given => !given.Value.IsEmpty);

    /// <summary>The groups as they stand; none before they are formed.</summary>
    public Grouping Current => Groupings.IsEmpty ? Grouping.None : Groupings[^1];

    /// <summary>The same without anything that participants gave.</summary>
    public GroupWorkState WithoutAnswers => this with { Given = Empty.Given, Hidden = [] };

    /// <summary>Groups in which nobody has worked yet are replaced: those people have not met.</summary>
    public GroupWorkState Form(Grouping grouping, bool repeats) =>
        this with { Groupings = (Part == 0 && !Groupings.IsEmpty ? Groupings[..^1] : Groupings).Add(grouping), Repeats = repeats, Changes = Changes + 1 };

    public GroupWorkState Arrange(Grouping grouping) =>
        this with { Groupings = Groupings.SetItem(Groupings.Length - 1, grouping), Changes = Changes + 1 };

    public GroupWorkState Go(int part) => this with { Part = part, Changes = Changes + 1 };

    public GroupWorkState Take(AuthorKey author, GroupWorkInput.Answer answer)
    {
        var rounds = Given.GetValueOrDefault(author, ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, Captured>>(StringComparer.Ordinal));
        foreach (var (round, captured) in answer.Rounds)
            rounds = captured.IsEmpty ? rounds.Remove(round) : rounds.SetItem(round, captured);
        return this with { Given = Given.SetItem(author, rounds) };
    }

    /// <summary>What an author gave to a capture in a round, or null.</summary>
    public Captured? Of(AuthorKey author, string round, string capture) =>
        Given.GetValueOrDefault(author)?.GetValueOrDefault(round)?.GetValueOrDefault(capture);

    /// <summary>The number that an author gave to an item of a capture in a round, or null.</summary>
    public int? ScoreOf(AuthorKey author, string round, string capture, string item) =>
        Of(author, round, capture)?.Scores is { } scores && scores.TryGetValue(item, out var score) ? score : null;
}
