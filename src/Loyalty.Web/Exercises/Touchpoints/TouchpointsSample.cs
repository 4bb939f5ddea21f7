using System.Globalization;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Touchpoints;

internal sealed class TouchpointsSample : ExerciseSample
{
    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "items": [
            { "id": "find", "label": "They find us", "hint": "They look, compare, hear what others say." },
            { "id": "ask", "label": "They ask", "hint": "The first call, message or visit." },
            { "id": "decide", "label": "They decide", "hint": "An offer, a price, a signature." },
            { "id": "receive", "label": "They receive it", "hint": "Waiting, delivery, the first day." },
            { "id": "use", "label": "They use it", "hint": "Every day, when nobody of us is there." },
            { "id": "return", "label": "They need us again", "hint": "A question, a failure, the next time." }
          ],
          "min": -5, "max": 5, "lowLabel": "Heavy withdrawal", "highLabel": "Large deposit",
          "opening": 0,
          "frequency": [
            { "id": "always", "label": "Each time", "weight": 1.0 },
            { "id": "often", "label": "Often", "weight": 0.75 },
            { "id": "sometimes", "label": "Sometimes", "weight": 0.5 },
            { "id": "rarely", "label": "Rarely", "weight": 0.25 }
          ],
          "caution": "A balance is built from many deposits and can be lost in one withdrawal."
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var settings = (TouchpointsSettings)new TouchpointsRules().SettingsOf(context);
        if (author.IsFacilitator || ((AnswerState<TouchpointsAnswer>)state).Answers.ContainsKey(author) || settings.Items.IsEmpty)
            return null;

        var pairs = new List<(string, string)> { ("do", "answer") };
        foreach (var (i, item) in settings.Items.Index())
        {
            // Some points one cannot judge.
            if (i > 0 && random.NextDouble() < 0.1)
                continue;

            // Mostly small deposits; a few points in the middle take out, and one divides the room.
            var middle = (i % 6) switch { 2 => -1.6, 3 => -2.4, 5 => 0.4, _ => 2.2 };
            var width = i % 6 == 5 ? 8 : 4;
            var score = Math.Clamp((int)Math.Round(middle + (random.NextDouble() + random.NextDouble() - 1) * width / 2), settings.Min, settings.Max);
            pairs.Add((TouchpointsRules.ScoreOf(item), score.ToString(CultureInfo.InvariantCulture)));
            if (score != 0 || random.NextDouble() < 0.5)
                pairs.Add((TouchpointsRules.FrequencyOf(item), settings.Frequency[Math.Min(random.Next(settings.Frequency.Length), random.Next(settings.Frequency.Length))].Id));
        }

        return Fields.Of(pairs);
    }
}
