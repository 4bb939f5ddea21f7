using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Tests.Live;

/// <summary>Activities that a word may build on.</summary>
internal sealed record WordSettings(string? ListFrom = null, string? CompareWith = null);

internal sealed record WordAnswer(string Word);

internal sealed record WordTally(int Respondents, string Words);

/// <summary>The smallest exercise there can be, for tests of what carries exercises: one word per author, never longer than ten characters.</summary>
internal sealed class WordRules(string type = "word", bool staysEditable = false, bool startsTimer = false) : SingleAnswerRules<WordSettings, WordAnswer, WordTally>
{
    public override string Type => type;

    public override bool StaysEditable => staysEditable;

    public override bool StartsTimer => startsTimer;

    protected override void Check(WordSettings settings, SettingsCheck check)
    {
    }

    protected override WordAnswer? Read(WordSettings settings, FieldReader reader) =>
        reader.Text("word", 10, required: true) is { Length: > 0 } word ? new WordAnswer(word) : null;

    protected override IEnumerable<(string Name, string Value)> Write(WordSettings settings, WordAnswer answer) => [("word", answer.Word)];

    protected override WordTally Tally(RulesContext context, WordSettings settings, AnswerState<WordAnswer> state) =>
        new(state.Respondents, string.Join(' ', state.Answers.Values.Select(a => a.Answer.Word).Order(StringComparer.Ordinal)));

    protected override IEnumerable<Measure> Measures(RulesContext context, WordSettings settings, AnswerState<WordAnswer> state) =>
        state.InStableOrder.Select(given => new Measure(given.Author, "word.length", "", "", given.Answer.Word.Length));

    /// <summary>Every word, for another activity to go on with.</summary>
    public override ImmutableArray<Item> Items(RulesContext context, ExerciseState state) =>
        [.. ((AnswerState<WordAnswer>)state).Answers.Values.Select(a => a.Answer.Word).Order(StringComparer.Ordinal).Select(word => new Item(word, word))];

    protected override IEnumerable<ExportRow> Export(RulesContext context, WordSettings settings, AnswerState<WordAnswer> state) =>
        state.InStableOrder.Select(given => new ExportRow(given.Author, "", "", given.Answer.Word));
}
