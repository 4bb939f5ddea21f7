using System.Collections.Immutable;

namespace Loyalty.Engine.Exercises;

/// <summary>The latest answer of one author.</summary>
public sealed record Given<TAnswer>(AuthorKey Author, TAnswer Answer);

/// <summary>One answer per author; a new one replaces the one before.</summary>
public sealed record AnswerState<TAnswer>(ImmutableDictionary<AuthorKey, Given<TAnswer>> Answers) : ExerciseState
{
    public static AnswerState<TAnswer> Empty { get; } = new(ImmutableDictionary<AuthorKey, Given<TAnswer>>.Empty);

    /// <inheritdoc/>
    public override int Respondents => Answers.Count;

    /// <summary>
    /// Answers in an order that depends on the authors' random ids only, never on the order they came in:
    /// sums of floating-point numbers come out the same, and an anonymous list does not tell who was first.
    /// </summary>
    public IEnumerable<Given<TAnswer>> InStableOrder => Answers.Values.OrderBy(g => g.Author.Kind).ThenBy(g => g.Author.Id);
}

/// <summary>Base of exercises in which everybody gives one answer and may change it while the exercise is open.</summary>
public abstract class SingleAnswerRules<TSettings, TAnswer, TTally> : ExerciseRules<TSettings, TAnswer, AnswerState<TAnswer>, TTally>
    where TSettings : class
    where TAnswer : class
    where TTally : class
{
    protected sealed override AnswerState<TAnswer> Start(TSettings settings) => AnswerState<TAnswer>.Empty;

    protected sealed override TAnswer? Read(TSettings settings, AnswerState<TAnswer> state, AuthorKey author, FieldReader reader)
    {
        if (!author.IsFacilitator)
            return Read(settings, reader);
        reader.Refuse("not-allowed");
        return null;
    }

    protected sealed override AnswerState<TAnswer> Apply(TSettings settings, AnswerState<TAnswer> state, EntryKey key, AuthorKey author, TAnswer input, FieldReader reader) =>
        new(state.Answers.SetItem(author, new Given<TAnswer>(author, input)));

    protected sealed override OwnAnswer Own(TSettings settings, AnswerState<TAnswer> state, AuthorKey author) =>
        state.Answers.TryGetValue(author, out var given) ? OwnAnswer.Of(Write(settings, given.Answer)) : OwnAnswer.None;

    /// <inheritdoc/>
    public override bool HasAnswered(RulesContext context, ExerciseState state, AuthorKey author) => ((AnswerState<TAnswer>)state).Answers.ContainsKey(author);

    /// <summary>Reads the answer's fields; null or a refusal means that it is not taken.</summary>
    protected abstract TAnswer? Read(TSettings settings, FieldReader reader);

    /// <summary>The reverse of <see cref="Read(TSettings, FieldReader)"/>: what to fill the form with. Reading it gives the same answer.</summary>
    protected abstract IEnumerable<(string Name, string Value)> Write(TSettings settings, TAnswer answer);
}
