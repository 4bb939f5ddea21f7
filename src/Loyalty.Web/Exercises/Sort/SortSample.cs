using System.Collections.Immutable;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Sort;

internal sealed class SortSample : ExerciseSample
{
    private static readonly ImmutableArray<string> Evidence =
    [
        "She looked up before I had reached the desk.",
        "Twenty minutes, and nobody said a word.",
        "The mail came at four, as promised.",
        "He wrote the new date on a card and signed it.",
        "I was asked for the number three times.",
        "They rang two days later to ask if it worked.",
        "The bill had a line that nobody could explain.",
    ];

    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "items": [
            { "id": "names", "label": "They knew our names" },
            { "id": "listened", "label": "Somebody listened to the end" },
            { "id": "extra", "label": "One thing more than we had ordered" },
            { "id": "owned-up", "label": "They told us before we noticed" },
            { "id": "cheerful", "label": "Cheerful, even at seven in the morning" },
            { "id": "kept-word", "label": "They did what they had said" }
          ],
          "buckets": [
            { "id": "attitude", "label": "Attitude", "hint": "Show that you want to help, and mean it." },
            { "id": "communication", "label": "Communication", "hint": "Ask and listen before you tell." },
            { "id": "performance", "label": "Performance", "hint": "Do something they will remember tomorrow." },
            { "id": "service-failures", "label": "Service failures", "hint": "Own what went wrong and put it right." }
          ],
          "evidence": { "label": "What did you see or hear?", "hint": "What happened. No names of people." },
          "cloud": true,
          "confirm": { "label": "Our factors of loyalty", "max": 3 }
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var rules = new SortRules();
        var settings = (SortSettings)rules.SettingsOf(context);
        var sort = (SortState)state;
        if (settings.Items.IsEmpty)
            return null;
        if (author.IsFacilitator)
            return Confirm(random, rules, context, sort, settings);
        if (sort.Answers.ContainsKey(author))
            return null;

        var dealt = author.Participant is { } person ? rules.Given(context, state, person) : OwnAnswer.None;
        var mine = dealt.IsEmpty ? settings.Items : [.. settings.Items.Where(i => dealt.Fields["_item"].Contains(i.Id))];
        var pairs = new List<(string, string)> { ("do", "answer") };
        foreach (var (i, item) in mine.Index())
        {
            // Something is left out now and then, but not everything.
            if (i > 0 && random.NextDouble() < 0.1)
                continue;
            // Most agree on most items.
            var place = settings.Items.IndexOf(item);
            var bucket = random.NextDouble() < 0.35 + place * 0.37 % 0.5 ? place % settings.Buckets.Length : random.Next(settings.Buckets.Length);
            pairs.Add((SortRules.FieldOf(item), settings.Buckets[bucket].Id));
            if (settings.Evidence is not null && random.NextDouble() < 0.3)
                pairs.Add((SortRules.EvidenceOf(item), Evidence[random.Next(Evidence.Length)]));
        }

        return Fields.Of(pairs);
    }

    private static Fields? Confirm(Random random, SortRules rules, RulesContext context, SortState state, SortSettings settings)
    {
        if (settings.Confirm is not { } confirm || state.Confirmed.Length >= confirm.Max)
            return null;
        var open = ((SortTally)rules.Tally(context, state)).ByClarity.Where(line => !state.Confirmed.Contains(line.Item.Id)).Take(3).ToList();
        return open.Count == 0 ? null : Fields.Of(("do", "confirm"), ("item", open[random.Next(open.Count)].Item.Id));
    }
}
