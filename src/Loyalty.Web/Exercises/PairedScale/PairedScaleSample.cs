using System.Globalization;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.PairedScale;

internal sealed class PairedScaleSample : ExerciseSample
{
    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "items": [
            { "id": "reliability", "label": "Reliability", "hint": "We do what we promised." },
            { "id": "assurance", "label": "Assurance", "hint": "We know our work, and people can trust us." },
            { "id": "tangibles", "label": "Tangibles", "hint": "What can be seen and touched is cared for." },
            { "id": "empathy", "label": "Empathy", "hint": "We see the person as well as the case." },
            { "id": "responsiveness", "label": "Responsiveness", "hint": "We help willingly, and soon." }
          ],
          "first": { "id": "importance", "label": "How important to our customers?", "min": 1, "max": 7, "lowLabel": "Not at all", "highLabel": "Nothing matters more" },
          "second": { "id": "performance", "label": "How well do we do?", "min": 1, "max": 7, "lowLabel": "Poorly", "highLabel": "Could not be better" },
          "picture": "map",
          "quadrants": [
            { "id": "repair", "label": "Work on this first", "first": "high", "second": "low" },
            { "id": "keep", "label": "Keep it up", "first": "high", "second": "high" },
            { "id": "leave", "label": "Can wait", "first": "low", "second": "low" },
            { "id": "too-much", "label": "More than is needed?", "first": "low", "second": "high" }
          ],
          "measure": "five-keys.score"
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var settings = (PairedScaleSettings)new PairedScaleRules().SettingsOf(context);
        if (author.IsFacilitator || ((AnswerState<PairedAnswer>)state).Answers.ContainsKey(author) || settings.Items.IsEmpty)
            return null;

        var pairs = new List<(string, string)> { ("do", "answer") };
        for (var i = 0; i < settings.Items.Length; i++)
        {
            // One is skipped now and then, but never all.
            if (i > 0 && random.NextDouble() < 0.06)
                continue;
            pairs.Add((PairedScaleRules.FieldOf(settings.First, settings.Items[i]), Score(random, settings.First, MiddleOf(settings, i, second: false))));
            pairs.Add((PairedScaleRules.FieldOf(settings.Second, settings.Items[i]), Score(random, settings.Second, MiddleOf(settings, i, second: true))));
        }

        return Fields.Of(pairs);
    }

    // On a map items lie in different places, so that there is something to say; a shift goes down from a high start.
    private static double MiddleOf(PairedScaleSettings settings, int item, bool second) => (settings.Picture, second) switch
    {
        (PairedPicture.Map, false) => 0.88 - item * 0.17 % 0.62,
        (PairedPicture.Map, true) => 0.3 + item * 0.27 % 0.58,
        (_, false) => 0.64,
        (_, true) => 0.42,
    };

    private static string Score(Random random, PairedNumber number, double middle)
    {
        var share = Math.Clamp(middle + (random.NextDouble() + random.NextDouble() - 1) * 0.3, 0, 1);
        var steps = (number.Max - number.Min) / number.Step;
        return (number.Min + number.Step * (int)Math.Round(share * steps)).ToString(CultureInfo.InvariantCulture);
    }
}
