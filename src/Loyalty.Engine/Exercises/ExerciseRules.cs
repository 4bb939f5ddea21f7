using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Groups;
using Loyalty.Engine.Plans;

namespace Loyalty.Engine.Exercises;

/// <summary>
/// What an exercise has gathered so far: an immutable value that is the fold of its accepted entries, and nothing else.
/// </summary>
public abstract record ExerciseState
{
    /// <summary>How many people (or anonymous slots) have taken part.</summary>
    public abstract int Respondents { get; }
}

/// <summary>What the rules may look at of the workshop around an exercise.</summary>
public interface IWorkshopView
{
    /// <summary>An activity of the same agenda, or null: what an insight calls its inputs and their parts by, and how it says that one is missing.</summary>
    Activity? Find(ActivityId id);

    /// <summary>An author's segment in an activity, or null if there is none or it may not be known.</summary>
    string? DepartmentOf(ActivityId id, AuthorKey author);

    /// <summary>The measures of an activity of the same agenda as they stand now, or none; how an insight sees its inputs.</summary>
    ImmutableArray<Measure> MeasuresOf(ActivityId id);

    /// <summary>What an activity of the same agenda has gathered that another one can go on working with, such as the posts of a board; see <see cref="ExerciseRules.Items"/>.</summary>
    ImmutableArray<Item> ItemsOf(ActivityId id);

    /// <summary>The groups of an activity as they stand; null if it has formed none.</summary>
    Grouping? GroupsOf(ActivityId id);

    /// <summary>Everybody in the workshop, in the order in which they joined.</summary>
    ImmutableArray<Person> People();

    /// <summary>Whether somebody is in the room now: their phone is connected, or they have none.</summary>
    bool IsHere(ParticipantId id);

    /// <summary>All groups that were formed in this workshop so far, in any activity: who has met whom.</summary>
    IEnumerable<Grouping> Met();
}

/// <summary>What the rules may look at besides the exercise's own state.</summary>
/// <param name="Activity">The activity, as it is in this workshop's agenda.</param>
/// <param name="Phase">Its phase at this moment.</param>
/// <param name="Threshold">The smallest group whose results are shown; fixed when the workshop starts.</param>
/// <param name="Workshop">The workshop around it.</param>
public sealed record RulesContext(Activity Activity, Phase Phase, int Threshold, IWorkshopView Workshop)
{
    /// <summary>
    /// The fewest answers that a figure may be made of: the threshold in an anonymous activity, otherwise one. People may leave something
    /// out, so each figure has an n of its own, which the number of respondents says nothing about.
    /// </summary>
    public int SmallestShown => Activity.Anonymity == Anonymity.Anonymous ? Threshold : 1;

    /// <summary>The author's segment, or null if there is none or it may not be known.</summary>
    public string? DepartmentOf(AuthorKey author) => Workshop.DepartmentOf(Activity.Id, author);

    /// <summary>The first so many items that another activity has gathered; those at hand if none is named, or if it has gathered nothing.</summary>
    public ImmutableArray<Item> ItemsFrom(string? activity, ImmutableArray<Item> otherwise, int max)
    {
        var gathered = string.IsNullOrEmpty(activity) ? [] : Workshop.ItemsOf(new ActivityId(activity));
        if (gathered.IsEmpty)
            gathered = otherwise.IsDefault ? [] : otherwise;
        return gathered.Length > max ? gathered[..max] : gathered;
    }

    /// <summary>With no workshop around it: nobody is known, and nothing else has been done.</summary>
    public static RulesContext For(Activity activity, Phase phase = Phase.Open, int threshold = 5) => new(activity, phase, threshold, NoWorkshop.Instance);

    private sealed class NoWorkshop : IWorkshopView
    {
        public static NoWorkshop Instance { get; } = new();

        public Activity? Find(ActivityId id) => null;

        public string? DepartmentOf(ActivityId id, AuthorKey author) => null;

        public ImmutableArray<Measure> MeasuresOf(ActivityId id) => [];

        public ImmutableArray<Item> ItemsOf(ActivityId id) => [];

        public Grouping? GroupsOf(ActivityId id) => null;

        public ImmutableArray<Person> People() => [];

        public bool IsHere(ParticipantId id) => true;

        public IEnumerable<Grouping> Met() => [];
    }
}

/// <summary>The phase of an activity.</summary>
public enum Phase
{
    /// <summary>On stage but not begun: the phones show what is coming.</summary>
    Waiting,

    /// <summary>Answers are taken.</summary>
    Open,

    /// <summary>No more answers; results are the facilitator's alone.</summary>
    Closed,

    /// <summary>Results are on the room display.</summary>
    Revealed,
}

/// <summary>One numeric fact drawn from an entry; what every comparison, trend, gap and threshold is computed from.</summary>
/// <param name="Author">Who it comes from; a slot if anonymous.</param>
/// <param name="Name">What is measured, such as <c>ladder.grade</c>.</param>
/// <param name="Subject">Whom or which perspective it is about, such as <c>department</c>; may be empty.</param>
/// <param name="Item">What it is about, such as <c>personal-connection</c>; may be empty.</param>
/// <param name="Value">The value, unrounded; its unit belongs to the name.</param>
public sealed record Measure(AuthorKey Author, string Name, string Subject, string Item, double Value);

