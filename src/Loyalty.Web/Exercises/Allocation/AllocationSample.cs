using System.Globalization;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Allocation;

internal sealed class AllocationSample : ExerciseSample
{
    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "total": 10,
          "unit": "customers",
          "parts": [
            { "id": "promoter", "label": "Promoter", "hint": "Emotionally satisfied: glad to have chosen us, and says so." },
            { "id": "customer", "label": "Customer", "hint": "Rationally satisfied: it worked, the price was fair, and that is all." },
            { "id": "detractor", "label": "Detractor", "hint": "Emotionally dissatisfied: feels let down, and tells others." }
          ],
          "compareWith": "likelihood-to-recommend"
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var settings = ExerciseSettings.Of<AllocationSettings>(context.Activity);
        if (author.IsFacilitator || ((AnswerState<AllocationAnswer>)state).Answers.ContainsKey(author))
            return null;

        // Most units go to the middle, fewest to the last: a room thinks well of itself, but not that well.
        var units = new int[settings.Parts.Length];
        for (var unit = 0; unit < settings.Total; unit++)
        {
            var chance = random.NextDouble();
            units[chance < 0.32 ? 0 : chance < 0.82 ? Math.Min(1, units.Length - 1) : random.Next(Math.Min(2, units.Length - 1), units.Length)]++;
        }

        return Fields.Of(settings.Parts
            .Select((part, i) => (AllocationRules.FieldOf(part), units[i].ToString(CultureInfo.InvariantCulture)))
            .Prepend(("do", "answer")));
    }
}
