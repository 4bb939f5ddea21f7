using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Board;

/// <summary>A room at a board: people post once or twice, then read and vote, and what has votes draws more.</summary>
public sealed class BoardSample : ExerciseSample
{
    private const int MostVotes = 6;

    private static readonly BoardRules Rules = new();

    public override string Settings => """
        {
          "columns": [
            { "id": "promoter", "label": "Promoter", "hint": "Emotionally satisfied: glad to have chosen us, and says so." },
            { "id": "customer", "label": "Customer", "hint": "Rationally satisfied: it worked, the price was fair, and that is all." },
            { "id": "detractor", "label": "Detractor", "hint": "Emotionally dissatisfied: feels let down, and tells others." }
          ],
          "upvotes": true,
          "approval": false,
          "maxPosts": 5
        }
        """;

    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var settings = (BoardSettings)Rules.SettingsOf(context);
        var board = (BoardState)state;
        var own = board.AuthorOf(author);

        // Two posts are plenty for most; a few people have more to say.
        var wanted = Math.Min(settings.MaxPosts, random.Next(10) < 7 ? 2 : 3);
        if (own.Posts.Length < wanted && (own.Posts.IsEmpty || random.Next(3) > 0) && Post(random, settings, board) is { } post)
            return post;
        return settings.Upvotes && own.Votes.Count < MostVotes && random.Next(8) > 0 ? Vote(random, board, author) : null;
    }

    private static Fields? Post(Random random, BoardSettings settings, BoardState board)
    {
        var column = settings.Columns[random.Next(settings.Columns.Length)];
        var said = board.Posts.Values.Select(post => post.Text).ToHashSet(StringComparer.Ordinal);
        var texts = settings switch
        {
            { Tags.IsEmpty: false } => BoardSamplePosts.Questions,
            { ColumnsFrom: not null } => BoardSamplePosts.Responses,
            { Fields.IsEmpty: false } => BoardSamplePosts.Steps,
            _ => BoardSamplePosts.For(column.Id, asksForEffects: settings.Upvotes),
        };
        var left = texts.Where(text => text.Length <= settings.MaxLength && !said.Contains(text)).ToList();
        return left.Count == 0
            ? null
            : Fields.Of([
                ("do", "post"),
                ("column", column.Id),
                ("text", left[random.Next(left.Count)]),
                ("quotable", random.Next(3) > 0 ? "on" : ""),
                ("nameless", random.Next(4) == 0 ? "on" : ""),
                .. settings.Tags.IsEmpty ? [] : new[] { ("tag", settings.Tags[random.Next(settings.Tags.Length)].Id) },
                .. settings.Fields.Where(field => field.Kind == BoardFieldKind.Text).Select((field, place) => ($"field-{field.Id}", OneOf(random, place == 0 ? BoardSamplePosts.ForWhom : BoardSamplePosts.FirstSteps))),
            ]);
    }

    private static string OneOf(Random random, ImmutableArray<string> texts) => texts[random.Next(texts.Length)];

    private static Fields? Vote(Random random, BoardState board, AuthorKey author)
    {
        // The order must not depend on the dictionary, or the same seed would not give the same room.
        var others = board.Posts.Values
            .Where(post => post.IsListed && post.Author != author && !board.HasVote(post, author))
            .OrderBy(post => post.Number)
            .ToList();
        if (others.Count == 0)
            return null;

        var weight = random.Next(others.Sum(post => post.Votes + 1));
        return Fields.Of(("do", "upvote"), ("post", others.First(post => (weight -= post.Votes + 1) < 0).Key.ToString()));
    }
}