/// <summary>What the rules said to an input.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Taken. <paramref name="Json"/> is what is stored; replaying it gives <paramref name="Next"/> again.</summary>
    public sealed record Accepted(string Json, ExerciseState Next) : Verdict;

    /// <summary>Not taken; nothing changes.</summary>
    public sealed record Refused(ImmutableArray<Refusal> Reasons) : Verdict;
}

/// <summary>One line that a phone shows: a post, an option to vote for. Text only, so it is harmless by construction.</summary>
/// <param name="Id">Stable; the phone updates the line that has it.</param>
/// <param name="Slot">Where it belongs, such as a column.</param>
/// <param name="Text">The words.</param>
/// <param name="Count">Votes or another small number; null if it has none.</param>
/// <param name="By">The author's name where the label allows it, else null.</param>
/// <param name="Status">A state the phone has a word for, such as <c>waiting</c> for approval; empty if plain.</param>
public sealed record PhoneItem(string Id, string Slot, string Text, int? Count = null, string? By = null, string Status = "");

/// <summary>What an author gave so far, for filling the author's own phone again.</summary>
/// <param name="Fields">Values for the form's fields, by field name.</param>
/// <param name="Items">The author's own items, such as posts, which can be edited or withdrawn.</param>
/// <param name="Marks">Ids of shared items that the author has marked, such as upvoted posts.</param>
public sealed record OwnAnswer(
    ImmutableDictionary<string, ImmutableArray<string>> Fields,
    ImmutableArray<PhoneItem> Items,
    ImmutableArray<string> Marks)
{
    public static OwnAnswer None { get; } = new(ImmutableDictionary<string, ImmutableArray<string>>.Empty, [], []);

    public bool IsEmpty => Fields.IsEmpty && Items.IsEmpty && Marks.IsEmpty;

    /// <summary>Both; a field of the second one stands where both have it.</summary>
    public OwnAnswer With(OwnAnswer other) =>
        other.IsEmpty ? this : IsEmpty ? other : new(Fields.SetItems(other.Fields), Items.AddRange(other.Items), Marks.AddRange(other.Marks));

    /// <summary>An answer that is all form fields.</summary>
    public static OwnAnswer Of(IEnumerable<(string Name, string Value)> fields) => new(Exercises.Fields.Of(fields).ToDictionary(), [], []);
}

/// <summary>A line of an export: what one author gave, in words and numbers.</summary>
/// <param name="Part">Which part of the answer, such as the subject or column; may be empty.</param>
/// <param name="IsWords">Whether somebody wrote it, or it belongs to what somebody wrote: of anonymous ones it takes more people until they are given out.</param>
public sealed record ExportRow(AuthorKey Author, string Part, string Item, string Value, bool IsWords = false);

/// <summary>
/// Everything that decides about an exercise of one type: which settings are valid, which input is taken, what it does
/// to the state, what is measured. Pure and deterministic; instances are shared and hold no state.
/// </summary>
public abstract class ExerciseRules
{
    /// <summary>The type's name in agendas and in the database: a lower-case slug that never changes.</summary>
    public abstract string Type { get; }

    /// <summary>The version of the stored JSON. Raise it when the shape changes, and let <see cref="Replay"/> read all earlier ones.</summary>
    public virtual int SchemaVersion => 1;

    /// <summary>Whether participants give anything. False for teach screens, insights and breaks.</summary>
    public virtual bool TakesAnswers => true;

    /// <summary>Whether a report has something to say about it. True for exercises and insights, false for teach screens and breaks.</summary>
    public virtual bool HasResults => TakesAnswers;

    /// <summary>Whether its countdown, of the planned minutes, begins by itself when it comes on stage, and its own view on the room display shows it. True for breaks.</summary>
    public virtual bool StartsTimer => false;

    /// <summary>What is wrong with the settings, each as one sentence naming the property; empty if nothing is.</summary>
    public abstract ImmutableArray<string> CheckSettings(JsonElement settings);

    /// <summary>Whether it is about who gave what, so that it cannot be anonymous.</summary>
    public virtual bool NeedsNames => this is IPlanSource;

    /// <summary>What keeps this activity from being run, each as one sentence; empty if nothing does.</summary>
    public ImmutableArray<string> Check(Activity activity)
    {
        var problems = CheckSettings(activity.Settings);
        return NeedsNames && activity.Anonymity == Anonymity.Anonymous ? problems.Add("It needs names, so it cannot be anonymous.") : problems;
    }

    /// <summary>The activities whose results this one builds on; in an agenda they belong before it.</summary>
    public virtual ImmutableArray<ActivityId> Inputs(Activity activity) => [];

    /// <summary>What can be set, with the values that these settings have.</summary>
    public virtual ImmutableArray<SettingField> FieldsOf(JsonElement settings) => [];

