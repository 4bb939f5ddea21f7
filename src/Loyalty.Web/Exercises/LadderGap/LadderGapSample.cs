using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.LadderGap;

internal sealed class LadderGapSample : ExerciseSample
{
    /// <inheritdoc/>
    public override string Settings => """{ "priorities": "what-matters-most", "grades": "grade-our-success" }""";

    /// <summary>Participants have nothing to give; a facilitator looks from another side.</summary>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        if (!author.IsFacilitator)
            return null;

        var settings = ExerciseSettings.Of<LadderGapSettings>(context.Activity);
        var perspectives = LadderInput.Ranks(context, settings.Priorities).Subjects;
        return LadderGapRules.Choose(perspective: perspectives.IsEmpty ? new Item("myself", "I") : perspectives[random.Next(perspectives.Length)]);
    }
}
