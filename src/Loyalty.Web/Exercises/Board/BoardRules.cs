using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Board;

/// <summary>Short texts in columns, which others vote for and the facilitator moderates.</summary>
public sealed class BoardRules : ExerciseRules<BoardSettings, BoardInput, BoardState, BoardTally>
{
    public const string PostsMeasure = "board.posts";
    public const string VotesMeasure = "board.votes";

    /// <summary>Posts of a column that a phone is sent: the newest, so that everything gets a chance, and the most liked.</summary>
    public const int NewestOnPhones = 12;
    public const int TopOnPhones = 8;

    public override string Type => "board";

    protected override void Check(BoardSettings settings, SettingsCheck check) => check
        .Items("columns", settings.Columns, 1, BoardSettings.MostColumns)
        .Items("tags", settings.Tags, 0, BoardSettings.MostTags)
        .Items("fields", [.. settings.Fields.Select(f => f is null ? null! : new Item(f.Id, f.Label))], 0, BoardSettings.MostFields)
        .That(settings.Marks is not { Max: < 1 or > BoardSettings.MostMarks }, $"“marks” needs a “max” from 1 to {BoardSettings.MostMarks}.")
        .That(settings.Marks is null || !string.IsNullOrWhiteSpace(settings.Marks.Label), "“marks” needs a label.")
        .That(settings.MaxColumns is >= 1 and <= BoardSettings.MostColumns, $"“maxColumns” must be from 1 to {BoardSettings.MostColumns}.")
        .That(settings.MaxPosts is >= 1 and <= BoardSettings.MostPosts, $"“maxPosts” must be from 1 to {BoardSettings.MostPosts}.")
        .That(settings.MaxLength is >= 20 and <= BoardSettings.LongestPost, $"“maxLength” must be from 20 to {BoardSettings.LongestPost}.");

    protected override BoardState Start(BoardSettings settings) => BoardState.Empty;

    /// <summary>The columns are what another activity has gathered, as far as there is something.</summary>
    protected override BoardSettings Resolve(RulesContext context, BoardSettings settings) =>
        settings.ColumnsFrom is { } from && context.Workshop.ItemsOf(new ActivityId(from)) is { IsEmpty: false } items
            ? settings with { Columns = [.. items.Take(settings.MaxColumns)] }
            : settings;

    /// <summary>The column that somebody is asked to write for, another one after each post, and the group that they write for.</summary>
    public override OwnAnswer Given(RulesContext context, ExerciseState state, ParticipantId participant, AuthorKey? author = null)
    {
        var settings = (BoardSettings)SettingsOf(context);
        var fields = new List<(string, string)>();
        if (settings.Deal)
        {
            var written = author is { } writer ? ((BoardState)state).AuthorOf(writer).Posts.Length : 0;
            var column = settings.Columns[(int)((BitConverter.ToUInt32(participant.Value.ToByteArray(), 12) + (uint)written) % (uint)settings.Columns.Length)];
            fields.Add(("column", column.Id));
            fields.Add(("_dealt", column.Label));
        }

        if (GroupOf(context, settings, AuthorKey.Of(participant)) is { } group)
        {
            fields.Add(("_group", group.ToString(CultureInfo.InvariantCulture)));
            fields.Add(("_seat", "taken"));
        }

        return OwnAnswer.Of(fields);
    }

    private static int? GroupOf(RulesContext context, BoardSettings settings, AuthorKey author) =>
        settings.GroupsFrom is { } from && author.Participant is { } id ? context.Workshop.GroupsOf(new ActivityId(from))?.Seat(context.Workshop.People()).Of(id)?.Number : null;