    /// <summary>The state before anything was given.</summary>
    /// <exception cref="JsonException">The settings are not valid; check them first.</exception>
    public abstract ExerciseState Start(Activity activity);

    /// <summary>
    /// Whether authors may go on changing what they gave, in every later phase and after the workshop has ended, as with an action plan.
    /// </summary>
    public virtual bool StaysEditable => false;

    /// <summary>
    /// What phones and room display are given before the reveal: the state without anything that people gave. The start state, unless
    /// something that the facilitator did must be seen at once, such as groups that were formed.
    /// </summary>
    public virtual ExerciseState BeforeReveal(Activity activity, ExerciseState state) => Start(activity);

    /// <summary>
    /// Rises whenever the facilitator brings phones something else to do within the same phase: other groups, the next round. Phones
    /// then build their form anew and ask for what they are given.
    /// </summary>
    public virtual int PartOf(ExerciseState state) => 0;

    /// <summary>
    /// What this participant is given, whatever they answered: their group, their role, the sentence to work on. It does not count as
    /// an answer. Names of fields that are not to be written in begin with an underscore; the phone view shows them with
    /// <c>data-given="group"</c> and depends on them with <c>data-when="role=observer"</c> (without the underscore).
    /// </summary>
    /// <param name="author">Whose answers are this participant's, if that is known: a slot where the activity is anonymous.</param>
    public virtual OwnAnswer Given(RulesContext context, ExerciseState state, ParticipantId participant, AuthorKey? author = null) => OwnAnswer.None;

    /// <summary>The countdown to start when the facilitator's action led from one state to the other; null to leave it as it is.</summary>
    public virtual TimeSpan? TimerAfter(RulesContext context, ExerciseState before, ExerciseState after) => null;

    /// <summary>What a later activity can go on working with, such as posts, tags or graded points; the most important first. Ids are stable.</summary>
    public virtual ImmutableArray<Item> Items(RulesContext context, ExerciseState state) => [];

    /// <summary>What the facilitator took over as the room's own, in front of everybody: its standards, its factors. The first page of a report names it.</summary>
    public virtual ImmutableArray<Item> Agreed(RulesContext context, ExerciseState state) => [];

    /// <summary>The groups that were formed so far, the newest last.</summary>
    public virtual ImmutableArray<Grouping> Groupings(ExerciseState state) => [];

    /// <summary>The settings as the views use them: those of the activity, with whatever they take over from another one filled in.</summary>
    public abstract object SettingsOf(RulesContext context);

    /// <summary>Judges an input. Never throws on hostile input.</summary>
    public abstract Verdict Accept(RulesContext context, ExerciseState state, EntryKey key, AuthorKey author, Fields fields);

    /// <summary>Applies an entry that was accepted and stored earlier.</summary>
    public abstract ExerciseState Replay(RulesContext context, ExerciseState state, EntryKey key, AuthorKey author, string json, int schemaVersion);

    /// <summary>What the room's answers amount to. Equal for equal sets of answers, whatever the order they came in.</summary>
    public abstract object Tally(RulesContext context, ExerciseState state);

    /// <summary>The numeric facts in the state. Empty for types that measure nothing.</summary>
    public abstract ImmutableArray<Measure> Measures(RulesContext context, ExerciseState state);

    /// <summary>What this author has given.</summary>
    public abstract OwnAnswer Own(RulesContext context, ExerciseState state, AuthorKey author);

    /// <summary>Whether this author has given something that counts as an answer.</summary>
    public virtual bool HasAnswered(RulesContext context, ExerciseState state, AuthorKey author) => !Own(context, state, author).IsEmpty;

    /// <summary>
    /// What all phones see of each other's input while the exercise runs, newest first within a slot and bounded,
    /// whatever the size of the room; empty for types that show nothing.
    /// </summary>
    /// <param name="nameOf">The name of a participant. To be used only where the label is <see cref="Anonymity.Named"/>.</param>
    public virtual ImmutableArray<PhoneItem> PhoneItems(RulesContext context, ExerciseState state, Func<AuthorKey, string?> nameOf) => [];

    /// <summary>
    /// What the facilitator's "next" or "back" means inside the activity, such as showing one more point: the input to moderate with.
    /// Null if there is nothing left to step to, so that the agenda goes on or back.
    /// </summary>
    public virtual Fields? Step(RulesContext context, ExerciseState state, bool forward) => null;

    /// <summary>Every answer as lines of text for an export.</summary>
    public abstract IEnumerable<ExportRow> Export(RulesContext context, ExerciseState state);

    /// <summary>
    /// A stored entry without what its author wrote in their own words. What they chose stays, so that it counts as before and replays
    /// as before; it is then an entry of the current <see cref="SchemaVersion"/>.
    /// </summary>
    /// <param name="isChoice">Whether a text is one that was there to be chosen, such as the id of an option, rather than somebody's words.</param>
    public abstract string Forget(string json, int schemaVersion, Func<string, bool> isChoice);
}
