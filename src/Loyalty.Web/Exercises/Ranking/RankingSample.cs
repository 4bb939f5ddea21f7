using System.Globalization;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Ranking;

internal sealed class RankingSample : ExerciseSample
{
    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "items": [
            { "id": "procedural-efficiency", "label": "Procedural Efficiency", "hint": "Quick and simple, with no hoops to jump through." },
            { "id": "technical-excellence", "label": "Technical Excellence", "hint": "Skilled people who give you the right answer first time." },
            { "id": "professional-courtesy", "label": "Professional Courtesy", "hint": "You are treated with respect, and promises are kept." },
            { "id": "product-innovation", "label": "Product Innovation", "hint": "What you are offered gets better, sometimes before you ask." },
            { "id": "personal-connection", "label": "Personal Connection", "hint": "They know who you are, and you matter to them." }
          ],
          "perspectives": [
            { "id": "senior-leadership", "label": "Senior Leadership", "hint": "The order that their decisions point to." },
            { "id": "supervisor", "label": "My supervisor", "hint": "The order you would guess from what you are asked about." },
            { "id": "myself", "label": "I", "hint": "The order you would choose for your own customers." }
          ],
          "measure": "ladder.priority"
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var answers = (AnswerState<RankingAnswer>)state;
        if (author.IsFacilitator || answers.Answers.ContainsKey(author))
            return null;

        var settings = ExerciseSettings.Of<RankingSettings>(context.Activity);
        var pairs = new List<(string, string)> { ("do", "answer") };
        for (var p = 0; p < settings.Perspectives.Length; p++)
        {
            // Some cannot say what others would put first; everybody can say it for themselves, which comes last.
            if (p < settings.Perspectives.Length - 1 && random.NextDouble() < 0.08)
                continue;
            var order = settings.Items.OrderBy(item => Liking(settings, p, settings.Items.IndexOf(item)) + Whim(random)).ToList();
            pairs.AddRange(order.Select((item, index) => (RankingRules.FieldOf(settings.Perspectives[p], item), (index + 1).ToString(CultureInfo.InvariantCulture))));
        }

        return Fields.Of(pairs);
    }

    // The first perspective is thought to climb from the bottom of the list, the last to care most for its top; those between lie between.
    private static double Liking(RankingSettings settings, int perspective, int item)
    {
        var height = item / (double)(settings.Items.Length - 1);
        var fromTop = settings.Perspectives.Length == 1 ? 1 : perspective / (double)(settings.Perspectives.Length - 1);
        return height * (1 - fromTop) + (1 - height) * fromTop + (item % 2 == 1 ? 0.15 : 0);
    }

    private static double Whim(Random random) => (random.NextDouble() + random.NextDouble()) * 0.45;
}
