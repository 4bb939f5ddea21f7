using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.Reframe;

/// <summary>A box to write in, or to tick.</summary>
public sealed record ReframeBox(string Label, string Hint = "");

/// <param name="Thought">The box for the thought that keeps coming back.</param>
/// <param name="Reframe">The box for the truer one.</param>
/// <param name="Share">The box to tick if the room may have it.</param>
/// <param name="Steps">What to go through between the two; a reminder.</param>
public sealed record ReframeSettings(ReframeBox Thought, ReframeBox Reframe, ReframeBox Share, ImmutableArray<Item> Steps = default, int MaxEntries = 3)
{
    public const int MostEntries = 5;

    /// <summary>From 1.</summary>
    [JsonIgnore]
    public IEnumerable<int> Numbers => Enumerable.Range(1, MaxEntries);
}

/// <summary>What is stored: what somebody shares, or what the facilitator does with it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ReframeAnswer), "answer")]
[JsonDerivedType(typeof(ReframeSpotlight), "spotlight")]
[JsonDerivedType(typeof(ReframeHide), "hide")]
public abstract record ReframeInput;

/// <param name="Shared">Empty if somebody is done and keeps everything: then that is all that is known.</param>
public sealed record ReframeAnswer(ImmutableArray<ReframeShared> Shared) : ReframeInput;

/// <param name="Number">Which of the author's entries it is, from 1.</param>
public sealed record ReframeShared(int Number, string Thought, string Reframe);

/// <param name="Entry">The one entry on the room display, or null for none.</param>
public sealed record ReframeSpotlight(string? Entry) : ReframeInput;

public sealed record ReframeHide(string Entry, bool On) : ReframeInput;

/// <param name="Id">Random, and the same for as long as the entry is shared, whatever its words.</param>
/// <param name="Key">Of the answer that first shared it.</param>
public sealed record ReframeEntry(string Id, EntryKey Key, ReframeShared Words);

/// <param name="Shared">By author, also of those who keep everything.</param>
/// <param name="Hidden">
/// What the facilitator took off, by author and number: other words in the same place, or the same words shared once more, stay off until
/// the facilitator has read them.
/// </param>
public sealed record ReframeState(
    ImmutableDictionary<AuthorKey, ImmutableArray<ReframeEntry>> Shared,
    ImmutableHashSet<(AuthorKey Author, int Number)> Hidden,
    string? Spotlight) : ExerciseState
{
    public static ReframeState Empty { get; } = new(ImmutableDictionary<AuthorKey, ImmutableArray<ReframeEntry>>.Empty, [], null);

    /// <inheritdoc/>
    public override int Respondents => Shared.Count;

    /// <summary>The entry and whose it is, or null if it is not shared (any more).</summary>
    public (AuthorKey Author, ReframeEntry Entry)? Find(string id)
    {
        foreach (var (author, entries) in Shared)
        {
            foreach (var entry in entries)
            {
                if (entry.Id == id)
                    return (author, entry);
            }
        }

        return null;
    }
}

/// <summary>An entry as views show it: without its author, whatever the label of the activity.</summary>
public sealed record ReframeLine(string Id, string Thought, string Reframe);

/// <param name="Lines">In random order, the same everywhere.</param>
/// <param name="Hidden">What the facilitator took off.</param>
public sealed record ReframeTally(int Respondents, ImmutableArray<ReframeLine> Lines, ImmutableArray<ReframeLine> Hidden, ReframeLine? Spotlight);

/// <summary>
/// A thought and its reframe, in private. What is not shared is not stored: not even read. The phone's script does not send it either
/// (see <c>reframe.phone.ts</c>), and keeps it as the draft that it is.
/// </summary>
public sealed class ReframeRules : ExerciseRules<ReframeSettings, ReframeInput, ReframeState, ReframeTally>
{
    public const int MaxLength = 280;

    private const int MaxIdLength = 40;

    /// <inheritdoc/>
    public override string Type => "reframe";

    public static string ThoughtOf(int number) => $"thought-{number}";

    public static string ReframeOf(int number) => $"reframe-{number}";

    public static string ShareOf(int number) => $"share-{number}";

    /// <inheritdoc/>
    public override bool HasAnswered(RulesContext context, ExerciseState state, AuthorKey author) => ((ReframeState)state).Shared.ContainsKey(author);

    /// <inheritdoc/>
    protected override void Check(ReframeSettings settings, SettingsCheck check)
    {
        foreach (var (box, name) in new[] { (settings.Thought, "thought"), (settings.Reframe, "reframe"), (settings.Share, "share") })
            check.That(!string.IsNullOrWhiteSpace(box?.Label), $"“{name}” needs a label.");
        check.That(settings.MaxEntries is >= 1 and <= ReframeSettings.MostEntries, $"“maxEntries” is from 1 to {ReframeSettings.MostEntries}.");
        if (!settings.Steps.IsDefaultOrEmpty)
            check.Items("steps", settings.Steps, max: 8);
    }

    /// <inheritdoc/>
    protected override ReframeState Start(ReframeSettings settings) => ReframeState.Empty;

