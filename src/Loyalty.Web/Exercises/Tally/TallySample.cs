using System.Globalization;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Tally;

internal sealed class TallySample : ExerciseSample
{
    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "questions": [{ "id": "received", "label": "Messages that I received" }, { "id": "given", "label": "Messages that I gave" }],
          "affirming": { "label": "Affirming", "hint": "Thanks, praise, credit, interest: somebody was glad of you." },
          "corrective": { "label": "Corrective", "hint": "Criticism, a correction: fair or unfair." },
          "target": 5,
          "caution": "Five to one is a rule of thumb and no law of nature. The exact 'Losada ratio' mathematics behind it was withdrawn."
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var settings = ExerciseSettings.Of<TallySettings>(context.Activity);
        if (author.IsFacilitator || ((AnswerState<TallyAnswer>)state).Answers.ContainsKey(author))
            return null;

        var pairs = new List<(string, string)> { ("do", "answer") };
        foreach (var question in settings.Questions)
        {
            // People remember giving more praise than others remember getting.
            var generous = settings.Questions.IndexOf(question) > 0;
            var affirming = (int)(random.NextDouble() * random.NextDouble() * (generous ? 24 : 14));
            var corrective = (int)(random.NextDouble() * random.NextDouble() * 9);
            pairs.Add((TallyRules.FieldOf(question, TallyRules.Affirming), affirming.ToString(CultureInfo.InvariantCulture)));
            pairs.Add((TallyRules.FieldOf(question, TallyRules.Corrective), corrective.ToString(CultureInfo.InvariantCulture)));
        }

        return Fields.Of(pairs);
    }
}
