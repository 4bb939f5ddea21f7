using Loyalty.Engine;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Break;

/// <param name="Message">One sentence, such as when to be back; may be empty.</param>
public sealed record BreakSettings(string Message = "");

/// <summary>Nothing is ever given.</summary>
public sealed record BreakInput;

public sealed record BreakState : ExerciseState
{
    /// <inheritdoc/>
    public override int Respondents => 0;
}

public sealed record BreakTally;

/// <summary>A pause. It takes nothing from anybody; its countdown is the stage's own, and begins with it.</summary>
public sealed class BreakRules : ExerciseRules<BreakSettings, BreakInput, BreakState, BreakTally>
{
    public const int MaxMessageLength = 200;

    /// <inheritdoc/>
    public override string Type => "break";

    /// <inheritdoc/>
    public override bool TakesAnswers => false;

    /// <inheritdoc/>
    public override bool StartsTimer => true;

    /// <inheritdoc/>
    protected override void Check(BreakSettings settings, SettingsCheck check) =>
        check.That(settings.Message.Length <= MaxMessageLength, $"“message” may have at most {MaxMessageLength} characters.");

    /// <inheritdoc/>
    protected override BreakState Start(BreakSettings settings) => new();

    /// <inheritdoc/>
    protected override BreakInput? Read(BreakSettings settings, BreakState state, AuthorKey author, FieldReader reader)
    {
        reader.Refuse("not-allowed");
        return null;
    }

    /// <inheritdoc/>
    protected override BreakState Apply(BreakSettings settings, BreakState state, EntryKey key, AuthorKey author, BreakInput input, FieldReader reader) => state;

    /// <inheritdoc/>
    protected override BreakTally Tally(RulesContext context, BreakSettings settings, BreakState state) => new();

    /// <inheritdoc/>
    protected override OwnAnswer Own(BreakSettings settings, BreakState state, AuthorKey author) => OwnAnswer.None;

    /// <inheritdoc/>
    protected override IEnumerable<ExportRow> Export(RulesContext context, BreakSettings settings, BreakState state) => [];
}
