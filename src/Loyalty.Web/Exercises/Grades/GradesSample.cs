using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Grades;

internal sealed class GradesSample : ExerciseSample
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
          "subjects": [
            { "id": "organisation", "label": "The organisation", "hint": "All of us together, as a customer meets us." },
            { "id": "department", "label": "My department", "hint": "The people you work with every day." },
            { "id": "myself", "label": "Myself", "hint": "You, in an ordinary week." }
          ],
          "measure": "ladder.grade"
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var answers = (AnswerState<GradesAnswer>)state;
        if (author.IsFacilitator || answers.Answers.ContainsKey(author))
            return null;

        var settings = ExerciseSettings.Of<GradesSettings>(context.Activity);
        var severity = (random.NextDouble() - 0.5) * 0.9; // some are strict, with themselves too
        var pairs = new List<(string, string)> { ("do", "answer") };
        for (var i = 0; i < settings.Items.Length; i++)
        {
            for (var s = 0; s < settings.Subjects.Length; s++)
            {
                if (random.NextDouble() < 0.02)
                    continue; // overlooked
                pairs.Add((GradesRules.FieldOf(settings.Subjects[s], settings.Items[i]), random.NextDouble() < 0.05 ? GradesRules.CantSay : Letter(random, i, s, severity)));
            }
        }

        if (settings.Action is not null && random.Next(3) > 0)
            pairs.Add(("action", "Greet people before they reach the desk."));
        return Fields.Of(pairs);
    }

    // Grades get kinder the closer the subject is to home, and poorer the higher the rung, but for an exception half-way.
    private static string Letter(Random random, int item, int subject, double severity)
    {
        var points = 3.2 - 0.28 * item + 0.3 * subject + (item == 2 ? 0.6 : 0) - severity + (random.NextDouble() + random.NextDouble() - 1) * 1.1;
        return GradeScale.Nearest(Math.Clamp(points, 0, GradeScale.MaxPoints)).Letter;
    }
}
