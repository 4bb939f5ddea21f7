using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;

namespace Loyalty.Tests.Live;

internal sealed record PartsInput(int Part, ImmutableArray<ParticipantId> Group);

internal sealed record PartsState(int Part, ImmutableArray<Grouping> Formed) : ExerciseState
{
    public override int Respondents => 0;
}

internal sealed record PartsTally(int Part);

/// <summary>What the facilitator leads through in parts. Each part puts everybody who is here into one group and has five minutes.</summary>
internal sealed class PartsRules(string type = "parts", bool takesAnswers = true) : ExerciseRules<WordSettings, PartsInput, PartsState, PartsTally>
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    /// <summary>The facilitator begins the next part.</summary>
    public static Fields Next { get; } = Fields.Of(("next", "on"));

    /// <summary>The facilitator does something within a part.</summary>
    public static Fields Remark { get; } = Fields.Of(("remark", "on"));

    public override string Type => type;

    public override bool TakesAnswers => takesAnswers;

    public override int PartOf(ExerciseState state) => ((PartsState)state).Part;

    public override TimeSpan? TimerAfter(RulesContext context, ExerciseState before, ExerciseState after) => PartOf(after) > PartOf(before) ? Length : null;

    public override ImmutableArray<Grouping> Groupings(ExerciseState state) => ((PartsState)state).Formed;

    protected override void Check(WordSettings settings, SettingsCheck check)
    {
    }

    protected override PartsState Start(WordSettings settings) => new(0, []);

    protected override PartsInput? Read(RulesContext context, WordSettings settings, PartsState state, EntryKey key, AuthorKey author, FieldReader reader) =>
        reader.Ticked("next") ? new PartsInput(state.Part + 1, [.. context.Workshop.People().Select(p => p.Id).Where(context.Workshop.IsHere)])
        : reader.Ticked("remark") ? new PartsInput(state.Part, [])
        : null;

    protected override PartsInput? Read(WordSettings settings, PartsState state, AuthorKey author, FieldReader reader) => null;

    protected override PartsState Apply(WordSettings settings, PartsState state, EntryKey key, AuthorKey author, PartsInput input, FieldReader reader) =>
        input.Part == state.Part ? state : new PartsState(input.Part, state.Formed.Add(new Grouping([input.Group], [])));

    protected override PartsTally Tally(RulesContext context, WordSettings settings, PartsState state) => new(state.Part);

    protected override OwnAnswer Own(WordSettings settings, PartsState state, AuthorKey author) => OwnAnswer.None;

    protected override IEnumerable<ExportRow> Export(RulesContext context, WordSettings settings, PartsState state) => [];
}
