using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.Scale;

/// <param name="Nps">Whether the scores are read as a Net Promoter Score; needs one item and 0 to 10.</param>
/// <param name="Why">The question for one sentence, or null for none.</param>
/// <param name="Questions">Further open questions, such as those of an evaluation; empty for none.</param>
/// <param name="Measure">The name that the scores are measured under; by default <c>nps.score</c> or <c>scale.score</c>.</param>
public sealed record ScaleSettings(
    ImmutableArray<Item> Items,
    int Min = 0,
    int Max = 10,
    string LowLabel = "",
    string HighLabel = "",
    bool Nps = false,
    string? Why = null,
    ImmutableArray<Item> Questions = default,
    string? Measure = null)
{
    public const int MaxQuestions = 6;

    public ImmutableArray<Item> Questions { get; init; } = Questions.IsDefault ? [] : Questions;

    /// <summary>The most items that a room display can show as rows of a legible size.</summary>
    public const int MaxItems = 8;

    /// <summary>The most steps: each is a button that a thumb must hit.</summary>
    public const int MaxSteps = 11;

    [JsonIgnore]
    public IEnumerable<int> Steps => Enumerable.Range(Min, Max - Min + 1);
}

/// <summary>What is stored: an answer, or the facilitator's choice of a reason for the room display.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ScaleAnswer), "answer")]
[JsonDerivedType(typeof(ScaleSpotlight), "spotlight")]
public abstract record ScaleInput;

/// <param name="Scores">By item id. An item that is missing was left blank; 0 is a score.</param>
/// <param name="Texts">Answers to the open questions by their id; null if there are none.</param>
public sealed record ScaleAnswer(ImmutableSortedDictionary<string, int> Scores, string? Why = null, ImmutableSortedDictionary<string, string>? Texts = null) : ScaleInput
{
    public bool SameAs(ScaleAnswer other) => Why == other.Why && Scores.SequenceEqual(other.Scores) && (Texts ?? NoTexts).SequenceEqual(other.Texts ?? NoTexts);

