using System.Collections.Immutable;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Reframe;

internal sealed class ReframeSample : ExerciseSample
{
    private static readonly ImmutableArray<(string Thought, string Reframe)> Pairs =
    [
        ("Customers only ring to complain.", "Most calls are questions. Yesterday it was two complaints out of thirty."),
        ("Nobody notices what I do.", "Two people thanked me last week. I could tell a colleague when I notice what they do."),
        ("If I ask, they will think I am slow.", "One question now saves a second visit. People have thanked me for asking."),
        ("It is always me who has to stay late.", "It was me on Tuesday. I can say on Monday which evening I cannot."),
        ("They will never change the form.", "I have not shown anybody what it costs. I can count it for a week."),
        ("I am no good with angry people.", "The last one calmed down when I wrote down what he said. I know one thing that works."),
    ];

    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "thought": { "label": "The thought that keeps coming back", "hint": "In the words in which you think it." },
          "reframe": { "label": "Truer, and of more use", "hint": "Something that you can believe, and act on." },
          "steps": [
            { "id": "notice", "label": "Notice it" },
            { "id": "name", "label": "Name it" },
            { "id": "test", "label": "Test it against the facts" },
            { "id": "choose", "label": "Choose a truer, more useful one" },
            { "id": "act", "label": "Act on it" }
          ],
          "share": { "label": "Share this one with the room, without my name" },
          "maxEntries": 3
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var reframes = (ReframeState)state;
        if (author.IsFacilitator)
        {
            var lines = ((ReframeTally)new ReframeRules().Tally(context, state)).Lines;
            return lines.IsEmpty ? null : Fields.Of(("do", random.Next(6) == 0 ? "hide" : "spotlight"), ("entry", lines[random.Next(lines.Length)].Id));
        }

        if (reframes.Shared.ContainsKey(author))
            return null;

        // Most keep it for themselves, as they should feel free to.
        if (random.NextDouble() > 0.25)
            return Fields.Of(("do", "answer"));
        var (thought, reframe) = Pairs[random.Next(Pairs.Length)];
        return Fields.Of(("do", "answer"), (ReframeRules.ThoughtOf(1), thought), (ReframeRules.ReframeOf(1), reframe), (ReframeRules.ShareOf(1), "on"));
    }
}
