using System.Globalization;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Plans;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.ActionPlan;

/// <summary>A room at its action plans: first a draft, then one to three commitments and “I am done”, and a few who are still writing.</summary>
public sealed class ActionPlanSample : ExerciseSample
{
    private static readonly string[] Partners = ["Sam", "Priya", "Marta", "Ade", "Joan", "Dev", "Lena", ""];

    public override string Settings => """
        {
          "max": 5,
          "opportunities": [
            { "id": "attitude", "label": "Attitude", "hint": "Show that you want to help, and mean it." },
            { "id": "communication", "label": "Communication", "hint": "Ask and listen before you tell." },
            { "id": "performance", "label": "Performance", "hint": "Do something they will remember tomorrow." },
            { "id": "service-failures", "label": "Service failures", "hint": "Own what went wrong and put it right." }
          ],
          "rungs": [
            { "id": "procedural-efficiency", "label": "Procedural Efficiency" },
            { "id": "technical-excellence", "label": "Technical Excellence" },
            { "id": "professional-courtesy", "label": "Professional Courtesy" },
            { "id": "product-innovation", "label": "Product Innovation" },
            { "id": "personal-connection", "label": "Personal Connection" }
          ]
        }
        """;

    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var settings = ExerciseSettings.Of<ActionPlanSettings>(context.Activity);
        var plans = (AnswerState<PlanDocument>)state;
        var before = plans.Answers.GetValueOrDefault(author)?.Answer;
        if (before is { State: PlanState.Final } || (before is not null && random.Next(6) == 0))
            return null;

        var taken = plans.Answers.Values.SelectMany(given => given.Answer.Commitments).Select(c => c.What).ToHashSet(StringComparer.Ordinal);
        var free = ActionPlanSampleCommitments.All.Where(c => !taken.Contains(c.What)).ToArray();
        var from = free.Length > 0 ? free : [.. ActionPlanSampleCommitments.All];
        var chosen = random.GetItems(from, Math.Min(settings.Max, 1 + (random.Next(10) / 5))).DistinctBy(c => c.What).ToList();
        return Fields.Of([("do", before is null && random.Next(3) == 0 ? ActionPlanRules.Draft : ActionPlanRules.Final), .. chosen.SelectMany((c, i) => Write(random, settings, c, i + 1))]);
    }

    private static IEnumerable<(string Name, string Value)> Write(Random random, ActionPlanSettings settings, SampleCommitment sample, int number)
    {
        var c = ActionPlanRules.Prefix(number);
        yield return (c + "what", sample.What);
        yield return (c + "situation", sample.Situation);
        if (settings.Opportunities.Any(o => o.Id == sample.Opportunity))
            yield return (c + "opportunity", sample.Opportunity);
        if (random.Next(3) > 0 && settings.RungsOrNone.Any(r => r.Id == sample.Rung))
            yield return (c + "rung", sample.Rung);
        if (random.Next(8) > 0)
            yield return (c + "step", sample.FirstStep);
        // A fixed calendar: a sample must not depend on the day on which it is drawn.
        if (random.Next(6) > 0)
            yield return (c + "by", new DateOnly(2027, 1, 4).AddDays(7 * random.Next(1, 12)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (random.Next(2) == 0)
            yield return (c + "evidence", sample.Evidence);
        yield return (c + "partner", Partners[random.Next(Partners.Length)]);
        if (random.Next(3) == 0)
        {
            yield return (c + "expectation", "That I do it without being asked");
            yield return (c + "feedback", "My team lead, every other Friday");
            yield return (c + "consequence", "If I keep it I pass it on; if not I ask for help");
        }

        foreach (var day in settings.CheckInDaysOrUsual)
            yield return (c + "checkins", day.ToString(CultureInfo.InvariantCulture));
    }
}
