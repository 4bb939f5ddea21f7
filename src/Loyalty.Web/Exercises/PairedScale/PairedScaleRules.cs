using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.PairedScale;

public sealed record PairedScores(int First, int Second);

/// <param name="Scores">By item id. An item that is missing was left out.</param>
public sealed record PairedAnswer(ImmutableSortedDictionary<string, PairedScores> Scores);

/// <summary>Everybody gives every item two numbers: now and from tomorrow, importance and performance, impact and effort.</summary>
public sealed class PairedScaleRules : SingleAnswerRules<PairedScaleSettings, PairedAnswer, PairedTally>
{
    /// <inheritdoc/>
    public override string Type => "paired-scale";

    /// <summary>The form field of an item's number.</summary>
    public static string FieldOf(PairedNumber number, Item item) => $"{number.Id}-{item.Id}";

    /// <inheritdoc/>
    protected override void Check(PairedScaleSettings settings, SettingsCheck check)
    {
        check.ItemsOrSource(settings.Items, settings.ItemsFrom, settings.MaxItems, PairedScaleSettings.MostItems)
            .That(settings.First is not null && settings.Second is not null, "“first” and “second” are needed.")
            .MeasureName("measure", settings.Measure);
        if (settings is not { First: { } first, Second: { } second })
            return;

        foreach (var (number, name) in new[] { (first, "first"), (second, "second") })
        {
            check.That(!string.IsNullOrWhiteSpace(number.Id) && !string.IsNullOrWhiteSpace(number.Label), $"“{name}” needs an id and a label.")
                .That(number.Min < number.Max && Math.Abs((long)number.Min) <= PairedNumber.Furthest && Math.Abs((long)number.Max) <= PairedNumber.Furthest, $"In “{name}”, “min” must be below “max”, both at most {PairedNumber.Furthest}.")
                .That(number.Step >= 1 && ((long)number.Max - number.Min) % number.Step == 0, $"In “{name}”, “step” must lead from “min” to “max”.");
        }

        check.That(first.Id != second.Id, "“first” and “second” need different ids.")
            .That((first.Min, first.Max) == (second.Min, second.Max), "“first” and “second” need the same “min” and “max”, so that they can be compared.")
            .That(settings.Quadrants.IsDefault || settings.Quadrants.All(q => q is not null && !string.IsNullOrWhiteSpace(q.Label)), "Every entry of “quadrants” needs a label.");
    }

    /// <inheritdoc/>
    protected override PairedScaleSettings Resolve(RulesContext context, PairedScaleSettings settings) =>
        settings with { Items = context.ItemsFrom(settings.ItemsFrom, settings.Items, settings.MaxItems) };

    /// <inheritdoc/>
    protected override PairedAnswer? Read(PairedScaleSettings settings, FieldReader reader)
    {
        if (reader.Fields.First("do") != "answer" || settings.Items.IsEmpty)
            return null;

        var scores = ImmutableSortedDictionary.CreateBuilder<string, PairedScores>(StringComparer.Ordinal);
        foreach (var item in settings.Items)
        {
            var first = Read(settings.First, item, reader);
            var second = Read(settings.Second, item, reader);
            if (first is { } one && second is { } other)
                scores[item.Id] = new PairedScores(one, other);
            else if (reader.Ok && first is null != second is null)
                reader.Refuse("both", FieldOf(first is null ? settings.First : settings.Second, item));
        }

        if (reader.Ok && scores.Count == 0)
            reader.Refuse("no-score", FieldOf(settings.First, settings.Items[0]));
        return new PairedAnswer(scores.ToImmutable());
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> Write(PairedScaleSettings settings, PairedAnswer answer) =>
        from item in settings.Items
        where answer.Scores.ContainsKey(item.Id)
        from number in Numbers(settings, answer.Scores[item.Id])
        select (FieldOf(number.Number, item), number.Value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    protected override PairedTally Tally(RulesContext context, PairedScaleSettings settings, AnswerState<PairedAnswer> state)
    {
        var lines = settings.Items.Select(item =>
            PairedLine.Of(settings, item, [.. state.Answers.Values.Select(g => g.Answer.Scores.GetValueOrDefault(item.Id)).OfType<PairedScores>()], context.SmallestShown));
        // The sort is stable: equal gaps stay in the order of the items.
        if (settings.Picture == PairedPicture.Map)
            lines = lines.OrderBy(line => line.Gap ?? double.MaxValue);
        return new PairedTally(state.Respondents, [.. lines.Select((line, i) => line with { Number = i + 1 })]);
    }

    /// <summary>What was judged, the widest gap first on a map.</summary>
    public override ImmutableArray<Item> Items(RulesContext context, ExerciseState state) =>
        [.. ((PairedTally)Tally(context, state)).Judged.Select(line => line.Item)];

    /// <inheritdoc/>
    protected override IEnumerable<Measure> Measures(RulesContext context, PairedScaleSettings settings, AnswerState<PairedAnswer> state) =>
        from given in state.InStableOrder
        from scores in given.Answer.Scores
        from number in Numbers(settings, scores.Value)
        select new Measure(given.Author, settings.Measure, number.Number.Id, scores.Key, number.Value);

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, PairedScaleSettings settings, AnswerState<PairedAnswer> state) =>
        from given in state.InStableOrder
        from item in settings.Items
        where given.Answer.Scores.ContainsKey(item.Id)
        from number in Numbers(settings, given.Answer.Scores[item.Id])
        select new ExportRow(given.Author, number.Number.Label, item.Label, number.Value.ToString(CultureInfo.InvariantCulture));

    private static int? Read(PairedNumber number, Item item, FieldReader reader)
    {
        var field = FieldOf(number, item);
        var value = reader.Whole(field, number.Min, number.Max);
        if (value is { } given && (given - number.Min) % number.Step != 0)
            reader.Refuse("step", field, number.Step.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    private static IEnumerable<(PairedNumber Number, int Value)> Numbers(PairedScaleSettings settings, PairedScores scores) =>
        [(settings.First, scores.First), (settings.Second, scores.Second)];
}
