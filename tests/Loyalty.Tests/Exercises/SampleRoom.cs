using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Exercises;

/// <summary>An input that was taken, with what is needed to take it again.</summary>
internal sealed record Taken(EntryKey Key, AuthorKey Author, string Json, int SchemaVersion);

/// <summary>One exercise with people in it. Seeded: the same seed gives the same room.</summary>
internal sealed class SampleRoom
{
    /// <summary>The name of everybody, so that a test can look for it.</summary>
    public const string Name = "Robin Quillfeather";

    private readonly Random random;
    private ImmutableArray<Person> people = [];

    public SampleRoom(ExerciseType type, Anonymity anonymity = Anonymity.Named, int seed = 1, string? settings = null, string prompt = "What is on your mind?")
    {
        random = new Random(seed);
        Type = type;
        Activity = new Activity(
            new ActivityId("sample"), type.Name, "A title", "A module", 10, anonymity, prompt, "Some help.", "And so?",
            JsonDocument.Parse(settings ?? type.Sample.Settings).RootElement, SpeakerNotes.None);
        State = Start = type.Rules.Start(Activity);
    }

    public ExerciseType Type { get; }

    public Activity Activity { get; }

    public ExerciseRules Rules => Type.Rules;

    public RulesContext Context
    {
        get
        {
            var here = people;
            return RulesContext.For(Activity).Where(w => w with { People = () => here });
        }
    }

    public ExerciseState Start { get; }

    public ExerciseState State { get; private set; }

    public ImmutableArray<Taken> Entries { get; private set; } = [];

    /// <summary>Where the fold of all stored entries ends when it is run again from the start.</summary>
    public ExerciseState Replayed => Entries.Aggregate(Start, (state, e) => Rules.Replay(Context, state, e.Key, e.Author, e.Json, e.SchemaVersion));

    /// <summary>Somebody joins the room. Behind a slot there is a person too, whom nothing connects with it.</summary>
    public AuthorKey NewAuthor()
    {
        var author = new AuthorKey(Activity.Anonymity == Anonymity.Anonymous ? AuthorKind.Slot : AuthorKind.Participant, NewGuid());
        people = people.Add(new Person(author.Participant ?? new ParticipantId(new Guid(people.Length + 1, 0, 0, new byte[8])), Name, "Sales"));
        return author;
    }

    public EntryKey NewKey() => new(NewGuid());

    public Verdict Give(AuthorKey author, Fields fields) => Give(author, NewKey(), fields);

    public Verdict Give(AuthorKey author, EntryKey key, Fields fields)
    {
        var verdict = Rules.Accept(Context, State, key, author, fields);
        if (verdict is Verdict.Accepted accepted)
        {
            State = accepted.Next;
            Entries = Entries.Add(new Taken(key, author, accepted.Json, Rules.SchemaVersion));
        }

        return verdict;
    }

    /// <summary>The next sample input, or null.</summary>
    public Fields? Next(AuthorKey author) => Type.Sample.Next(random, Context, State, author);

    /// <summary>Lets people give what the sample says, up to four inputs each, and the facilitator moderate now and then.</summary>
    public SampleRoom Fill(int people)
    {
        for (var person = 0; person < people; person++)
        {
            var author = NewAuthor();
            for (var turn = 0; turn < 4 && Next(author) is { } fields; turn++)
                Assert.IsType<Verdict.Accepted>(Give(author, fields));
            if (person % 7 == 3 && Next(AuthorKey.Facilitator) is { } moderation)
                Give(AuthorKey.Facilitator, moderation);
        }

        return this;
    }

    /// <summary>Lets the facilitator lead as far as the sample does, such as to form groups and begin a round.</summary>
    public SampleRoom Lead()
    {
        for (var turn = 0; turn < 4 && Next(AuthorKey.Facilitator) is { } moderation; turn++)
            Give(AuthorKey.Facilitator, moderation);
        return this;
    }

    /// <summary>
    /// The same people, the same facilitator, who did the same as far as it can be done without anybody's answers; and nobody has given anything.
    /// </summary>
    public SampleRoom WithoutAnswers()
    {
        var room = Copy();
        (room.State, room.Entries) = (Start, []);
        foreach (var entry in Entries.Where(e => e.Author.IsFacilitator))
        {
            try
            {
                room.State = Rules.Replay(Context, room.State, entry.Key, entry.Author, entry.Json, entry.SchemaVersion);
                room.Entries = room.Entries.Add(entry);
            }
            catch (InvalidOperationException)
            {
                // A post that is not there cannot be put into the spotlight.
            }
        }

        return room;
    }

    /// <summary>The room as it is now, to go on with in another way.</summary>
    public SampleRoom Copy() => new(Type, Activity.Anonymity, settings: Activity.Settings.GetRawText(), prompt: Activity.Prompt) { State = State, Entries = Entries, people = people };

    /// <summary>What one place gets to see, built by the product's own code.</summary>
    public ExerciseShow Show(ViewPlace place, Phase phase = Phase.Revealed, bool shownWhileOpen = false, Countdown? countdown = null)
    {
        var participants = people.ToImmutableDictionary(p => p.Id, p => new Participant(p.Id, p.Name, p.Department, HasPhone: true, DateTimeOffset.UnixEpoch));
        var run = new ActivityRun(
            Activity.Id, phase, DateTimeOffset.UnixEpoch, TimeSpan.Zero, countdown, shownWhileOpen, State,
            ImmutableDictionary<AuthorKey, string>.Empty, []);
        var info = new WorkshopInfo("ABCDEF", "A workshop", "An organisation", new DateOnly(2027, 3, 1), ["Sales"], "en", 5, IsRehearsal: false);
        var empty = Restore.From(
            new StoredWorkshop(WorkshopId.New(), info, WorkshopStatus.Live, [Activity], Activity.Id, [], [], []),
            new ExerciseRulebook([Rules]),
            DateTimeOffset.UnixEpoch);
        return ExerciseShow.Of(empty with { Participants = participants, Runs = empty.Runs.SetItem(Activity.Id, run) }, Activity, place);
    }

    private Guid NewGuid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
