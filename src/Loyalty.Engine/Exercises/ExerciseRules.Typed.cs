using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Engine.Exercises;

/// <summary>Collects what is wrong with the settings of an activity.</summary>
public sealed class SettingsCheck
{
    private readonly List<string> problems = [];

    public ImmutableArray<string> Problems => [.. problems];

    /// <summary>Records a problem unless the condition holds.</summary>
    public SettingsCheck That(bool condition, string problem)
    {
        if (!condition)
            problems.Add(problem);
        return this;
    }

    /// <summary>A list of items: not empty, at most <paramref name="max"/>, each with an id of its own and a label.</summary>
    public SettingsCheck Items(string property, ImmutableArray<Item> items, int min = 1, int max = 20)
    {
        if (items.IsDefault || items.Length < min || items.Length > max)
            return That(false, $"“{property}” needs {min} to {max} entries.");
        // JSON can hold a null where the type says that there is none.
        if (!items.All(i => i is not null && !string.IsNullOrWhiteSpace(i.Id) && !string.IsNullOrWhiteSpace(i.Label)))
            return That(false, $"Every entry of “{property}” needs an id and a label.");
        return That(items.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count() == items.Length, $"Two entries of “{property}” have the same id.");
    }

    /// <summary>A name for measures, such as <c>ladder.grade</c>.</summary>
    public SettingsCheck MeasureName(string property, string name) =>
        That(name.Split('.') is [{ Length: > 0 }, { Length: > 0 }] && name.All(c => c is >= 'a' and <= 'z' or '-' or '.'), $"“{property}” has the form “what.which”, in lower case.");

    /// <summary>Items that are written down, or the activity that they are taken over from, or both; see <see cref="RulesContext.ItemsFrom"/>.</summary>
    /// <param name="max">The most that may be worked on; what the settings name as their own limit.</param>
    /// <param name="most">The highest limit that there may be.</param>
    public SettingsCheck ItemsOrSource(ImmutableArray<Item> items, string? itemsFrom, int max, int most)
    {
        That(max >= 1 && max <= most, $"“maxItems” is from 1 to {most}.");
        if (items.IsDefaultOrEmpty)
            return That(!string.IsNullOrWhiteSpace(itemsFrom), "Either “items” or “itemsFrom” is needed.");
        return Items("items", items, max: most);
    }
}

