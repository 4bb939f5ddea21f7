using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Break;

internal sealed class BreakSample : ExerciseSample
{
    /// <inheritdoc/>
    public override string Settings => """{ "message": "Stretch your legs. The report card is next." }""";

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author) => null;
}
