using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Board;

namespace Loyalty.Tests.Exercises.Board;

/// <summary>A board that inputs are sent to, as the live workshop would.</summary>
internal sealed class BoardRun(string settings = BoardRun.Plain, Anonymity anonymity = Anonymity.Named)
{
    public const string Plain = """{"columns":[{"id":"promoter","label":"Promoter"},{"id":"customer","label":"Customer"}]}""";
    public const string Approving = """{"columns":[{"id":"promoter","label":"Promoter"}],"approval":true}""";

    private readonly List<(EntryKey Key, AuthorKey Author, string Json)> accepted = [];

    public static AuthorKey Ann { get; } = Person(1);
    public static AuthorKey Ben { get; } = Person(2);
    public static AuthorKey Cat { get; } = Person(3);

    public BoardRules Rules { get; } = new();

    public Activity Activity { get; } = new(
        new ActivityId("board"), "board", "Board", "", 5, anonymity, "What happened?", "", "", JsonSerializer.Deserialize<JsonElement>(settings), SpeakerNotes.None);

    public RulesContext Context => RulesContext.For(Activity, Phase);

    public Phase Phase { get; set; } = Phase.Open;

    public BoardState State { get; private set; } = BoardState.Empty;

    public IReadOnlyList<(EntryKey Key, AuthorKey Author, string Json)> Accepted => accepted;

    public BoardTally Tally => (BoardTally)Rules.Tally(Context, State);

    public string Totals => JsonSerializer.Serialize(Tally, ExerciseJson.Options);

    public static AuthorKey Person(int number) => AuthorKey.Of(new ParticipantId(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])));

    public EntryKey Post(AuthorKey author, string text, string column = "promoter")
    {
        var key = EntryKey.New();
        Assert.Equal("", Send(author, key, ("do", "post"), ("column", column), ("text", text)));
        return key;
    }

    public void Do(string verb, EntryKey post, AuthorKey? author = null) =>
        Assert.Equal("", Send(author ?? AuthorKey.Facilitator, EntryKey.New(), ("do", verb), ("post", post.ToString())));

    public void Merge(EntryKey post, EntryKey into) =>
        Assert.Equal("", Send(AuthorKey.Facilitator, EntryKey.New(), ("do", "merge"), ("post", post.ToString()), ("into", into.ToString())));

    /// <summary>Empty if it was taken, else the codes of the refusals.</summary>
    public string Send(AuthorKey author, params (string Name, string Value)[] fields) => Send(author, EntryKey.New(), fields);

    public string Send(AuthorKey author, EntryKey key, params (string Name, string Value)[] fields)
    {
        switch (Rules.Accept(Context, State, key, author, Fields.Of(fields)))
        {
            case Verdict.Accepted taken:
                State = (BoardState)taken.Next;
                accepted.Add((key, author, taken.Json));
                return "";
            case Verdict.Refused refused:
                return string.Join(' ', refused.Reasons.Select(r => r.Code));
            default:
                throw new InvalidOperationException();
        }
    }

    public BoardState Replay(IEnumerable<(EntryKey Key, AuthorKey Author, string Json)> entries) =>
        (BoardState)entries.Aggregate(Rules.Start(Activity), (state, e) => Rules.Replay(Context, state, e.Key, e.Author, e.Json, Rules.SchemaVersion));

    public int VotesOf(EntryKey post) => State.Posts[post].Votes;

    public OwnAnswer Own(AuthorKey author) => Rules.Own(Context, State, author);
}
