using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Loyalty.Web.Exercises.Board;

public sealed partial class BoardConsole
{
    /// <summary>Posts of a column that are on the page at first, and how many more each press brings: a page of 2,000 posts is of no use to anybody.</summary>
    private const int FirstPosts = 30;
    private const int MorePosts = 60;

    private enum Filter
    {
        All,
        Waiting,
        Hidden,
    }

    private readonly Dictionary<string, int> limits = new(StringComparer.Ordinal);
    private ImmutableArray<(Item Column, ImmutableArray<BoardPost> Posts)> columns = [];
    private ImmutableArray<EntryKey> waitingOnScreen = [];
    private BoardPost? merging;
    private Filter filter = Filter.All;
    private string query = "";
    private string said = "";
    private bool focusStatus;
    private ElementReference status;

    private IEnumerable<Filter> Filters => Settings.Approval || Tally.Waiting > 0 ? [Filter.All, Filter.Waiting, Filter.Hidden] : [Filter.All, Filter.Hidden];

    private string Query
    {
        get => query;
        set
        {
            query = value;
            Arrange();
        }
    }

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        // The post may have been withdrawn or merged by somebody else meanwhile.
        merging = merging is not null && State.Posts.TryGetValue(merging.Key, out var post) && post.IsListed ? post : null;
        Arrange();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The button that was pressed is gone with the post that moved; without this the focus would be lost.
        if (focusStatus)
        {
            focusStatus = false;
            await status.FocusAsync();
        }
    }

    private void Arrange()
    {
        var wanted = Fields.Clean(query);
        var byColumn = State.Posts.Values
            .Where(post => post.MergedInto is null && IsIn(filter, post) && Matches(post, wanted))
            .ToLookup(post => post.Column, StringComparer.Ordinal);
        columns = [.. Settings.Columns.Select(column => (column, byColumn[column.Id]
            .OrderByDescending(post => post.Waiting && !post.Hidden)
            .ThenBy(post => post.Hidden)
            .ThenByDescending(post => post.Marked)
            .ThenByDescending(post => post.Votes)
            .ThenByDescending(post => post.Number)
            .ToImmutableArray()))];
        waitingOnScreen = [.. columns.SelectMany(c => c.Posts.Take(limits.GetValueOrDefault(c.Column.Id, FirstPosts))).Where(post => post is { Waiting: true, Hidden: false }).Select(post => post.Key)];
    }

    private static bool IsIn(Filter filter, BoardPost post) => filter switch
    {
        Filter.All => true,
        Filter.Waiting => post is { Waiting: true, Hidden: false },
        Filter.Hidden => post.Hidden,
    };

    private int CountOf(Filter choice) => State.Posts.Values.Count(post => post.MergedInto is null && IsIn(choice, post));

    private bool Matches(BoardPost post, string wanted) => wanted.Length == 0
        || post.Text.Contains(wanted, StringComparison.CurrentCultureIgnoreCase)
        || State.AlsoSaid(post).Any(other => other.Text.Contains(wanted, StringComparison.CurrentCultureIgnoreCase))
        || NameOf(post)?.Contains(wanted, StringComparison.CurrentCultureIgnoreCase) == true;

    private string? NameOf(BoardPost post) => post.Nameless ? null : Show.NameOf(post.Author);

    private void Choose(Filter choice)
    {
        filter = choice;
        Arrange();
    }

    private void ShowMore(string column)
    {
        limits[column] = limits.GetValueOrDefault(column, FirstPosts) + MorePosts;
        Arrange();
    }

    private Task ApproveAll() => SendAsync("approve", [.. waitingOnScreen.Select(key => ("post", key.ToString()))]);

    private Task Unspotlight() => SendAsync("unspotlight", []);

    /// <summary>Begins a merge with this post, or ends it with this post as the one that stays.</summary>
    private async Task PickMerge(BoardPost post)
    {
        if (merging is not { } source)
        {
            merging = post;
            said = "";
            return;
        }

        merging = null;
        if (source.Key != post.Key)
        {
            focusStatus = true;
            await SendAsync("merge", [("post", source.Key.ToString()), ("into", post.Key.ToString())]);
        }
    }

    private void CancelMerge()
    {
        merging = null;
        focusStatus = true;
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape" && merging is not null)
            CancelMerge();
    }

    private Task DoAsync((string Verb, EntryKey Post) action)
    {
        focusStatus = action.Verb is "separate" or "hide" or "unhide";
        return SendAsync(action.Verb, [("post", action.Post.ToString())]);
    }

    private async Task SendAsync(string verb, ImmutableArray<(string Name, string Value)> fields)
    {
        var outcome = await Show.Moderate(Fields.Of([("do", verb), .. fields]));
        said = outcome switch
        {
            Outcome.Refused refused => Sentences.Of(refused.Reasons, Activity.Type),
            Outcome.Unavailable unavailable => Sentences.Of(unavailable.Code),
            _ => Text[$"Console.Done.{verb}"],
        };
    }
}