    /// <summary>The posts: those that were marked, if any were, else all; by column, the most liked first.</summary>
    public override ImmutableArray<Item> Items(RulesContext context, ExerciseState state)
    {
        var lines = Tally(context, (BoardSettings)SettingsOf(context), (BoardState)state).Columns.SelectMany(column => column.Lines).ToList();
        var marked = lines.Where(line => line.Marked).ToList();
        return [.. (marked.Count > 0 ? marked : lines).Select(line => line.Text.Split('\n', 2) is [var first, var rest]
            ? new Item(line.Key.ToString(), first, rest.ReplaceLineEndings(" · "))
            : new Item(line.Key.ToString(), line.Text))];
    }

    /// <summary>What was taken over, as far as its authors released it to be quoted.</summary>
    public override ImmutableArray<Item> Agreed(RulesContext context, ExerciseState state)
    {
        var settings = (BoardSettings)SettingsOf(context);
        return
        [
            .. from column in Tally(context, settings, (BoardState)state).Columns
               from line in column.Lines
               where line.Marked && (!settings.Consent || line.Quotable)
               select new Item(line.Key.ToString(), line.Text),
        ];
    }

    protected override BoardInput? Read(BoardSettings settings, BoardState state, AuthorKey author, FieldReader reader)
    {
        var verb = reader.Fields.First("do");
        if (author.IsFacilitator)
            return ReadModeration(verb, reader);

        switch (verb)
        {
            case "post":
                var column = settings.Columns.Length == 1 ? settings.Columns[0].Id : reader.OneOf("column", settings.Columns.Select(c => c.Id));
                if (column is null && reader.Ok)
                    reader.Refuse("no-column", "column");
                var text = ReadText(settings, reader);
                var tag = settings.Tags.IsEmpty ? null : reader.OneOf("tag", settings.Tags.Select(t => t.Id), required: true);
                return column is null ? null : new BoardInput.Post(column, text, settings.Consent && reader.Ticked("quotable"), settings.AuthorChoice && reader.Ticked("nameless"), tag);
            case "edit":
                return reader.Key("post") is { } edited ? new BoardInput.Edit(edited, reader.Text("text", settings.LongestText, required: true)) : null;
            case "withdraw":
                return reader.Key("post") is { } withdrawn ? new BoardInput.Withdraw(withdrawn) : null;
            case "upvote" when settings.Upvotes:
                return reader.Key("post") is { } voted ? new BoardInput.Upvote(voted) : null;
            default:
                reader.Refuse("not-allowed");
                return null;
        }
    }

    /// <summary>The words, and what stands in further fields as a line each: one text to be read, edited, merged and voted for as a whole.</summary>
    private static string ReadText(BoardSettings settings, FieldReader reader)
    {
        var lines = new List<string> { reader.Text("text", settings.MaxLength, required: true) };
        foreach (var field in settings.Fields)
        {
            var name = $"field-{field.Id}";
            var value = field.Kind == BoardFieldKind.Date
                ? reader.Date(name)?.ToString("d MMMM yyyy", CultureInfo.CurrentCulture) ?? ""
                : reader.Text(name, BoardSettings.LongestField).ReplaceLineEndings(" ");
            if (value.Length > 0)
                lines.Add($"{field.Label.TrimEnd('?', ':')}: {value}");
        }

        return string.Join('\n', lines);
    }

    private static BoardInput? ReadModeration(string? verb, FieldReader reader)
    {
        switch (verb)
        {
            case "spotlight":
                return reader.Key("post") is { } lit ? new BoardInput.Spotlight(lit) : null;
            case "unspotlight":
                return new BoardInput.Unspotlight();
            case "hide":
                return reader.Key("post") is { } hidden ? new BoardInput.Hide(hidden) : null;
            case "unhide":
                return reader.Key("post") is { } shown ? new BoardInput.Unhide(shown) : null;
            case "merge":
                return reader.Key("post") is { } merged && reader.Key("into") is { } into ? new BoardInput.Merge(merged, into) : null;
            case "mark":
                return reader.Key("post") is { } marked ? new BoardInput.Mark(marked) : null;
            case "unmark":
                return reader.Key("post") is { } unmarked ? new BoardInput.Unmark(unmarked) : null;
            case "separate":
                return reader.Key("post") is { } separated ? new BoardInput.Separate(separated) : null;
            case "approve":
                var keys = reader.Fields.All("post").Select(text => EntryKey.TryParse(text, out var key) ? key : default).Where(key => key != default).ToImmutableArray();
                if (keys.IsEmpty)
                    reader.Refuse("choice", "post");
                return new BoardInput.Approve(keys);
            default:
                reader.Refuse("not-allowed");
                return null;
        }
    }

