using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
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

    public RulesContext Context => RulesContext.For(Activity);

    public ExerciseState Start { get; }

    public ExerciseState State { get; private set; }

    public ImmutableArray<Taken> Entries { get; private set; } = [];

    /// <summary>Where the fold of all stored entries ends when it is run again from the start.</summary>
    public ExerciseState Replayed => Entries.Aggregate(Start, (state, e) => Rules.Replay(Context, state, e.Key, e.Author, e.Json, e.SchemaVersion));

    public AuthorKey NewAuthor() => new(Activity.Anonymity == Anonymity.Anonymous ? AuthorKind.Slot : AuthorKind.Participant, NewGuid());

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

    /// <summary>What one place gets to see, built by the product's own code.</summary>
    public ExerciseShow Show(ViewPlace place, Phase phase = Phase.Revealed, bool shownWhileOpen = false, Countdown? countdown = null)
    {
        var people = Entries.Select(e => e.Author.Participant).OfType<ParticipantId>().Distinct()
            .ToImmutableDictionary(id => id, id => new Participant(id, Name, "Sales", HasPhone: true, DateTimeOffset.UnixEpoch));
        var run = new ActivityRun(
            Activity.Id, phase, DateTimeOffset.UnixEpoch, TimeSpan.Zero, countdown, shownWhileOpen, State,
            ImmutableDictionary<AuthorKey, string>.Empty, []);
        var info = new WorkshopInfo("ABCDEF", "A workshop", "An organisation", new DateOnly(2027, 3, 1), ["Sales"], "en", 5, IsRehearsal: false);
        var empty = Restore.From(
            new StoredWorkshop(WorkshopId.New(), info, WorkshopStatus.Live, [Activity], Activity.Id, [], [], []),
            new ExerciseRulebook([Rules]),
            DateTimeOffset.UnixEpoch);
        return ExerciseShow.Of(empty with { Participants = people, Runs = empty.Runs.SetItem(Activity.Id, run) }, Activity, place);
    }

    private Guid NewGuid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
