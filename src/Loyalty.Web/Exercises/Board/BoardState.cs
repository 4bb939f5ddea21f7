using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Board;

/// <summary>A post as it stands.</summary>
/// <param name="Number">Order of arrival. For “newest first” only; what is counted never depends on it.</param>
/// <param name="Voters">Who voted for these words. A merge leaves them here, so that it can be undone.</param>
/// <param name="Votes">How many different people voted for this post or for one merged into it.</param>
/// <param name="MergedInto">The post that this one stands under; null for a post of its own. Never more than one level deep.</param>
/// <param name="AlsoSaid">The posts that stand under this one, by key.</param>
/// <param name="Tag">What the author says that it does, or null.</param>
/// <param name="Marked">Whether the facilitator took it into what the room agreed on.</param>
public sealed record BoardPost(
    EntryKey Key,
    int Number,
    AuthorKey Author,
    string Column,
    string Text,
    bool Quotable,
    bool Nameless,
    bool Waiting,
    bool Hidden,
    ImmutableHashSet<AuthorKey> Voters,
    int Votes,
    EntryKey? MergedInto,
    ImmutableSortedSet<EntryKey> AlsoSaid,
    string? Tag,
    bool Marked)
{
    /// <summary>Whether it stands on the board, by itself or under another.</summary>
    public bool IsPublic => !Waiting && !Hidden;

    /// <summary>Whether it stands on the board by itself.</summary>
    public bool IsListed => IsPublic && MergedInto is null;
}

/// <summary>What one author has on the board.</summary>
/// <param name="Posts">In the order in which they were written; at most as many as the settings allow.</param>
/// <param name="Votes">Posts voted for; may name some that have since been withdrawn.</param>
public sealed record BoardAuthor(ImmutableArray<EntryKey> Posts, ImmutableHashSet<EntryKey> Votes)
{
    public static BoardAuthor New { get; } = new([], []);
}