    protected override BoardState? Apply(BoardSettings settings, BoardState state, EntryKey key, AuthorKey author, BoardInput input, FieldReader reader)
    {
        switch (input)
        {
            case BoardInput.Post post:
                return MayPost(settings, state, key, author, post, reader) ? state.Add(key, author, post, waiting: settings.Approval) : null;
            case BoardInput.Edit edit:
                return Own(state, edit.Target, author, reader) is { } edited ? state.Edit(edited, edit.Text, waiting: settings.Approval) : null;
            case BoardInput.Withdraw withdraw:
                return Own(state, withdraw.Target, author, reader) is { } withdrawn ? state.Remove(withdrawn) : null;
            case BoardInput.Upvote upvote:
                return Listed(state, upvote.Target, reader) is { } voted && MayVote(state, voted, author, reader) ? state.ToggleVote(voted, author) : null;
            case BoardInput.Spotlight spotlight:
                return Listed(state, spotlight.Target, reader) is { } lit ? state.PutInSpotlight(lit) : null;
            case BoardInput.Unspotlight:
                return state with { Spotlight = null };
            case BoardInput.Hide hide:
                return Find(state, hide.Target, reader) is { } hidden ? state.SetHidden(hidden, hidden: true) : null;
            case BoardInput.Unhide unhide:
                return Find(state, unhide.Target, reader) is { } shown ? state.SetHidden(shown, hidden: false) : null;
            case BoardInput.Merge merge:
                return Listed(state, merge.Target, reader) is { } merged && Listed(state, merge.Into, reader) is { } into && MayMerge(state, merged, into, reader)
                    ? state.Merge(merged, into)
                    : null;
            case BoardInput.Mark mark:
                return Listed(state, mark.Target, reader) is { } marked && MayMark(settings, state, reader) ? state.SetMarked(marked, marked: true) : null;
            case BoardInput.Unmark unmark:
                return Find(state, unmark.Target, reader) is { } unmarked ? state.SetMarked(unmarked, marked: false) : null;
            case BoardInput.Separate separate:
                return Find(state, separate.Target, reader) is { } separated ? state.Separate(separated) : null;
            case BoardInput.Approve approve:
                return state.Approve(approve.Targets);
            default:
                throw new InvalidOperationException($"The board has no rule for {input.GetType().Name}.");
        }
    }

    private static bool MayPost(BoardSettings settings, BoardState state, EntryKey key, AuthorKey author, BoardInput.Post post, FieldReader reader)
    {
        var own = state.AuthorOf(author).Posts;
        if (own.Length >= settings.MaxPosts)
            reader.Refuse("max-posts", "text", settings.MaxPosts.ToString(CultureInfo.InvariantCulture));
        // Of posts whose words were erased nobody knows whether they were the same.
        else if (post.Text != ForgottenWords.Mark && own.Any(k => state.Posts[k] is var p && p.Column == post.Column && p.Text == post.Text))
            reader.Refuse("said-already", "text");
        else if (state.Posts.ContainsKey(key))
            reader.Refuse("not-understood");
        return reader.Ok;
    }

    private static bool MayVote(BoardState state, BoardPost post, AuthorKey author, FieldReader reader)
    {
        var head = state.HeadOf(post);
        if ((post.Author == author || head.Author == author) && !state.HasVote(head, author))
            reader.Refuse("own-post");
        return reader.Ok;
    }

