using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Plans;

namespace Loyalty.Web.Exercises.ActionPlan;

/// <param name="Opportunities">What a commitment can be about.</param>
/// <param name="Rungs">The rungs of the ladder, which a commitment may name; may be empty.</param>
/// <param name="Max">Commitments in one plan.</param>
/// <param name="CheckInDays">Days after the workshop to check in on; <see cref="Commitment.CheckInDays"/> if there are none here.</param>
public sealed record ActionPlanSettings(
    ImmutableArray<Item> Opportunities, ImmutableArray<Item> Rungs = default, int Max = PlanDocument.MaxCommitments, ImmutableArray<int> CheckInDays = default)
{
    public ImmutableArray<int> CheckInDaysOrUsual => CheckInDays.IsDefaultOrEmpty ? Commitment.CheckInDays : CheckInDays;

    public ImmutableArray<Item> RungsOrNone => Rungs.IsDefault ? [] : Rungs;
}

/// <summary>Commitments that chose one item; the one with an empty id counts those that chose none.</summary>
/// <param name="Commitments">How many.</param>
/// <param name="People">Of how many different people.</param>
public sealed record PlanCount(Item Item, int Commitments, int People);

/// <summary>What the room's plans amount to. Never their words.</summary>
/// <param name="Plans">Plans with at least one commitment.</param>
/// <param name="Final">Those of them whose authors are done.</param>
/// <param name="Dated">Commitments with a date.</param>
/// <param name="Started">Commitments with a first step.</param>
/// <param name="Partnered">Commitments with an accountability partner.</param>
public sealed record ActionPlanTally(
    int Plans,
    int Final,
    int Commitments,
    int Dated,
    int Started,
    int Partnered,
    ImmutableArray<PlanCount> ByOpportunity,
    ImmutableArray<PlanCount> ByRung);

/// <summary>The personal action plan: one to five commitments, kept while they are written and open to change for good.</summary>
public sealed class ActionPlanRules : SingleAnswerRules<ActionPlanSettings, PlanDocument, ActionPlanTally>, IPlanSource
{
    public const string CommitmentsMeasure = "plan.commitments";
    public const string Draft = "draft";
    public const string Final = "final";

    public override string Type => "action-plan";

    /// <inheritdoc/>
    public override bool StaysEditable => true;

    /// <summary>2: with the parts of accountability. What was stored before reads as a plan that leaves them empty.</summary>
    public override int SchemaVersion => 2;

    /// <inheritdoc/>
    public IEnumerable<(AuthorKey Author, PlanDocument Plan)> Plans(ExerciseState state) =>
        ((AnswerState<PlanDocument>)state).InStableOrder.Select(given => (given.Author, given.Answer));

    /// <inheritdoc/>
    public (string Opportunity, string Rung) NamesOf(Activity activity, Commitment commitment)
    {
        var settings = ExerciseSettings.Of<ActionPlanSettings>(activity);
        return (Label(settings.Opportunities, commitment.Opportunity), Label(settings.RungsOrNone, commitment.Rung));
    }

