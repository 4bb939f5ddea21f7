using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Sort;

/// <summary>Everybody puts items into buckets; where the room agrees, and where it does not, is the result.</summary>
public sealed class SortRules : ExerciseRules<SortSettings, SortInput, SortState, SortTally>
{
    public const int MaxEvidenceLength = 200;

    private const int MaxIdLength = 80;

    /// <inheritdoc/>
    public override string Type => "sort";

    /// <summary>The form field for an item's bucket.</summary>
    public static string FieldOf(Item item) => $"bucket-{item.Id}";

    /// <summary>The form field for the evidence on an item.</summary>
    public static string EvidenceOf(Item item) => $"evidence-{item.Id}";

    /// <inheritdoc/>
    public override bool HasAnswered(RulesContext context, ExerciseState state, AuthorKey author) => ((SortState)state).Answers.ContainsKey(author);

    /// <summary>The items that a phone is dealt. The one after begins where this one ends, so that no item is dealt twice more often than another.</summary>
    public override OwnAnswer Given(RulesContext context, ExerciseState state, ParticipantId participant, AuthorKey? author = null)
    {
        var settings = (SortSettings)SettingsOf(context);
        if (!settings.IsDealt)
            return OwnAnswer.None;

        var people = context.Workshop.People();
        var seat = 0;
        while (seat < people.Length && people[seat].Id != participant)
            seat++;
        return OwnAnswer.Of(Enumerable.Range(0, settings.PerPhone).Select(i => ("_item", settings.Items[(int)(((long)seat * settings.PerPhone + i) % settings.Items.Length)].Id)));
    }

    /// <summary>What was confirmed; if nothing was, all that was sorted, the clearest first and what too few sorted last.</summary>
    public override ImmutableArray<Item> Items(RulesContext context, ExerciseState state) =>
        (SortTally)Tally(context, state) switch
        {
            { Confirmed.IsEmpty: false } tally => tally.Confirmed,
            var tally => [.. tally.ByClarity.Concat(tally.Lines.Where(line => line.IsTooFew)).Select(line => line.Item)],
        };

    /// <inheritdoc/>
    public override ImmutableArray<Item> Agreed(RulesContext context, ExerciseState state) => ((SortTally)Tally(context, state)).Confirmed;

    /// <inheritdoc/>
    protected override void Check(SortSettings settings, SettingsCheck check) => check
        .ItemsOrSource(settings.Items, settings.ItemsFrom, settings.MaxItems, SortSettings.MostItems)
        .Items("buckets", settings.Buckets, min: 2, max: SortSettings.MostBuckets)
        .That(settings.PerPhone is >= 0 and <= SortSettings.MostItems, $"“perPhone” is from 0 (all of them) to {SortSettings.MostItems}.")
        .That(settings.Evidence is null || !string.IsNullOrWhiteSpace(settings.Evidence.Label), "“evidence” needs a label.")
        .That(settings.Confirm is null || !string.IsNullOrWhiteSpace(settings.Confirm.Label), "“confirm” needs a label.")
        .That(settings.Confirm is null or { Max: >= 1 and <= SortSettings.MostItems }, $"In “confirm”, “max” is from 1 to {SortSettings.MostItems}.")
        .MeasureName("measure", settings.Measure);

    /// <inheritdoc/>
    protected override SortSettings Resolve(RulesContext context, SortSettings settings) =>
        settings with { Items = context.ItemsFrom(settings.ItemsFrom, settings.Items, settings.MaxItems) };

    /// <inheritdoc/>
    protected override SortState Start(SortSettings settings) => SortState.Empty;

    /// <inheritdoc/>
    protected override SortInput? Read(SortSettings settings, SortState state, AuthorKey author, FieldReader reader)
    {
        switch (author.IsFacilitator, reader.Fields.First("do"))
        {
            case (false, "answer") when !settings.Items.IsEmpty:
                return ReadAnswer(settings, reader);
            case (true, "confirm" or "unconfirm") when settings.Confirm is not null:
                // What was confirmed can be taken back even if it is no longer among the items.
                var on = reader.Fields.First("do") == "confirm";
                var item = on ? reader.OneOf("item", settings.Items.Select(i => i.Id), required: true) : reader.Text("item", MaxIdLength, required: true);
                return item is null ? null : new SortMark(item, on);
            default:
                reader.Refuse("not-allowed");
                return null;
        }
    }

    /// <inheritdoc/>
    protected override SortState? Apply(SortSettings settings, SortState state, EntryKey key, AuthorKey author, SortInput input, FieldReader reader)
    {
        switch (input)
        {
            case SortAnswer answer:
                return state with { Answers = state.Answers.SetItem(author, new Given<SortAnswer>(author, answer)) };
            case SortMark { On: false } off:
                return state with { Confirmed = state.Confirmed.Remove(off.Item) };
            case SortMark on when state.Confirmed.Contains(on.Item):
                return state;
            case SortMark on:
                if (state.Confirmed.Length >= settings.Confirm!.Max)
                {
                    reader.Refuse("confirmed-enough", null, settings.Confirm.Max.ToString(CultureInfo.InvariantCulture));
                    return null;
                }

                return state with { Confirmed = state.Confirmed.Add(on.Item) };
            default:
                throw new InvalidOperationException($"Unknown input {input.GetType()}.");
        }
    }