    private static bool MayMerge(BoardState state, BoardPost post, BoardPost into, FieldReader reader)
    {
        if (state.HeadOf(post).Key == state.HeadOf(into).Key)
            reader.Refuse("merge-itself");
        return reader.Ok;
    }

    private static bool MayMark(BoardSettings settings, BoardState state, FieldReader reader)
    {
        if (settings.Marks is not { } marks)
            reader.Refuse("not-allowed");
        else if (state.Posts.Values.Count(p => p.Marked) >= marks.Max)
            reader.Refuse("max-marks", null, marks.Max.ToString(CultureInfo.InvariantCulture));
        return reader.Ok;
    }

    private static BoardPost? Find(BoardState state, EntryKey key, FieldReader reader)
    {
        if (state.Posts.TryGetValue(key, out var post))
            return post;
        reader.Refuse("gone");
        return null;
    }

    /// <summary>A post whose head everybody may see. Others are answered like posts that are gone: a refusal must not tell what is hidden.</summary>
    private static BoardPost? Listed(BoardState state, EntryKey key, FieldReader reader)
    {
        if (state.Posts.TryGetValue(key, out var post) && state.HeadOf(post).IsPublic)
            return post;
        reader.Refuse("gone");
        return null;
    }

    private static BoardPost? Own(BoardState state, EntryKey key, AuthorKey author, FieldReader reader)
    {
        if (state.Posts.TryGetValue(key, out var post) && post.Author == author)
            return post;
        reader.Refuse("gone");
        return null;
    }

    protected override BoardTally Tally(RulesContext context, BoardSettings settings, BoardState state)
    {
        var byColumn = state.Posts.Values.Where(p => p.IsListed).ToLookup(p => p.Column, StringComparer.Ordinal);
        var columns = settings.Columns.Select(column =>
        {
            var lines = byColumn[column.Id].OrderByDescending(p => p.Votes).ThenBy(p => p.Key.Value).Select(p => Line(context, settings, state, p)).ToImmutableArray();
            return new BoardColumn(column, lines.Sum(l => 1 + l.AlsoSaid.Length), lines.Sum(l => l.Votes), lines);
        });
        return new BoardTally(
            [.. columns],
            state.Spotlight is { } key && state.Posts[key].IsListed ? Line(context, settings, state, state.Posts[key]) : null,
            state.Posts.Values.Count(p => p is { Waiting: true, Hidden: false }),
            state.Posts.Values.Count(p => p.Hidden));
    }

    private static BoardLine Line(RulesContext context, BoardSettings settings, BoardState state, BoardPost post) => new(
        post.Key, post.Author, post.Column, post.Text, post.Votes, post.Quotable, post.Nameless, post.Marked,
        settings.Tags.FirstOrDefault(tag => tag.Id == post.Tag)?.Label, GroupOf(context, settings, post.Author),
        [.. state.AlsoSaid(post).Where(p => p.IsPublic).Select(p => new BoardSaid(p.Key, p.Author, p.Text, p.Quotable, p.Nameless))]);