/// <summary>
/// A board. Every change touches the post, its author and, if merged, the post above it: O(log n) in the size of the board.
/// </summary>
/// <param name="Authors">
/// Everybody who has ever taken part, also if they took everything back: in an anonymous activity, a slot that was used stays used.
/// </param>
public sealed record BoardState(
    ImmutableDictionary<EntryKey, BoardPost> Posts,
    ImmutableDictionary<AuthorKey, BoardAuthor> Authors,
    EntryKey? Spotlight,
    int LastNumber) : ExerciseState
{
    private static readonly ImmutableSortedSet<EntryKey> NoPosts =
        ImmutableSortedSet.Create<EntryKey>(Comparer<EntryKey>.Create((a, b) => a.Value.CompareTo(b.Value)));

    public static BoardState Empty { get; } = new(ImmutableDictionary<EntryKey, BoardPost>.Empty, ImmutableDictionary<AuthorKey, BoardAuthor>.Empty, null, 0);

    /// <inheritdoc/>
    public override int Respondents => Authors.Count;

    public BoardAuthor AuthorOf(AuthorKey author) => Authors.GetValueOrDefault(author, BoardAuthor.New);

    /// <summary>The post that stands on the board for this one: itself, or the one it was merged into.</summary>
    public BoardPost HeadOf(BoardPost post) => post.MergedInto is { } head ? Posts[head] : post;

    /// <summary>The posts merged into this one.</summary>
    public IEnumerable<BoardPost> AlsoSaid(BoardPost head) => head.AlsoSaid.Select(key => Posts[key]);

    /// <summary>Whether this author's vote is in the count of this post.</summary>
    public bool HasVote(BoardPost head, AuthorKey author) =>
        head.Voters.Contains(author) || head.AlsoSaid.Any(key => Posts[key].Voters.Contains(author));

    public BoardState Add(EntryKey key, AuthorKey author, BoardInput.Post post, bool waiting)
    {
        var added = new BoardPost(key, LastNumber + 1, author, post.Column, post.Text, post.Quotable, post.Nameless, waiting, Hidden: false, [], Votes: 0, MergedInto: null, NoPosts, post.Tag, Marked: false);
        var by = AuthorOf(author);
        return this with
        {
            Posts = Posts.Add(key, added),
            Authors = Authors.SetItem(author, by with { Posts = by.Posts.Add(key) }),
            LastNumber = added.Number,
        };
    }

    /// <summary>Edited words wait again where posts are approved: otherwise approval could be had for other words.</summary>
    public BoardState Edit(BoardPost post, string text, bool waiting)
    {
        var edited = Put(post with { Text = text, Waiting = waiting });
        return waiting && Spotlight == post.Key ? edited with { Spotlight = null } : edited;
    }

    /// <summary>
    /// Removes a post with the votes that were given to it. If others were merged into it, the one with most votes of its own takes
    /// its place: one person's taking back is not another's.
    /// </summary>
    public BoardState Remove(BoardPost post)
    {
        var state = post.MergedInto is null ? PassOn(post) : Separate(post);
        var by = AuthorOf(post.Author);
        return state with
        {
            Posts = state.Posts.Remove(post.Key),
            Authors = state.Authors.SetItem(post.Author, by with { Posts = by.Posts.Remove(post.Key) }),
        };
    }

    public BoardState ToggleVote(BoardPost post, AuthorKey author)
    {
        var head = HeadOf(post);
        var by = AuthorOf(author);
        if (!HasVote(head, author))
        {
            var votes = by with { Votes = by.Votes.Add(head.Key) };
            return Put(head with { Voters = head.Voters.Add(author), Votes = head.Votes + 1 }) with { Authors = Authors.SetItem(author, votes) };
        }

        // Taken back wherever it was given, so that one tap is enough after a merge.
        var state = Put(head with { Voters = head.Voters.Remove(author), Votes = head.Votes - 1 });
        var left = by.Votes.Remove(head.Key);
        foreach (var merged in AlsoSaid(head).Where(p => p.Voters.Contains(author)))
        {
            state = state.Put(merged with { Voters = merged.Voters.Remove(author) });
            left = left.Remove(merged.Key);
        }

        return state with { Authors = Authors.SetItem(author, by with { Votes = left }) };
    }

    public BoardState PutInSpotlight(BoardPost post) => this with { Spotlight = HeadOf(post).Key };

    public BoardState SetHidden(BoardPost post, bool hidden)
    {
        var state = Put(post with { Hidden = hidden });
        return hidden && Spotlight == post.Key ? state with { Spotlight = null } : state;
    }

    public BoardState SetMarked(BoardPost post, bool marked) => Put(HeadOf(post) with { Marked = marked });

    public BoardState Approve(IEnumerable<EntryKey> keys)
    {
        var posts = Posts.ToBuilder();
        foreach (var key in keys)
        {
            // One that was withdrawn meanwhile is simply not there any more.
            if (posts.TryGetValue(key, out var post) && post.Waiting)
                posts[key] = post with { Waiting = false };
        }

        return this with { Posts = posts.ToImmutable() };
    }

    public BoardState Merge(BoardPost post, BoardPost into)
    {
        var source = HeadOf(post);
        var target = HeadOf(into);
        var moved = source.AlsoSaid.Add(source.Key);
        var posts = Posts.ToBuilder();
        foreach (var key in moved)
            posts[key] = posts[key] with { MergedInto = target.Key, AlsoSaid = NoPosts, Votes = posts[key].Voters.Count, Marked = false };
        posts[target.Key] = target with { AlsoSaid = target.AlsoSaid.Union(moved), Marked = target.Marked || source.Marked };
        var state = (this with { Posts = posts.ToImmutable() }).Recount(target.Key);
        return Spotlight == source.Key ? state with { Spotlight = target.Key } : state;
    }

    /// <summary>Lets a merged post stand by itself again, with its own votes.</summary>
    public BoardState Separate(BoardPost post)
    {
        if (post.MergedInto is not { } headKey)
            return this;
        var head = Posts[headKey];
        return Put(head with { AlsoSaid = head.AlsoSaid.Remove(post.Key) })
            .Put(post with { MergedInto = null, Votes = post.Voters.Count })
            .Recount(headKey);
    }

    private BoardState PassOn(BoardPost head)
    {
        if (head.AlsoSaid.IsEmpty)
            return Spotlight == head.Key ? this with { Spotlight = null } : this;

        var heir = AlsoSaid(head).OrderByDescending(p => p.Voters.Count).ThenBy(p => p.Key.Value).First();
        var rest = head.AlsoSaid.Remove(heir.Key);
        var posts = Posts.ToBuilder();
        foreach (var key in rest)
            posts[key] = posts[key] with { MergedInto = heir.Key };
        posts[heir.Key] = heir with { MergedInto = null, AlsoSaid = rest, Hidden = heir.Hidden || head.Hidden, Marked = head.Marked };
        var state = (this with { Posts = posts.ToImmutable() }).Recount(heir.Key);
        // Nobody has put the heir into the light: it may be about to say something else.
        return Spotlight == head.Key ? state with { Spotlight = null } : state;
    }

    private BoardState Recount(EntryKey headKey)
    {
        var head = Posts[headKey];
        var votes = head.AlsoSaid.IsEmpty ? head.Voters.Count : AlsoSaid(head).Aggregate(head.Voters, (union, post) => union.Union(post.Voters)).Count;
        return Put(head with { Votes = votes });
    }

    private BoardState Put(BoardPost post) => this with { Posts = Posts.SetItem(post.Key, post) };
}
