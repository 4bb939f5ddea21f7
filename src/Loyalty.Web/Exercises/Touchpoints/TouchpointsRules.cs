using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.Touchpoints;

/// <summary>How often something happens.</summary>
/// <param name="Weight">What a score then counts, above 0 up to 1.</param>
public sealed record TouchpointFrequency(string Id, string Label, double Weight);

/// <param name="Items">The points of the journey in the order in which a customer meets them.</param>
/// <param name="ItemsFrom">The activity whose items are the points; without any, <paramref name="Items"/> are.</param>
/// <param name="Min">The heaviest withdrawal, below 0.</param>
/// <param name="Max">The largest deposit, above 0.</param>
/// <param name="Opening">The balance before the first point.</param>
/// <param name="Caution">One sentence below the picture: what a balance hides.</param>
/// <param name="Measure">The name of the measures.</param>
public sealed record TouchpointsSettings(
    ImmutableArray<TouchpointFrequency> Frequency,
    ImmutableArray<Item> Items = default,
    string? ItemsFrom = null,
    int MaxItems = TouchpointsSettings.MostItems,
    int Min = -5,
    int Max = 5,
    string LowLabel = "",
    string HighLabel = "",
    double Opening = 0,
    string Caution = "",
    string Measure = "touchpoint.balance")
{
    /// <summary>More columns have no room for their names on the room display.</summary>
    public const int MostItems = 12;

    public const int MostFrequencies = 6;

    /// <summary>More steps are no buttons any more.</summary>
    public const int MostSteps = 11;

    public const double FurthestOpening = 1000;
}

/// <param name="Frequency">Its id; null for nought, which is nought however often.</param>
public sealed record TouchpointScore(int Score, string? Frequency = null);

/// <param name="Scores">By item id. A point that is missing was skipped.</param>
public sealed record TouchpointsAnswer(ImmutableSortedDictionary<string, TouchpointScore> Scores);

/// <param name="Felt">What people said it feels like, whatever the frequency.</param>
/// <param name="Weighted">
/// The same, each counted by how often it is like that; its mean is the change. Both hold no numbers but n if too few judged the point.
/// </param>
public sealed record TouchpointLine(Item Item, Descriptives Felt, Descriptives Weighted, BalanceStep Step);

/// <param name="Lines">Along the journey.</param>
/// <param name="Lowest">The points with the lowest change, several if level; empty if no change is below nought.</param>
/// <param name="FurthestApart">The points whose answers differ most, several if level; empty if nobody disagrees.</param>
public sealed record TouchpointsTally(
    int Respondents, double Opening, ImmutableArray<TouchpointLine> Lines, ImmutableArray<TouchpointLine> Lowest, ImmutableArray<TouchpointLine> FurthestApart)
{
    public double Closing => Lines.IsEmpty ? Opening : Lines[^1].Step.After;

    /// <summary>Whether any point may be shown. If not, the closing balance is the opening one, which says nothing.</summary>
    public bool HasChanges => Lines.Any(l => l.Step.Change is not null);
}

/// <summary>What each point of a journey pays into the customer's emotional bank account or takes out of it.</summary>
public sealed class TouchpointsRules : SingleAnswerRules<TouchpointsSettings, TouchpointsAnswer, TouchpointsTally>
{
    /// <inheritdoc/>
    public override string Type => "touchpoints";

    /// <summary>The form field for what a point feels like.</summary>
    public static string ScoreOf(Item item) => $"score-{item.Id}";

    /// <summary>The form field for how often it is like that.</summary>
    public static string FrequencyOf(Item item) => $"often-{item.Id}";

    /// <inheritdoc/>
    protected override void Check(TouchpointsSettings settings, SettingsCheck check)
    {
        check.ItemsOrSource(settings.Items, settings.ItemsFrom, settings.MaxItems, TouchpointsSettings.MostItems)
            .That(settings is { Min: < 0 and > -100, Max: > 0 and < 100 } && settings.Max - settings.Min < TouchpointsSettings.MostSteps, $"“min” is below 0 and “max” above it, at most {TouchpointsSettings.MostSteps} steps in all.")
            .That(Math.Abs(settings.Opening) <= TouchpointsSettings.FurthestOpening, $"“opening” is from -{TouchpointsSettings.FurthestOpening} to {TouchpointsSettings.FurthestOpening}.")
            .MeasureName("measure", settings.Measure);
        if (settings.Frequency.IsDefault || settings.Frequency.Length is 0 or > TouchpointsSettings.MostFrequencies || settings.Frequency.Contains(null!))
        {
            check.That(false, $"“frequency” needs 1 to {TouchpointsSettings.MostFrequencies} entries.");
            return;
        }

        check.Items("frequency", [.. settings.Frequency.Select(f => new Item(f.Id, f.Label))])
            .That(settings.Frequency.All(f => f.Weight is > 0 and <= 1), "Every “weight” in “frequency” is above 0, up to 1.");
    }

