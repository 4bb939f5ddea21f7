using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.Tally;

/// <summary>What one of the two sorts of message is called.</summary>
public sealed record TallyWord(string Label, string Hint = "");

/// <param name="Questions">Whose messages are counted, such as those received and those given.</param>
/// <param name="Target">Affirming messages for each corrective one that the result is put beside.</param>
/// <param name="Caution">What kind of rule the target is; stands below the result.</param>
public sealed record TallySettings(ImmutableArray<Item> Questions, TallyWord Affirming, TallyWord Corrective, double Target = 5, string Caution = "");

/// <summary>One person's counts for one question.</summary>
public sealed record TallyCounts(int Affirming, int Corrective);

/// <param name="Counts">By question id.</param>
public sealed record TallyAnswer(ImmutableSortedDictionary<string, TallyCounts> Counts);

/// <summary>What the room's counts for one question come to.</summary>
/// <param name="Count">How many people counted.</param>
public sealed record TallyLine(Item Question, MessageRatio Ratio, int Count);

public sealed record TallyResult(int Respondents, ImmutableArray<TallyLine> Lines);

/// <summary>Everybody counts affirming and corrective messages; the room sees the ratio of its totals.</summary>
public sealed class TallyRules : SingleAnswerRules<TallySettings, TallyAnswer, TallyResult>
{
    /// <summary>The most messages of one sort that one person can count. Keeps a slip of the thumb from being the room's result.</summary>
    public const int MaxCount = 200;

    public const string Affirming = "affirming";
    public const string Corrective = "corrective";

    /// <inheritdoc/>
    public override string Type => "tally";

    /// <summary>The form field of one count.</summary>
    public static string FieldOf(Item question, string sort) => $"count-{question.Id}-{sort}";

    /// <inheritdoc/>
    protected override void Check(TallySettings settings, SettingsCheck check) =>
        check.Items("questions", settings.Questions, max: 3)
            .That(!string.IsNullOrWhiteSpace(settings.Affirming?.Label), "“affirming” needs a label.")
            .That(!string.IsNullOrWhiteSpace(settings.Corrective?.Label), "“corrective” needs a label.")
            .That(settings.Target is > 0 and <= 100, "“target” is above 0 and at most 100.");

    /// <inheritdoc/>
    protected override TallyAnswer? Read(TallySettings settings, FieldReader reader)
    {
        if (reader.Fields.First("do") != "answer")
            return null;

        var counts = ImmutableSortedDictionary.CreateBuilder<string, TallyCounts>(StringComparer.Ordinal);
        foreach (var question in settings.Questions)
        {
            var affirming = reader.Whole(FieldOf(question, Affirming), 0, MaxCount, required: true);
            var corrective = reader.Whole(FieldOf(question, Corrective), 0, MaxCount, required: true);
            counts[question.Id] = new TallyCounts(affirming ?? 0, corrective ?? 0);
        }

        return new TallyAnswer(counts.ToImmutable());
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> Write(TallySettings settings, TallyAnswer answer) =>
        Cells(settings, answer).Select(cell => (FieldOf(cell.Question, cell.Sort), Number(cell.Count)));

    /// <inheritdoc/>
    protected override TallyResult Tally(RulesContext context, TallySettings settings, AnswerState<TallyAnswer> state) =>
        new(state.Respondents, [.. settings.Questions.Select(question => LineOf(question, state))]);

    /// <inheritdoc/>
    protected override IEnumerable<Measure> Measures(RulesContext context, TallySettings settings, AnswerState<TallyAnswer> state) =>
        state.InStableOrder.SelectMany(given => Cells(settings, given.Answer)
            .Select(cell => new Measure(given.Author, "tally.count", cell.Question.Id, cell.Sort, cell.Count)));

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, TallySettings settings, AnswerState<TallyAnswer> state) =>
        state.InStableOrder.SelectMany(given => Cells(settings, given.Answer)
            .Select(cell => new ExportRow(given.Author, cell.Question.Label, cell.Sort == Affirming ? settings.Affirming.Label : settings.Corrective.Label, Number(cell.Count))));

    private static TallyLine LineOf(Item question, AnswerState<TallyAnswer> state)
    {
        var (affirming, corrective, people) = (0L, 0L, 0);
        foreach (var given in state.Answers.Values)
        {
            if (!given.Answer.Counts.TryGetValue(question.Id, out var counts))
                continue;
            affirming += counts.Affirming;
            corrective += counts.Corrective;
            people++;
        }

        return new TallyLine(question, new MessageRatio(affirming, corrective), people);
    }

    private static IEnumerable<(Item Question, string Sort, int Count)> Cells(TallySettings settings, TallyAnswer answer)
    {
        foreach (var question in settings.Questions)
        {
            if (!answer.Counts.TryGetValue(question.Id, out var counts))
                continue;
            yield return (question, Affirming, counts.Affirming);
            yield return (question, Corrective, counts.Corrective);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
