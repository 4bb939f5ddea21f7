using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Teach;

internal sealed class TeachSample : ExerciseSample
{
    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "headline": "Satisfied and loyal are two different things",
          "points": ["Promoters feel glad they chose us, and say so.", "Customers could leave tomorrow.", "Detractors feel let down.", "A fair deal alone gives nobody a reason to stay."],
          "figures": [{ "value": "97%", "text": "of customers who call themselves loyal stay", "source": "Harvard Business Review survey" }],
          "motif": "kinds",
          "kinds": [{ "id": "promoter", "label": "Promoter" }, { "id": "customer", "label": "Customer" }, { "id": "detractor", "label": "Detractor" }],
          "stepwise": true
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author) =>
        author.IsFacilitator ? new TeachRules().Step(context, state, forward: true) : null;
}
