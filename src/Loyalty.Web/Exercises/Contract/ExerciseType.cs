using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Contract;

/// <summary>
/// An exercise type: its rules and how phone, console, room display and report show it. Found by the
/// <see cref="ExerciseCatalogue"/> because it exists; needs a public parameterless constructor.
/// </summary>
public abstract class ExerciseType
{
    public abstract ExerciseRules Rules { get; }

    /// <summary>The form on the phone. Rendered once per stage for everybody, so nothing personal may be in it.</summary>
    public abstract Type PhoneView { get; }

    /// <summary>Results and moderation on the console.</summary>
    public abstract Type ConsoleView { get; }

    /// <summary>What the room sees. Given results only when they are revealed.</summary>
    public abstract Type RoomView { get; }

    /// <summary>The type's part of a report, on paper and on the page.</summary>
    public abstract Type ReportView { get; }

    /// <summary>The marker class of the type's texts (<c>.resx</c> beside it). It holds <c>Name</c>, <c>Summary</c> and the type's own <c>Refusal.*</c> sentences.</summary>
    public abstract Type Texts { get; }

    /// <summary>Settings and answers that are typical of this type.</summary>
    public abstract ExerciseSample Sample { get; }

    public string Name => Rules.Type;
}

/// <summary>An exercise type whose views are known at compile time.</summary>
public abstract class ExerciseType<TRules, TPhone, TConsole, TRoom, TReport> : ExerciseType
    where TRules : ExerciseRules, new()
    where TPhone : IExerciseView
    where TConsole : IExerciseView
    where TRoom : IExerciseView
    where TReport : IExerciseView
{
    public sealed override ExerciseRules Rules { get; } = new TRules();
    public sealed override Type PhoneView => typeof(TPhone);
    public sealed override Type ConsoleView => typeof(TConsole);
    public sealed override Type RoomView => typeof(TRoom);
    public sealed override Type ReportView => typeof(TReport);
}

/// <summary>Typical use of a type: feeds the tests of the catalogue, the previews, and the simulated participants of a rehearsal.</summary>
public abstract class ExerciseSample
{
    /// <summary>Settings that the rules accept, as JSON.</summary>
    public abstract string Settings { get; }

    /// <summary>
    /// What a participant might do next, or null for nothing (more). A simulated participant calls this again and again while the
    /// exercise is open; the answers of many together should look like those of a plausible room, not like dice.
    /// </summary>
    /// <param name="random">The only source of chance.</param>
    /// <param name="context">The activity, with the settings that it really has.</param>
    /// <param name="state">What has been gathered, for example posts to vote for.</param>
    /// <param name="author">Whose input it will be.</param>
    public abstract Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author);
}

/// <summary>Every exercise type in this program, by name.</summary>
public sealed class ExerciseCatalogue
{
    private readonly ImmutableSortedDictionary<string, ExerciseType> byName;

    private ExerciseCatalogue(IEnumerable<ExerciseType> types) => byName = types.ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal);

    /// <summary>Finds all types of this assembly: a new type is a new folder and nothing else.</summary>
    public static ExerciseCatalogue Discover() => new(
        typeof(ExerciseCatalogue).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(ExerciseType)))
            .Select(t => (ExerciseType)Activator.CreateInstance(t)!));

    public IEnumerable<ExerciseType> All => byName.Values;

    public bool Knows(string name) => byName.ContainsKey(name);

    /// <exception cref="KeyNotFoundException">No such type.</exception>
    public ExerciseType Of(Activity activity) => Of(activity.Type);

    /// <exception cref="KeyNotFoundException">No such type.</exception>
    public ExerciseType Of(string type) => byName[type];
}
