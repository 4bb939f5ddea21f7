using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.Scale;

internal sealed class ScaleSample : ExerciseSample
{
    private static readonly ImmutableArray<string> HighWhys =
    [
        "They ring us first, because they know that we ring back.",
        "Half of our new people come because a friend sent them.",
        "We sorted out the spring delivery on a Sunday, and they have not forgotten it.",
        "Ayşe knows every one of them by name.",
        "They bring us problems that are not even ours, because they trust us.",
        "When the server broke down we told them before they noticed.",
        "One of them thanked the driver by name in a letter.",
    ];

    private static readonly ImmutableArray<string> MiddleWhys =
    [
        "Nothing goes wrong, and nothing makes them talk about us either.",
        "Good work, but they compare our price every single time.",
        "They like us. They would like the next firm just as much.",
        "Solid. A bit slow to answer on Fridays.",
        "We do what it says in the contract, and not a centimetre more.",
        "Nobody complains. Nobody sends flowers either.",
        "They could not name one of us.",
        "The work is good; the invoice takes three attempts.",
    ];

    private static readonly ImmutableArray<string> LowWhys =
    [
        "Three forms for one change of address.",
        "They wait a week for an answer that takes us ten minutes.",
        "We changed the person they talk to twice this year and told nobody.",
        "They stay because changing is a nuisance, that is all.",
        "The last thing they heard from us was a reminder.",
        "Our hotline asks for the customer number three times.",
    ];

    private static readonly ImmutableArray<string> Thoughts =
    [
        "Playing the scene twice. I shall not forget the second round.",
        "That satisfied is not loyal, with our own numbers beside it.",
        "More time for the stories, please.",
        "The ladder. I can use it on Monday.",
        "Fewer slides before lunch.",
        "Talking to people from other departments.",
        "My plan with a date and somebody who will ask me about it.",
    ];

    /// <inheritdoc/>
    public override string Settings =>
        """
        {
          "items": [{ "id": "recommend", "label": "How likely would they be to recommend you?" }],
          "min": 0, "max": 10, "lowLabel": "Not at all likely", "highLabel": "Extremely likely",
          "nps": true, "why": "Why that number? One sentence."
        }
        """;

    /// <inheritdoc/>
    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var settings = ExerciseSettings.Of<ScaleSettings>(context.Activity);
        var scale = (ScaleState)state;
        if (author.IsFacilitator)
            return Spotlight(random, scale);
        if (scale.Answers.ContainsKey(author))
            return null;

        var pairs = new List<(string, string)> { ("do", "answer") };
        var share = 0.0;
        foreach (var item in settings.Items)
        {
            share = ShareOfScale(random, settings.Items.IndexOf(item));
            var score = settings.Min + (int)Math.Round(share * (settings.Max - settings.Min), MidpointRounding.AwayFromZero);
            pairs.Add((ScaleRules.FieldOf(item), score.ToString(CultureInfo.InvariantCulture)));
        }

        // Two people do not write the same sentence.
        var said = scale.Answers.Values.Select(g => g.Answer.Why).ToHashSet();
        var whys = (share > 0.85 ? HighWhys : share > 0.62 ? MiddleWhys : LowWhys).Where(w => !said.Contains(w)).ToList();
        if (settings.Why is not null && whys.Count > 0 && random.NextDouble() < 0.6)
            pairs.Add(("why", whys[random.Next(whys.Count)]));
        pairs.AddRange(settings.Questions.Where(_ => random.NextDouble() < 0.7).Select(q => (ScaleRules.FieldOfQuestion(q), Thoughts[random.Next(Thoughts.Length)])));
        return Fields.Of(pairs);
    }

    // Rooms are kind to themselves: most scores lie about three quarters up, with a tail towards the low end.
    private static double ShareOfScale(Random random, int item)
    {
        var middle = 0.78 - item * 0.11 % 0.4;
        var around = (random.NextDouble() + random.NextDouble() + random.NextDouble()) / 3 - 0.5;
        var tail = random.NextDouble() < 0.15 ? 0.3 * random.NextDouble() : 0;
        return Math.Clamp(middle + around * 0.8 - tail, 0, 1);
    }

    private static Fields? Spotlight(Random random, ScaleState state)
    {
        var whys = state.InStableOrder.Where(g => g.Answer.Why is not null).Select(g => g.Key).ToList();
        return whys.Count == 0 ? null : Fields.Of(("do", "spotlight"), ("why", whys[random.Next(whys.Count)].ToString()));
    }
}