    /// <inheritdoc/>
    protected override ReframeInput? Read(ReframeSettings settings, ReframeState state, AuthorKey author, FieldReader reader)
    {
        switch (author.IsFacilitator, reader.Fields.First("do"))
        {
            case (false, "answer"):
                // Only ticked entries are read; the words of the others end here.
                return new ReframeAnswer([.. settings.Numbers.Where(n => reader.Ticked(ShareOf(n))).Select(n =>
                    new ReframeShared(n, reader.Text(ThoughtOf(n), MaxLength, required: true), reader.Text(ReframeOf(n), MaxLength, required: true)))]);
            case (true, "spotlight"):
                return new ReframeSpotlight(reader.Text("entry", MaxIdLength, required: true));
            case (true, "unspotlight"):
                return new ReframeSpotlight(null);
            case (true, "hide" or "unhide"):
                return new ReframeHide(reader.Text("entry", MaxIdLength, required: true), reader.Fields.First("do") == "hide");
            default:
                reader.Refuse("not-allowed");
                return null;
        }
    }

    /// <inheritdoc/>
    protected override ReframeState? Apply(ReframeSettings settings, ReframeState state, EntryKey key, AuthorKey author, ReframeInput input, FieldReader reader)
    {
        switch (input)
        {
            case ReframeAnswer answer:
                return Share(state, key, author, answer.Shared);
            case ReframeSpotlight { Entry: null }:
                return state with { Spotlight = null };
            case ReframeSpotlight { Entry: { } id }:
                return Listed(state, id, reader) ? state with { Spotlight = id } : null;
            case ReframeHide hide when state.Find(hide.Entry) is { } found:
                var place = (found.Author, found.Entry.Words.Number);
                return state with
                {
                    Hidden = hide.On ? state.Hidden.Add(place) : state.Hidden.Remove(place),
                    Spotlight = hide.On && state.Spotlight == hide.Entry ? null : state.Spotlight,
                };
            case ReframeHide:
                reader.Refuse("gone");
                return null;
            default:
                throw new InvalidOperationException($"Unknown input {input.GetType()}.");
        }
    }

    /// <inheritdoc/>
    protected override ReframeTally Tally(RulesContext context, ReframeSettings settings, ReframeState state)
    {
        var all = state.Shared
            .SelectMany(s => s.Value.Select(entry => (Line: new ReframeLine(entry.Id, entry.Words.Thought, entry.Words.Reframe), Hidden: state.Hidden.Contains((s.Key, entry.Words.Number)))))
            .OrderBy(e => e.Line.Id, StringComparer.Ordinal)
            .ToList();
        return new ReframeTally(
            state.Respondents,
            [.. all.Where(e => !e.Hidden).Select(e => e.Line)],
            [.. all.Where(e => e.Hidden).Select(e => e.Line)],
            all.Where(e => !e.Hidden && e.Line.Id == state.Spotlight).Select(e => e.Line).FirstOrDefault());
    }

    /// <inheritdoc/>
    protected override OwnAnswer Own(ReframeSettings settings, ReframeState state, AuthorKey author) =>
        state.Shared.TryGetValue(author, out var entries)
            ? OwnAnswer.Of(entries.SelectMany(e => new[] { (ThoughtOf(e.Words.Number), e.Words.Thought), (ReframeOf(e.Words.Number), e.Words.Reframe), (ShareOf(e.Words.Number), "on") }).Prepend(("_done", "yes")))
            : OwnAnswer.None;

    /// <summary>What is shared and not hidden, under an author of its own: it was shared without a name.</summary>
    protected override IEnumerable<ExportRow> Export(RulesContext context, ReframeSettings settings, ReframeState state)
    {
        foreach (var line in Tally(context, settings, state).Lines)
        {
            var nobody = new AuthorKey(AuthorKind.Slot, state.Find(line.Id)!.Value.Entry.Key.Value);
            yield return new ExportRow(nobody, "thought", settings.Thought.Label, line.Thought, IsWords: true);
            yield return new ExportRow(nobody, "reframe", settings.Reframe.Label, line.Reframe, IsWords: true);
        }
    }

    private static ReframeState Share(ReframeState state, EntryKey key, AuthorKey author, ImmutableArray<ReframeShared> shared)
    {
        var before = state.Shared.GetValueOrDefault(author, []);
        var after = shared.Select(words => before.FirstOrDefault(e => e.Words.Number == words.Number) is { } entry
            ? entry with { Words = words }
            : new ReframeEntry($"{key}-{words.Number.ToString(CultureInfo.InvariantCulture)}", key, words)).ToImmutableArray();
        // Words that the facilitator has not read do not take the place of those on the room display.
        var stays = state.Spotlight is not { } lit || before.All(e => e.Id != lit) || before.Any(e => e.Id == lit && after.Contains(e));
        return state with { Shared = state.Shared.SetItem(author, after), Spotlight = stays ? state.Spotlight : null };
    }

    private static bool Listed(ReframeState state, string id, FieldReader reader)
    {
        if (state.Find(id) is { } found && !state.Hidden.Contains((found.Author, found.Entry.Words.Number)))
            return true;
        reader.Refuse("gone");
        return false;
    }
}