    private static ImmutableSortedDictionary<string, string> NoTexts { get; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <param name="Why">The key of the answer whose reason is meant.</param>
public sealed record ScaleSpotlight(EntryKey Why, bool On) : ScaleInput;

/// <summary>The latest answer of one author.</summary>
public sealed record ScaleGiven(AuthorKey Author, EntryKey Key, ScaleAnswer Answer);

/// <param name="Spotlight">
/// Reasons on the room display, oldest first. A changed answer has a new key, so that words which the facilitator
/// has not read never take the place of those that were chosen.
/// </param>
public sealed record ScaleState(ImmutableDictionary<AuthorKey, ScaleGiven> Answers, ImmutableArray<EntryKey> Spotlight) : ExerciseState
{
    public static ScaleState Empty { get; } = new(ImmutableDictionary<AuthorKey, ScaleGiven>.Empty, []);

    /// <inheritdoc/>
    public override int Respondents => Answers.Count;

    /// <summary>In the order of the authors' ids, which says nothing about who came first.</summary>
    public IEnumerable<ScaleGiven> InStableOrder => Answers.Values.OrderBy(g => g.Author.Kind).ThenBy(g => g.Author.Id);
}

/// <param name="Counts">How many gave each score, from the lowest to the highest; nobody if there are too few to show.</param>
/// <param name="Count">How many gave a score, shown or not.</param>
/// <param name="Mean">Unrounded; null without answers, or with too few to show.</param>
/// <param name="Nps">Null if the scores are not read as a Net Promoter Score.</param>
public sealed record ScaleItemTally(Item Item, ImmutableArray<int> Counts, int Count, double? Mean, NetPromoterScore? Nps);

/// <param name="Score">The score that it explains; null if there are several items.</param>
public sealed record ScaleWhy(EntryKey Key, AuthorKey Author, int? Score, string Text);

/// <summary>What was written about an open question, in no telling order.</summary>
public sealed record ScaleTexts(Item Question, ImmutableArray<(AuthorKey Author, string Text)> Answers);

/// <param name="Spotlight">The reasons on the room display, in the order in which they were put there.</param>
public sealed record ScaleTally(
    int Respondents, ImmutableArray<ScaleItemTally> Items, ImmutableArray<ScaleWhy> Whys, ImmutableArray<ScaleWhy> Spotlight, ImmutableArray<ScaleTexts> Texts);

/// <summary>Scores from low to high for one thing or several, with a reason if asked for.</summary>
public sealed class ScaleRules : ExerciseRules<ScaleSettings, ScaleInput, ScaleState, ScaleTally>
{
    public const int MaxWhyLength = 280;

    /// <summary>More sentences than this cannot be read from the back row.</summary>
    public const int MaxSpotlight = 3;

    /// <inheritdoc/>
    public override string Type => "scale";

    /// <summary>The form field of an item.</summary>
    public static string FieldOf(Item item) => $"score-{item.Id}";

    /// <summary>The form field of an open question.</summary>
    public static string FieldOfQuestion(Item question) => $"text-{question.Id}";

    /// <inheritdoc/>
    protected override void Check(ScaleSettings settings, SettingsCheck check)
    {
        check.Items("items", settings.Items, max: ScaleSettings.MaxItems)
            .Items("questions", settings.Questions, 0, ScaleSettings.MaxQuestions)
            .That(settings.Min < settings.Max, "“min” must be below “max”.")
            .That(Math.Abs((long)settings.Max - settings.Min) < ScaleSettings.MaxSteps, $"From “min” to “max” there may be at most {ScaleSettings.MaxSteps} steps.");
        if (settings.Nps)
        {
            check.That(settings is { Min: NetPromoterScore.Lowest, Max: NetPromoterScore.Highest }, "With “nps” the scale goes from 0 to 10.")
                .That(!settings.Items.IsDefault && settings.Items.Length == 1, "With “nps” there is one item.");
        }
    }

    /// <inheritdoc/>
    protected override ScaleState Start(ScaleSettings settings) => ScaleState.Empty;

    /// <inheritdoc/>
    protected override ScaleInput? Read(ScaleSettings settings, ScaleState state, AuthorKey author, FieldReader reader) =>
        (author.IsFacilitator, reader.Fields.First("do")) switch
        {
            (false, "answer") => ReadAnswer(settings, reader),
            (true, "spotlight") => reader.Key("why") is { } why ? new ScaleSpotlight(why, On: true) : null,
            (true, "unspotlight") => reader.Key("why") is { } why ? new ScaleSpotlight(why, On: false) : null,
            (_, "answer" or "spotlight" or "unspotlight") => NotAllowed(reader),
            _ => null,
        };

    /// <inheritdoc/>
    protected override ScaleState? Apply(ScaleSettings settings, ScaleState state, EntryKey key, AuthorKey author, ScaleInput input, FieldReader reader)
    {
        switch (input)
        {
            case ScaleAnswer answer:
                // The same answer again keeps its key: a reason on the room display stays there.
                if (state.Answers.TryGetValue(author, out var before) && before.Answer.SameAs(answer))
                    return state;
                return new ScaleState(
                    state.Answers.SetItem(author, new ScaleGiven(author, key, answer)),
                    before is null ? state.Spotlight : state.Spotlight.Remove(before.Key));

            case ScaleSpotlight { On: false } off:
                return state with { Spotlight = state.Spotlight.Remove(off.Why) };

            case ScaleSpotlight on:
                if (!state.Answers.Values.Any(g => g.Key == on.Why && g.Answer.Why is not null))
                {
                    reader.Refuse("why-gone");
                    return null;
                }

                var shown = state.Spotlight.Remove(on.Why).Add(on.Why);
                return state with { Spotlight = shown.Length > MaxSpotlight ? shown.RemoveAt(0) : shown };

            default:
                throw new InvalidOperationException($"Unknown input {input.GetType()}.");
        }
    }

    /// <inheritdoc/>
    protected override ScaleTally Tally(RulesContext context, ScaleSettings settings, ScaleState state)
    {
        var answers = state.InStableOrder.ToList();
        var whys = answers
            .Where(g => g.Answer.Why is not null)
            .Select(g => new ScaleWhy(g.Key, g.Author, ScoreExplained(settings, g.Answer), g.Answer.Why!))
            .ToImmutableArray();
        return new ScaleTally(
            state.Respondents,
            [.. settings.Items.Select(item => TallyOf(settings, item, answers, context.SmallestShown))],
            whys,
            [.. state.Spotlight.Select(key => whys.First(w => w.Key == key))],
            [.. settings.Questions.Select(question => new ScaleTexts(question,
                [.. answers.Where(g => TextOf(g.Answer, question) is not null).Select(g => (g.Author, TextOf(g.Answer, question)!))]))]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Measure> Measures(RulesContext context, ScaleSettings settings, ScaleState state)
    {
        var name = settings.Measure ?? (settings.Nps ? "nps.score" : "scale.score");
        return state.InStableOrder.SelectMany(given => given.Answer.Scores.Select(s => new Measure(given.Author, name, "", s.Key, s.Value)));
    }

    /// <inheritdoc/>
    protected override OwnAnswer Own(ScaleSettings settings, ScaleState state, AuthorKey author)
    {
        if (!state.Answers.TryGetValue(author, out var given))
            return OwnAnswer.None;

        // It goes back with every reply, and a hall replies five thousand times.
        var fields = new List<(string, string)>();
        foreach (var item in settings.Items)
        {
            if (given.Answer.Scores.TryGetValue(item.Id, out var score))
                fields.Add((FieldOf(item), score.ToString(CultureInfo.InvariantCulture)));
        }

        foreach (var question in settings.Questions)
        {
            if (TextOf(given.Answer, question) is { } text)
                fields.Add((FieldOfQuestion(question), text));
        }

        if (given.Answer.Why is { } why)
            fields.Add(("why", why));
        return OwnAnswer.Of(fields);
    }

    /// <inheritdoc/>
    public override bool HasAnswered(RulesContext context, ExerciseState state, AuthorKey author) => ((ScaleState)state).Answers.ContainsKey(author);

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, ScaleSettings settings, ScaleState state)
    {
        foreach (var given in state.InStableOrder)
        {
            foreach (var item in settings.Items)
            {
                if (given.Answer.Scores.TryGetValue(item.Id, out var score))
                    yield return new ExportRow(given.Author, "score", item.Label, score.ToString(CultureInfo.InvariantCulture));
            }

            if (given.Answer.Why is { } why)
                yield return new ExportRow(given.Author, "why", settings.Why ?? "", why, IsWords: true);
            foreach (var question in settings.Questions)
            {
                if (TextOf(given.Answer, question) is { } text)
                    yield return new ExportRow(given.Author, "text", question.Label, text, IsWords: true);
            }
        }
    }

    private static ScaleAnswer? ReadAnswer(ScaleSettings settings, FieldReader reader)
    {
        var scores = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var item in settings.Items)
        {
            if (reader.Whole(FieldOf(item), settings.Min, settings.Max) is { } score)
                scores[item.Id] = score;
        }

        // One may be left blank among several ("I have no bank"), but not all of them.
        if (scores.Count == 0 && reader.Ok)
            reader.Refuse("no-score", FieldOf(settings.Items[0]));
        var why = settings.Why is null ? "" : reader.Text("why", MaxWhyLength);
        var texts = settings.Questions
            .Select(question => (question.Id, Text: reader.Text(FieldOfQuestion(question), MaxWhyLength)))
            .Where(t => t.Text.Length > 0)
            .ToImmutableSortedDictionary(t => t.Id, t => t.Text, StringComparer.Ordinal);
        return new ScaleAnswer(scores.ToImmutable(), why.Length == 0 ? null : why, texts.IsEmpty ? null : texts);
    }

    private static string? TextOf(ScaleAnswer answer, Item question) => answer.Texts?.GetValueOrDefault(question.Id);

    private static ScaleInput? NotAllowed(FieldReader reader)
    {
        reader.Refuse("not-allowed");
        return null;
    }

    private static int? ScoreExplained(ScaleSettings settings, ScaleAnswer answer) =>
        settings.Items.Length == 1 && answer.Scores.TryGetValue(settings.Items[0].Id, out var score) ? score : null;

    private static ScaleItemTally TallyOf(ScaleSettings settings, Item item, List<ScaleGiven> answers, int smallest)
    {
        var counts = new int[settings.Max - settings.Min + 1];
        var (count, sum) = (0, 0L);
        foreach (var given in answers)
        {
            if (!given.Answer.Scores.TryGetValue(item.Id, out var score))
                continue;
            counts[score - settings.Min]++;
            count++;
            sum += score;
        }

        if (count < smallest)
            return new ScaleItemTally(item, [.. new int[counts.Length]], count, null, null);
        var nps = settings.Nps ? NetPromoterScore.Of(counts.SelectMany((n, i) => Enumerable.Repeat(i + settings.Min, n))) : null;
        return new ScaleItemTally(item, [.. counts], count, count == 0 ? null : (double)sum / count, nps);
    }
}
