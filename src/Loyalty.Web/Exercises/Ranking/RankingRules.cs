using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.Ranking;

/// <summary>Items that are put in order once per perspective.</summary>
/// <param name="Measure">The name that the ranks are measured under: subject = perspective, item = item, value = rank from 1, the most important.</param>
public sealed record RankingSettings(ImmutableArray<Item> Items, ImmutableArray<Item> Perspectives, string Measure = "ladder.priority")
{
    public const int MaxItems = 10;
    public const int MaxPerspectives = 4;
}

/// <summary>One author's order from one perspective.</summary>
/// <param name="Order">Item ids, the most important first.</param>
public sealed record RankedPerspective(string Perspective, ImmutableArray<string> Order);

/// <summary>One author's orders. A perspective that the author left out is not among them.</summary>
public sealed record RankingAnswer(ImmutableArray<RankedPerspective> Rankings);

/// <summary>
/// Everybody puts the same items in order, once per perspective. A perspective may be left out, because somebody new may well have
/// no idea what senior leadership would say, and a guess would only blur the ladder; but what is ranked is ranked in full.
/// </summary>
public sealed class RankingRules : SingleAnswerRules<RankingSettings, RankingAnswer, RankingTally>
{
    /// <inheritdoc/>
    public override string Type => "ranking";

    /// <summary>The form field that holds the place of an item.</summary>
    public static string FieldOf(Item perspective, Item item) => $"{perspective.Id}.{item.Id}";

    /// <inheritdoc/>
    protected override void Check(RankingSettings settings, SettingsCheck check) => check
        .Items("items", settings.Items, min: 2, max: RankingSettings.MaxItems)
        .Items("perspectives", settings.Perspectives, max: RankingSettings.MaxPerspectives)
        .That(!string.IsNullOrWhiteSpace(settings.Measure), "“measure” needs a name.");

    /// <inheritdoc/>
    protected override RankingAnswer? Read(RankingSettings settings, FieldReader reader)
    {
        var rankings = ImmutableArray.CreateBuilder<RankedPerspective>();
        foreach (var perspective in settings.Perspectives)
        {
            if (ReadOrder(settings, perspective, reader) is { } order)
                rankings.Add(new RankedPerspective(perspective.Id, order));
        }

        if (rankings.Count == 0 && reader.Ok)
            reader.Refuse("nothing-ranked", settings.Perspectives[0].Id);
        return new RankingAnswer(rankings.ToImmutable());
    }

    // Null if the perspective was left out, or with a refusal. A refusal names the perspective, whose places stand or fall together.
    private static ImmutableArray<string>? ReadOrder(RankingSettings settings, Item perspective, FieldReader reader)
    {
        var refusals = reader.Refusals.Length;
        var places = settings.Items
            .Select(item => (Item: item, Place: reader.Whole(FieldOf(perspective, item), 1, settings.Items.Length)))
            .ToList();
        if (reader.Refusals.Length > refusals || places.TrueForAll(p => p.Place is null))
            return null;

        var placed = places.Where(p => p.Place is not null).ToList();
        var shared = placed.GroupBy(p => p.Place).Where(g => g.Count() > 1).MinBy(g => g.Key);
        if (shared is not null)
        {
            reader.Refuse("same-place", perspective.Id, perspective.Label, shared.Key!.Value.ToString(CultureInfo.CurrentCulture), Labels(shared.Select(p => p.Item)));
            return null;
        }

        if (placed.Count < places.Count)
        {
            reader.Refuse("not-placed", perspective.Id, perspective.Label, Labels(places.Where(p => p.Place is null).Select(p => p.Item)));
            return null;
        }

        return [.. placed.OrderBy(p => p.Place).Select(p => p.Item.Id)];
    }

    private static string Labels(IEnumerable<Item> items) => string.Join(", ", items.Select(i => i.Label));

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> Write(RankingSettings settings, RankingAnswer answer) =>
        from perspective in settings.Perspectives
        from ranking in answer.Rankings
        where ranking.Perspective == perspective.Id
        from item in settings.Items
        let index = ranking.Order.IndexOf(item.Id)
        where index >= 0
        select (FieldOf(perspective, item), (index + 1).ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    protected override RankingTally Tally(RulesContext context, RankingSettings settings, AnswerState<RankingAnswer> state) =>
        RankingTally.Of(settings, [.. state.Answers.Values.Select(g => g.Answer)], context.SmallestShown);

    /// <inheritdoc/>
    protected override IEnumerable<Measure> Measures(RulesContext context, RankingSettings settings, AnswerState<RankingAnswer> state) =>
        from given in state.InStableOrder
        from ranking in given.Answer.Rankings
        from ranked in ranking.Order.Select((item, index) => (Item: item, Rank: index + 1))
        select new Measure(given.Author, settings.Measure, ranking.Perspective, ranked.Item, ranked.Rank);

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, RankingSettings settings, AnswerState<RankingAnswer> state)
    {
        var labels = settings.Items.ToDictionary(i => i.Id, i => i.Label, StringComparer.Ordinal);
        var perspectives = settings.Perspectives.ToDictionary(p => p.Id, p => p.Label, StringComparer.Ordinal);
        return
            from given in state.InStableOrder
            from ranking in given.Answer.Rankings
            from ranked in ranking.Order.Select((item, index) => (Item: item, Rank: index + 1))
            select new ExportRow(given.Author, perspectives[ranking.Perspective], labels[ranked.Item], ranked.Rank.ToString(CultureInfo.InvariantCulture));
    }
}
