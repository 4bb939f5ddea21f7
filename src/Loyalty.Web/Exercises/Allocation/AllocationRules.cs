using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;
using Loyalty.Web.Ui;

namespace Loyalty.Web.Exercises.Allocation;

/// <param name="Total">What has to be shared out, all of it.</param>
/// <param name="Unit">What is shared out, in the plural, such as <c>customers</c>.</param>
/// <param name="CompareWith">The id of an activity with scores from 0 to 10 that the result is put beside, or null.</param>
public sealed record AllocationSettings(ImmutableArray<Item> Parts, int Total = 10, string Unit = "", string? CompareWith = null)
{
    /// <summary>More figures than this cannot be told apart from the back row.</summary>
    public const int MaxTotal = 20;
}

/// <param name="Units">By part id; together the total.</param>
public sealed record AllocationAnswer(ImmutableSortedDictionary<string, int> Units);

/// <param name="Mean">Units on average, unrounded.</param>
/// <param name="Figures">Whole units that come closest, together the total.</param>
public sealed record AllocationPart(Item Part, double Mean, int Figures);

/// <param name="Count">How many scores there are.</param>
/// <param name="Parts">The three groups as if they were parts of the total.</param>
public sealed record AllocationComparison(int Count, ImmutableArray<AllocationPart> Parts);

/// <param name="Parts">Empty without answers.</param>
/// <param name="Comparison">Null if there is nothing to compare with, or too little to be shown.</param>
public sealed record AllocationTally(int Respondents, ImmutableArray<AllocationPart> Parts, AllocationComparison? Comparison)
{
    // A part with no figure still has a name to be read.
    private const int MinWidth = 2;

    /// <summary>How wide each part is drawn, in figures, so that the parts of both rows stand below each other.</summary>
    public ImmutableArray<int> Widths { get; } =
        [.. Parts.Select((part, i) => Math.Max(MinWidth, Math.Max(part.Figures, Comparison is null ? 0 : Comparison.Parts[i].Figures)))];
}

/// <summary>Everybody shares out the same number of units over the same parts.</summary>
public sealed class AllocationRules : SingleAnswerRules<AllocationSettings, AllocationAnswer, AllocationTally>
{
    /// <inheritdoc/>
    public override string Type => "allocation";

    /// <summary>The form field of a part.</summary>
    public static string FieldOf(Item part) => $"part-{part.Id}";

    /// <inheritdoc/>
    protected override void Check(AllocationSettings settings, SettingsCheck check) =>
        check.Items("parts", settings.Parts, min: 2, max: 6)
            .That(settings.Total is >= 1 and <= AllocationSettings.MaxTotal, $"“total” is from 1 to {AllocationSettings.MaxTotal}.");

    /// <inheritdoc/>
    protected override AllocationAnswer? Read(AllocationSettings settings, FieldReader reader)
    {
        if (reader.Fields.First("do") != "answer")
            return null;

        var units = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var part in settings.Parts)
            units[part.Id] = reader.Whole(FieldOf(part), 0, settings.Total) ?? 0;

        var given = units.Values.Sum();
        if (reader.Ok && given != settings.Total)
        {
            var code = given < settings.Total ? "too-few" : "too-many";
            reader.Refuse(code, FieldOf(settings.Parts[0]), Number(settings.Total), Number(given), Number(Math.Abs(settings.Total - given)));
        }

        return new AllocationAnswer(units.ToImmutable());
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> Write(AllocationSettings settings, AllocationAnswer answer) =>
        settings.Parts.Select(part => (FieldOf(part), Number(answer.Units.GetValueOrDefault(part.Id))));

    /// <inheritdoc/>
    protected override AllocationTally Tally(RulesContext context, AllocationSettings settings, AnswerState<AllocationAnswer> state)
    {
        if (state.Respondents == 0)
            return new AllocationTally(0, [], null);

        // Whole numbers are added, so that the mean does not depend on the order.
        var means = settings.Parts.Select(part => (double)state.Answers.Values.Sum(g => g.Answer.Units.GetValueOrDefault(part.Id)) / state.Respondents).ToImmutableArray();
        return new AllocationTally(state.Respondents, PartsOf(settings, means), Compare(context, settings));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Measure> Measures(RulesContext context, AllocationSettings settings, AnswerState<AllocationAnswer> state) =>
        state.InStableOrder.SelectMany(given => settings.Parts.Select(part =>
            new Measure(given.Author, "allocation.share", "", part.Id, given.Answer.Units.GetValueOrDefault(part.Id))));

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, AllocationSettings settings, AnswerState<AllocationAnswer> state) =>
        state.InStableOrder.SelectMany(given => settings.Parts.Select(part =>
            new ExportRow(given.Author, settings.Unit, part.Label, Number(given.Answer.Units.GetValueOrDefault(part.Id)))));

    private static ImmutableArray<AllocationPart> PartsOf(AllocationSettings settings, ImmutableArray<double> means)
    {
        var figures = LargestRemainder.Share(settings.Total, means);
        return [.. settings.Parts.Select((part, i) => new AllocationPart(part, means[i], figures[i]))];
    }

    // Scores are another activity's answers: they obey the threshold even where this activity would be shown.
    private static AllocationComparison? Compare(RulesContext context, AllocationSettings settings)
    {
        if (settings.CompareWith is not { Length: > 0 } id || !settings.Parts.All(p => KindBadge.Knows(p.Id)))
            return null;

        var scores = context.Workshop.MeasuresOf(new ActivityId(id))
            .Where(m => m.Name == "nps.score" && m.Value is >= NetPromoterScore.Lowest and <= NetPromoterScore.Highest)
            .Select(m => (int)m.Value)
            .ToList();
        if (scores.Count == 0 || scores.Count < context.Threshold)
            return null;

        var nps = NetPromoterScore.Of(scores);
        var shares = settings.Parts.Select(part => settings.Total * nps.ShareOf(GroupOf(part.Id))!.Value).ToImmutableArray();
        return new AllocationComparison(nps.Count, PartsOf(settings, shares));
    }

    // Reichheld's passives are what the curriculum calls Customers.
    private static PromoterGroup GroupOf(string kind) => kind switch
    {
        KindBadge.Promoter => PromoterGroup.Promoter,
        KindBadge.Detractor => PromoterGroup.Detractor,
        _ => PromoterGroup.Passive,
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