    /// <summary>
    /// <c>board.posts</c>: 1 for each post that is on the board, its item the column. <c>board.votes</c>: how many posts of a column
    /// the author voted for. What is waiting, hidden or withdrawn does not count.
    /// </summary>
    protected override IEnumerable<Measure> Measures(RulesContext context, BoardSettings settings, BoardState state)
    {
        foreach (var post in state.Posts.Values.Where(p => p.IsPublic && state.HeadOf(p).IsPublic).OrderBy(p => p.Key.Value))
            yield return new Measure(post.Author, PostsMeasure, "", post.Column, 1);

        foreach (var (author, own) in state.Authors.OrderBy(a => a.Key.Kind).ThenBy(a => a.Key.Id))
        {
            foreach (var column in Marked(state, own).GroupBy(p => p.Column, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
                yield return new Measure(author, VotesMeasure, "", column.Key, column.Count());
        }
    }

    private static IEnumerable<BoardPost> Marked(BoardState state, BoardAuthor author) => author.Votes
        .Where(state.Posts.ContainsKey)
        .Select(key => state.HeadOf(state.Posts[key]))
        .Where(head => head.IsPublic)
        .DistinctBy(head => head.Key);

    protected override OwnAnswer Own(BoardSettings settings, BoardState state, AuthorKey author)
    {
        var own = state.AuthorOf(author);
        return new OwnAnswer(
            OwnAnswer.None.Fields,
            [.. own.Posts.Select(key => state.Posts[key]).Select(p => new PhoneItem(p.Key.ToString(), p.Column, p.Text, settings.Upvotes ? state.HeadOf(p).Votes : null, Status: Status(p)))],
            [.. Marked(state, own).Select(p => p.Key.ToString()).Order(StringComparer.Ordinal)]);
    }

    private static string Status(BoardPost post) => post switch
    {
        { Hidden: true } => "hidden",
        { Waiting: true } => "waiting",
        { MergedInto: not null } => "merged",
        _ => "",
    };

    /// <inheritdoc/>
    public override bool HasAnswered(RulesContext context, ExerciseState state, AuthorKey author) => ((BoardState)state).Authors.ContainsKey(author);

    /// <summary>
    /// Others' posts reach the phones only to be voted for, or once they are revealed, and those of an anonymous board not
    /// before so many have taken part that they cannot be told apart.
    /// </summary>
    protected override ImmutableArray<PhoneItem> PhoneItems(RulesContext context, BoardSettings settings, BoardState state, Func<AuthorKey, string?> nameOf)
    {
        if (!settings.Upvotes && context.Phase != Phase.Revealed)
            return [];
        if (context.Activity.Anonymity == Anonymity.Anonymous && state.Respondents < context.Threshold)
            return [];

        var named = context.Activity.Anonymity == Anonymity.Named;
        var byColumn = state.Posts.Values.Where(p => p.IsListed).ToLookup(p => p.Column, StringComparer.Ordinal);
        return [.. settings.Columns.SelectMany(column => OnPhones(byColumn[column.Id])).Select(p =>
            new PhoneItem(p.Key.ToString(), p.Column, p.Text, settings.Upvotes ? p.Votes : null, named && !p.Nameless ? By(context, settings, p.Author, nameOf) : null, state.Spotlight == p.Key ? "spotlight" : ""))];
    }

    private static string? By(RulesContext context, BoardSettings settings, AuthorKey author, Func<AuthorKey, string?> nameOf) =>
        settings.GroupsFrom is null ? nameOf(author) : GroupOf(context, settings, author)?.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<BoardPost> OnPhones(IEnumerable<BoardPost> column)
    {
        var newest = column.OrderByDescending(p => p.Number).Take(NewestOnPhones);
        var top = column.OrderByDescending(p => p.Votes).ThenByDescending(p => p.Number).Take(TopOnPhones);
        return newest.UnionBy(top, p => p.Key).OrderByDescending(p => p.Number);
    }

    /// <summary>One line a post, one for its votes. What its author did not release to be quoted, or did not sign, leaves without the words, or without the author.</summary>
    protected override IEnumerable<ExportRow> Export(RulesContext context, BoardSettings settings, BoardState state)
    {
        foreach (var post in state.Posts.Values.Where(p => p.IsPublic && state.HeadOf(p).IsPublic).OrderBy(p => p.Column, StringComparer.Ordinal).ThenBy(p => p.Key.Value))
        {
            var author = post.Nameless ? new AuthorKey(AuthorKind.Slot, post.Key.Value) : post.Author;
            var withheld = settings.Consent && !post.Quotable;
            yield return new ExportRow(author, post.Column, withheld ? "post-withheld" : post.MergedInto is null ? "post" : "also-said", withheld ? "" : post.Text, IsWords: true);
            if (settings.Upvotes)
                yield return new ExportRow(author, post.Column, "votes", post.Voters.Count.ToString(CultureInfo.InvariantCulture), IsWords: true);
        }
    }
}