/// <summary>Rules with their types: what the settings are, what an input is, what it is kept as, what it adds up to.</summary>
/// <typeparam name="TSettings">Read from the activity's settings; immutable.</typeparam>
/// <typeparam name="TInput">A judged input, stored as JSON. With several kinds of input, a <see cref="JsonPolymorphicAttribute">polymorphic</see> base.</typeparam>
/// <typeparam name="TState">The fold of all inputs.</typeparam>
/// <typeparam name="TTally">What the views show.</typeparam>
public abstract class ExerciseRules<TSettings, TInput, TState, TTally> : ExerciseRules
    where TSettings : class
    where TInput : class
    where TState : ExerciseState
    where TTally : class
{
    protected static TSettings Settings(Activity activity) => ExerciseSettings.Of<TSettings>(activity);

    private TSettings Settings(RulesContext context) => Resolve(context, Settings(context.Activity));

    /// <inheritdoc/>
    public sealed override object SettingsOf(RulesContext context) => Settings(context);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> CheckSettings(JsonElement settings)
    {
        try
        {
            var parsed = ExerciseJson.Read<TSettings>(settings);
            var check = new SettingsCheck();
            Check(parsed, check);
            return check.Problems;
        }
        catch (JsonException e)
        {
            return [$"The settings of “{Type}” cannot be read: {e.Message}"];
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<ActivityId> Inputs(Activity activity) => SettingFields.Inputs<TSettings>(activity.Settings);

    /// <inheritdoc/>
    public sealed override ImmutableArray<SettingField> FieldsOf(JsonElement settings) => SettingFields.Of<TSettings>(settings);

    /// <inheritdoc/>
    public sealed override ExerciseState Start(Activity activity) => Start(Settings(activity));

    /// <inheritdoc/>
    public sealed override Verdict Accept(RulesContext context, ExerciseState state, EntryKey key, AuthorKey author, Fields fields)
    {
        var settings = Settings(context);
        var reader = new FieldReader(fields);
        var input = Read(context, settings, (TState)state, key, author, reader);
        if (input is null || !reader.Ok)
            return new Verdict.Refused(reader.Ok ? [new Refusal("not-understood")] : reader.Refusals);

        var next = Apply(settings, (TState)state, key, author, input, reader);
        return next is null || !reader.Ok
            ? new Verdict.Refused(reader.Ok ? [new Refusal("not-understood")] : reader.Refusals)
            : new Verdict.Accepted(JsonSerializer.Serialize(input, ExerciseJson.Options), next);
    }

    /// <inheritdoc/>
    public sealed override ExerciseState Replay(RulesContext context, ExerciseState state, EntryKey key, AuthorKey author, string json, int schemaVersion)
    {
        var input = Decode(json, schemaVersion);
        // An entry that was accepted once is accepted again: the state it meets is the state it met. Other activities may have changed
        // since, so that what is taken over from them plays no part.
        return Apply(Settings(context.Activity), (TState)state, key, author, input, new FieldReader(Fields.None))
            ?? throw new InvalidOperationException($"A stored entry of “{Type}” was refused when it was replayed: {key}.");
    }

    /// <inheritdoc/>
    public sealed override object Tally(RulesContext context, ExerciseState state) => Tally(context, Settings(context), (TState)state);

    /// <inheritdoc/>
    public sealed override ImmutableArray<Measure> Measures(RulesContext context, ExerciseState state) => [.. Measures(context, Settings(context), (TState)state)];

    /// <inheritdoc/>
    public sealed override OwnAnswer Own(RulesContext context, ExerciseState state, AuthorKey author) => Own(Settings(context), (TState)state, author);

    /// <inheritdoc/>
    public sealed override ImmutableArray<PhoneItem> PhoneItems(RulesContext context, ExerciseState state, Func<AuthorKey, string?> nameOf) =>
        PhoneItems(context, Settings(context), (TState)state, nameOf);

    /// <inheritdoc/>
    public sealed override IEnumerable<ExportRow> Export(RulesContext context, ExerciseState state) => Export(context, Settings(context), (TState)state);

    /// <summary>
    /// The settings with what they take over from another activity filled in, such as items from the posts of a board. Replaying never
    /// sees this: <c>Apply</c> must do with the settings as they are written.
    /// </summary>
    protected virtual TSettings Resolve(RulesContext context, TSettings settings) => settings;

    /// <summary>What is wrong with settings that could be parsed.</summary>
    protected abstract void Check(TSettings settings, SettingsCheck check);

    /// <summary>The state before anything was given.</summary>
    protected abstract TState Start(TSettings settings);

    /// <summary>Reads untrusted fields; null or a refusal in the reader means that it is not taken.</summary>
    protected abstract TInput? Read(TSettings settings, TState state, AuthorKey author, FieldReader reader);

    /// <summary>
    /// The same for types that must look further: at who is here, or at groups of another activity. What is decided by it must stand in the
    /// input, because replaying sees nothing but that; chance is seeded with the key and nothing else.
    /// </summary>
    protected virtual TInput? Read(RulesContext context, TSettings settings, TState state, EntryKey key, AuthorKey author, FieldReader reader) =>
        Read(settings, state, author, reader);

    /// <summary>The state after the input, or null with a refusal. Must not depend on the clock or on chance.</summary>
    protected abstract TState? Apply(TSettings settings, TState state, EntryKey key, AuthorKey author, TInput input, FieldReader reader);

    /// <summary>Reads what was stored under any schema version so far.</summary>
    protected virtual TInput Decode(string json, int schemaVersion) =>
        JsonSerializer.Deserialize<TInput>(json, ExerciseJson.Options) ?? throw new JsonException("An entry was null.");

    protected abstract TTally Tally(RulesContext context, TSettings settings, TState state);

    protected virtual IEnumerable<Measure> Measures(RulesContext context, TSettings settings, TState state) => [];

    protected abstract OwnAnswer Own(TSettings settings, TState state, AuthorKey author);

    protected virtual ImmutableArray<PhoneItem> PhoneItems(RulesContext context, TSettings settings, TState state, Func<AuthorKey, string?> nameOf) => [];

    protected abstract IEnumerable<ExportRow> Export(RulesContext context, TSettings settings, TState state);
}

/// <summary>Settings of activities, parsed once per activity instance.</summary>
public static class ExerciseSettings
{
    /// <summary>The settings of an activity as its type's record.</summary>
    /// <exception cref="JsonException">They are not valid.</exception>
    public static TSettings Of<TSettings>(Activity activity)
        where TSettings : class => Cache<TSettings>.Get(activity);

    private static class Cache<TSettings>
        where TSettings : class
    {
        // Keyed by reference: an edited activity is a new record, and a dropped one leaves with its key.
        private static readonly ConditionalWeakTable<Activity, TSettings> Parsed = [];

        public static TSettings Get(Activity activity) => Parsed.GetValue(activity, static a => ExerciseJson.Read<TSettings>(a.Settings));
    }
}

/// <summary>How settings and entries are written as JSON.</summary>
public static class ExerciseJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default,
    };

    /// <summary>Reads settings; an absent element reads as an empty object.</summary>
    /// <exception cref="JsonException">They do not fit the type.</exception>
    public static T Read<T>(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined
            ? JsonSerializer.Deserialize<T>("{}", Options)!
            : element.Deserialize<T>(Options) ?? throw new JsonException("Settings must be an object.");
}