    /// <inheritdoc/>
    protected override TouchpointsSettings Resolve(RulesContext context, TouchpointsSettings settings) =>
        settings with { Items = context.ItemsFrom(settings.ItemsFrom, settings.Items, settings.MaxItems) };

    /// <inheritdoc/>
    protected override TouchpointsAnswer? Read(TouchpointsSettings settings, FieldReader reader)
    {
        if (reader.Fields.First("do") != "answer" || settings.Items.IsEmpty)
            return null;

        var scores = ImmutableSortedDictionary.CreateBuilder<string, TouchpointScore>(StringComparer.Ordinal);
        foreach (var item in settings.Items)
        {
            var often = reader.OneOf(FrequencyOf(item), settings.Frequency.Select(f => f.Id));
            if (reader.Whole(ScoreOf(item), settings.Min, settings.Max) is not { } score)
                continue; // how often something is that one cannot judge says nothing
            if (score != 0 && often is null && reader.Ok)
                reader.Refuse("how-often", FrequencyOf(item));
            scores[item.Id] = new TouchpointScore(score, often);
        }

        if (reader.Ok && scores.Count == 0)
            reader.Refuse("no-score", ScoreOf(settings.Items[0]));
        return new TouchpointsAnswer(scores.ToImmutable());
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> Write(TouchpointsSettings settings, TouchpointsAnswer answer)
    {
        foreach (var item in settings.Items)
        {
            if (!answer.Scores.TryGetValue(item.Id, out var score))
                continue;
            yield return (ScoreOf(item), score.Score.ToString(CultureInfo.InvariantCulture));
            if (score.Frequency is { } often)
                yield return (FrequencyOf(item), often);
        }
    }

    /// <inheritdoc/>
    protected override TouchpointsTally Tally(RulesContext context, TouchpointsSettings settings, AnswerState<TouchpointsAnswer> state)
    {
        var points = settings.Items.Select(item =>
        {
            var scores = state.Answers.Values.Select(g => g.Answer.Scores.GetValueOrDefault(item.Id)).OfType<TouchpointScore>().ToList();
            if (scores.Count < context.SmallestShown)
                return (Item: item, Felt: Descriptives.None with { Count = scores.Count }, Weighted: Descriptives.None with { Count = scores.Count });
            return (Item: item, Felt: Descriptives.Of(scores.Select(s => (double)s.Score)), Weighted: Descriptives.Of(scores.Select(s => Weigh(settings, s))));
        }).ToList();
        var steps = RunningBalance.Of(settings.Opening, points.Select(p => p.Weighted.Mean));
        var lines = points.Zip(steps, (p, step) => new TouchpointLine(p.Item, p.Felt, p.Weighted, step)).ToImmutableArray();
        return new TouchpointsTally(
            state.Respondents, settings.Opening, lines,
            [.. lines.Where(l => l.Step.Change < 0 && l.Step.Change == lines.Min(other => other.Step.Change))],
            [.. lines.Where(l => l.Felt.Deviation > 0 && l.Felt.Deviation == lines.Max(other => other.Felt.Deviation))]);
    }

    /// <summary>The points that somebody judged, the weakest first and those that too few judged last; equal ones along the journey.</summary>
    public override ImmutableArray<Item> Items(RulesContext context, ExerciseState state) =>
        [.. ((TouchpointsTally)Tally(context, state)).Lines.Where(l => l.Felt.Count > 0).OrderBy(l => l.Step.Change ?? double.MaxValue).Select(l => l.Item)];

    /// <summary>One measure for each point that somebody judged: the score times the weight of its frequency.</summary>
    protected override IEnumerable<Measure> Measures(RulesContext context, TouchpointsSettings settings, AnswerState<TouchpointsAnswer> state) =>
        from given in state.InStableOrder
        from score in given.Answer.Scores
        select new Measure(given.Author, settings.Measure, "", score.Key, Weigh(settings, score.Value));

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, TouchpointsSettings settings, AnswerState<TouchpointsAnswer> state)
    {
        foreach (var given in state.InStableOrder)
        {
            foreach (var item in settings.Items)
            {
                if (!given.Answer.Scores.TryGetValue(item.Id, out var score))
                    continue;
                yield return new ExportRow(given.Author, "score", item.Label, score.Score.ToString(CultureInfo.InvariantCulture));
                if (score.Frequency is { } often)
                    yield return new ExportRow(given.Author, "frequency", item.Label, settings.Frequency.FirstOrDefault(f => f.Id == often)?.Label ?? often);
            }
        }
    }

    private static double Weigh(TouchpointsSettings settings, TouchpointScore score) =>
        score.Score * (settings.Frequency.FirstOrDefault(f => f.Id == score.Frequency)?.Weight ?? 0);
}
