using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;
using Loyalty.Web.Exercises.GroupWork;

namespace Loyalty.Tests.Exercises.GroupWork;

/// <summary>A group work with people in it, one input after the other.</summary>
internal sealed class GroupWorkRun(string settings, int people = 9, Anonymity anonymity = Anonymity.Named)
{
    public static readonly string RolePlay = new GroupWorkType().Sample.Settings;

    public const string Pairs =
        """
        { "groups": { "mode": "pairs" }, "rotate": true,
          "rounds": [{ "id": "one", "label": "First", "minutes": 4 }, { "id": "two", "label": "Second", "minutes": 3 }],
          "roles": [{ "id": "teller", "label": "Teller", "count": 1 }, { "id": "listener", "label": "Listener", "count": "rest" }],
          "captures": [{ "id": "factors", "role": "listener", "kind": "tags", "label": "What made it?", "max": 3, "suggestions": ["listened", "took the time"] }] }
        """;

    public const string Stories =
        """
        { "groups": { "min": 3, "max": 5 }, "groupsFrom": "earlier",
          "rounds": [{ "id": "one", "label": "Stories", "minutes": 10 }],
          "roles": [{ "id": "scribe", "label": "Scribe", "hint": "You write." }, { "id": "member", "label": "Storyteller", "hint": "You tell.", "count": "rest" }],
          "captures": [
            { "id": "story", "role": "scribe", "kind": "text", "label": "Our story", "consent": true },
            { "id": "go-back", "role": "scribe", "kind": "scale", "label": "Would you go back?", "min": 0, "maxValue": 10, "measure": "story.go-back" }] }
        """;

    private int keys;

    public GroupWorkRules Rules { get; } = new();

    public Activity Activity { get; } = new(
        new ActivityId("work"), "group-work", "Work", "Tests", 10, anonymity, "What?", "", "", JsonDocument.Parse(settings).RootElement, SpeakerNotes.None);

    public ImmutableArray<Person> People { get; set; } = Loyalty.Tests.Groups.Cast.Of(people, 3);

    public HashSet<ParticipantId> NotHere { get; } = [];

    public List<Grouping> MetElsewhere { get; } = [];

    public Grouping? Earlier { get; set; }

    public GroupWorkState State { get; private set; } = GroupWorkState.Empty;

    public List<(EntryKey Key, AuthorKey Author, string Json)> Entries { get; } = [];

    public RulesContext Context => RulesContext.For(Activity).Where(w => w with
    {
        People = () => People,
        IsHere = id => !NotHere.Contains(id),
        Met = () => MetElsewhere.Concat(State.Groupings),
        GroupsOf = _ => Earlier,
    });

    public ImmutableArray<Group> Seats => State.Current.Seat(People).Groups;

    public GroupWorkTally Tally => (GroupWorkTally)Rules.Tally(Context, State);

    public Verdict Lead(params (string, string)[] fields) => Give(AuthorKey.Facilitator, fields);

    /// <summary>What the facilitator's big button does.</summary>
    public void Next() => Assert.IsType<Verdict.Accepted>(Give(AuthorKey.Facilitator, Rules.Step(Context, State, forward: true)!));

    public Verdict Give(int person, params (string, string)[] fields) => Give(AuthorKey.Of(People[person].Id), [("do", "answer"), .. fields]);

    public Verdict Give(AuthorKey author, params (string, string)[] fields) => Give(author, Fields.Of(fields));

    public Verdict Give(AuthorKey author, Fields fields)
    {
        var key = new EntryKey(new Guid(++keys, 7, 7, new byte[8]));
        var verdict = Rules.Accept(Context, State, key, author, fields);
        if (verdict is Verdict.Accepted accepted)
        {
            State = (GroupWorkState)accepted.Next;
            Entries.Add((key, author, accepted.Json));
        }

        return verdict;
    }

    /// <summary>What a phone is given of its own.</summary>
    public string? GivenTo(int person, string field) => Rules.Given(Context, State, People[person].Id).Fields.GetValueOrDefault("_" + field, []).FirstOrDefault();
}