    /// <inheritdoc/>
    protected override SortTally Tally(RulesContext context, SortSettings settings, SortState state)
    {
        var weights = string.IsNullOrEmpty(settings.ItemsFrom)
            ? []
            : context.Workshop.MeasuresOf(new ActivityId(settings.ItemsFrom)).CountBy(m => m.Item, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var answers = state.InStableOrder.ToList();
        return new SortTally(
            state.Respondents,
            [.. settings.Items.Select(item => LineOf(settings, item, answers, weights.GetValueOrDefault(item.Id), context.SmallestShown))],
            [.. state.Confirmed.Select(id => settings.Items.FirstOrDefault(i => i.Id == id)).OfType<Item>()]);
    }

    /// <summary>
    /// One measure for each item that somebody sorted. As buckets: 1, with the bucket as subject. As a share: 1 for the first bucket and 0
    /// for the second, so that their mean is the share; none for the others.
    /// </summary>
    protected override IEnumerable<Measure> Measures(RulesContext context, SortSettings settings, SortState state)
    {
        foreach (var given in state.InStableOrder)
        {
            foreach (var (item, placed) in given.Answer.Placed)
            {
                if (settings.Picture == SortPicture.Buckets)
                    yield return new Measure(given.Author, settings.Measure, placed.Bucket, item, 1);
                else if (placed.Bucket == settings.Buckets[0].Id || placed.Bucket == settings.Buckets[1].Id)
                    yield return new Measure(given.Author, settings.Measure, "", item, placed.Bucket == settings.Buckets[0].Id ? 1 : 0);
            }
        }
    }

    /// <inheritdoc/>
    protected override OwnAnswer Own(SortSettings settings, SortState state, AuthorKey author) =>
        state.Answers.TryGetValue(author, out var given) ? OwnAnswer.Of(Write(settings, given.Answer)) : OwnAnswer.None;

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, SortSettings settings, SortState state)
    {
        foreach (var given in state.InStableOrder)
        {
            foreach (var item in settings.Items)
            {
                if (!given.Answer.Placed.TryGetValue(item.Id, out var placed))
                    continue;
                yield return new ExportRow(given.Author, "bucket", item.Label, settings.Buckets.FirstOrDefault(b => b.Id == placed.Bucket)?.Label ?? placed.Bucket);
                if (placed.Evidence is { } evidence)
                    yield return new ExportRow(given.Author, "evidence", item.Label, evidence, IsWords: true);
            }
        }
    }

    private static SortAnswer? ReadAnswer(SortSettings settings, FieldReader reader)
    {
        var placed = ImmutableSortedDictionary.CreateBuilder<string, SortPlaced>(StringComparer.Ordinal);
        foreach (var item in settings.Items)
        {
            var bucket = reader.OneOf(FieldOf(item), settings.Buckets.Select(b => b.Id));
            var evidence = settings.Evidence is null ? "" : reader.Text(EvidenceOf(item), MaxEvidenceLength);
            if (bucket is not null)
                placed[item.Id] = new SortPlaced(bucket, evidence.Length == 0 ? null : evidence);
            else if (reader.Ok && evidence.Length > 0)
                reader.Refuse("no-bucket", FieldOf(item));
        }

        if (reader.Ok && placed.Count == 0)
            reader.Refuse("nothing-sorted", FieldOf(settings.Items[0]));
        return new SortAnswer(placed.ToImmutable());
    }

    private static IEnumerable<(string Name, string Value)> Write(SortSettings settings, SortAnswer answer)
    {
        foreach (var item in settings.Items)
        {
            if (!answer.Placed.TryGetValue(item.Id, out var placed))
                continue;
            yield return (FieldOf(item), placed.Bucket);
            if (placed.Evidence is { } evidence)
                yield return (EvidenceOf(item), evidence);
        }
    }

    private static SortLine LineOf(SortSettings settings, Item item, List<Given<SortAnswer>> answers, int weight, int smallest)
    {
        var counts = new int[settings.Buckets.Length];
        var said = ImmutableArray.CreateBuilder<SortSaid>();
        foreach (var given in answers)
        {
            if (!given.Answer.Placed.TryGetValue(item.Id, out var placed))
                continue;
            // The buckets of an agenda cannot change once people have answered; an answer from elsewhere is not counted.
            var bucket = settings.Buckets.Select(b => b.Id).ToList().IndexOf(placed.Bucket);
            if (bucket < 0)
                continue;
            counts[bucket]++;
            if (placed.Evidence is { } evidence)
                said.Add(new SortSaid(given.Author, settings.Buckets[bucket], evidence));
        }

        var sorted = counts.Sum();
        if (sorted < smallest)
            return new SortLine(item, sorted, [.. new int[counts.Length]], [], [], weight);
        var most = counts.Max();
        return new SortLine(item, sorted, [.. counts], [.. settings.Buckets.Where((_, i) => most > 0 && counts[i] == most)], said.ToImmutable(), weight);
    }
}