    /// <inheritdoc/>
    public string? WithoutPartner(string json, int schemaVersion, string partner)
    {
        var plan = Decode(json, schemaVersion);
        return plan.Commitments.Any(IsNamed)
            ? JsonSerializer.Serialize(plan with { Commitments = [.. plan.Commitments.Select(c => IsNamed(c) ? c with { Partner = "" } : c)] }, ExerciseJson.Options)
            : null;

        bool IsNamed(Commitment commitment) => string.Equals(commitment.Partner, partner, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public Activity WithCheckInDays(Activity activity, ImmutableArray<int> days) => activity with
    {
        Settings = JsonSerializer.SerializeToElement(ExerciseSettings.Of<ActionPlanSettings>(activity) with { CheckInDays = days }, ExerciseJson.Options),
    };

    /// <summary>The label of an item, or nothing.</summary>
    internal static string Label(ImmutableArray<Item> items, string id) => items.FirstOrDefault(item => item.Id == id)?.Label ?? "";

    protected override void Check(ActionPlanSettings settings, SettingsCheck check) => check
        .Items("opportunities", settings.Opportunities, 1, 12)
        .That(settings.RungsOrNone.IsEmpty || settings.RungsOrNone.Length <= 12, "“rungs” may have at most 12 entries.")
        .That(
            settings.CheckInDays.IsDefault
                || (settings.CheckInDays.Length <= Commitment.MaxCheckIns
                    && settings.CheckInDays.All(day => day is >= 1 and <= Commitment.MaxCheckInDay)
                    && settings.CheckInDays.SequenceEqual(settings.CheckInDays.Distinct().Order())),
            $"“checkInDays” may have at most {Commitment.MaxCheckIns} rising numbers from 1 to {Commitment.MaxCheckInDay}.")
        .That(settings.Max is >= 1 and <= PlanDocument.MaxCommitments, $"“max” must be from 1 to {PlanDocument.MaxCommitments}.");

    protected override PlanDocument? Read(ActionPlanSettings settings, FieldReader reader)
    {
        // A button says which it is. Without one the form repeats what the plan was, so that going on writing does not undo “I am done”.
        var says = reader.Fields.First("do") is null or "answer" ? "state" : "do";
        var state = reader.OneOf(says, [Draft, Final]) == Final ? PlanState.Final : PlanState.Draft;

        // A draft is kept as it is, also with half a date in it; only “I am done” asks for more.
        var dates = state == PlanState.Final ? reader : new FieldReader(reader.Fields);
        var commitments = Enumerable.Range(1, settings.Max).Select(number => ReadOne(settings, reader, dates, number)).Where(HasContent).ToImmutableArray();
        if (state == PlanState.Final && commitments.All(c => c.What.Length == 0))
            reader.Refuse("no-commitment", "c1.what");
        return new PlanDocument(state, commitments);
    }

    private static Commitment ReadOne(ActionPlanSettings settings, FieldReader reader, FieldReader dates, int number)
    {
        var c = Prefix(number);
        return new Commitment(
            number,
            reader.OneOf(c + "opportunity", settings.Opportunities.Select(o => o.Id)) ?? "",
            reader.OneOf(c + "rung", settings.RungsOrNone.Select(r => r.Id)) ?? "",
            reader.Text(c + "what", Commitment.MaxWhat),
            reader.Text(c + "situation", Commitment.MaxDetail),
            reader.Text(c + "step", Commitment.MaxDetail),
            dates.Date(c + "by"),
            reader.Text(c + "evidence", Commitment.MaxDetail),
            reader.Text(c + "help", Commitment.MaxDetail),
            reader.Text(c + "partner", Commitment.MaxPartner),
            [.. settings.CheckInDaysOrUsual.Where(day => reader.Fields.All(c + "checkins").Contains(day.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal))],
            reader.Text(c + "expectation", Commitment.MaxDetail),
            reader.Text(c + "feedback", Commitment.MaxDetail),
            reader.Text(c + "consequence", Commitment.MaxDetail));
    }

    // Check-ins alone are what the form sends for a commitment that nobody has begun.
    private static bool HasContent(Commitment c) =>
        c.By is not null || c.Opportunity.Length + c.Rung.Length + c.What.Length + c.Situation.Length + c.FirstStep.Length + c.Evidence.Length + c.Help.Length + c.Partner.Length
        + c.Expectation.Length + c.Feedback.Length + c.Consequence.Length > 0;

    protected override IEnumerable<(string Name, string Value)> Write(ActionPlanSettings settings, PlanDocument answer)
    {
        yield return ("state", answer.State == PlanState.Final ? Final : Draft);
        foreach (var commitment in answer.Commitments)
        {
            var c = Prefix(commitment.Number);
            yield return (c + "opportunity", commitment.Opportunity);
            yield return (c + "rung", commitment.Rung);
            yield return (c + "what", commitment.What);
            yield return (c + "situation", commitment.Situation);
            yield return (c + "step", commitment.FirstStep);
            yield return (c + "by", commitment.By?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");
            yield return (c + "evidence", commitment.Evidence);
            yield return (c + "help", commitment.Help);
            yield return (c + "partner", commitment.Partner);
            yield return (c + "expectation", commitment.Expectation);
            yield return (c + "feedback", commitment.Feedback);
            yield return (c + "consequence", commitment.Consequence);
            // Named also when there are none: the form ticks all of them for a new commitment.
            if (commitment.CheckIns.IsEmpty)
                yield return (c + "checkins", "");
            foreach (var day in commitment.CheckIns)
                yield return (c + "checkins", day.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What the names of a commitment's fields begin with.</summary>
    internal static string Prefix(int number) => string.Create(CultureInfo.InvariantCulture, $"c{number}.");

    protected override ActionPlanTally Tally(RulesContext context, ActionPlanSettings settings, AnswerState<PlanDocument> state)
    {
        var plans = state.InStableOrder.Where(given => !given.Answer.Commitments.IsEmpty).ToImmutableArray();
        var all = plans.SelectMany(given => given.Answer.Commitments.Select(commitment => (given.Author, Commitment: commitment))).ToImmutableArray();
        return new ActionPlanTally(
            plans.Length,
            plans.Count(given => given.Answer.State == PlanState.Final),
            all.Length,
            all.Count(c => c.Commitment.By is not null),
            all.Count(c => c.Commitment.FirstStep.Length > 0),
            all.Count(c => c.Commitment.Partner.Length > 0),
            Count(settings.Opportunities, c => c.Opportunity),
            Count(settings.RungsOrNone, c => c.Rung));

        ImmutableArray<PlanCount> Count(ImmutableArray<Item> items, Func<Commitment, string> choice) => items.IsEmpty
            ? []
            : [.. items.Add(new Item("", "")).Select(item =>
            {
                var chosen = all.Where(c => choice(c.Commitment) == item.Id).ToList();
                return new PlanCount(item, chosen.Count, chosen.Select(c => c.Author).Distinct().Count());
            })];
    }

    /// <summary><c>plan.commitments</c>: 1 for each commitment, its subject the opportunity and its item the rung, either of them empty if not chosen.</summary>
    protected override IEnumerable<Measure> Measures(RulesContext context, ActionPlanSettings settings, AnswerState<PlanDocument> state) =>
        from given in state.InStableOrder
        from commitment in given.Answer.Commitments
        select new Measure(given.Author, CommitmentsMeasure, commitment.Opportunity, commitment.Rung, 1);

    protected override IEnumerable<ExportRow> Export(RulesContext context, ActionPlanSettings settings, AnswerState<PlanDocument> state)
    {
        foreach (var given in state.InStableOrder)
        {
            foreach (var commitment in given.Answer.Commitments)
            {
                var part = commitment.Number.ToString(CultureInfo.InvariantCulture);
                foreach (var (item, value) in Lines(commitment).Where(line => line.Value.Length > 0))
                    yield return new ExportRow(given.Author, part, item, value);
            }
        }
    }

    private static IEnumerable<(string Item, string Value)> Lines(Commitment c) =>
    [
        ("opportunity", c.Opportunity),
        ("rung", c.Rung),
        ("what", c.What),
        ("situation", c.Situation),
        ("first-step", c.FirstStep),
        ("by", c.By?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
        ("evidence", c.Evidence),
        ("help", c.Help),
        ("partner", c.Partner),
        ("expectation", c.Expectation),
        ("feedback", c.Feedback),
        ("consequence", c.Consequence),
        ("check-ins", string.Join(' ', c.CheckIns.Select(day => day.ToString(CultureInfo.InvariantCulture)))),
    ];
}
