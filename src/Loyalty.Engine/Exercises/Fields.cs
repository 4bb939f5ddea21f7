using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Loyalty.Engine.Exercises;

/// <summary>
/// What somebody sent, as a form: names to values, untrusted. The same shape comes from the hub, from a plain
/// post without script, from the console and from the outbox of a phone that was offline.
/// </summary>
public sealed class Fields
{
    /// <summary>The most fields in one input.</summary>
    public const int MaxCount = 120;

    /// <summary>The most characters in all names and values of one input.</summary>
    public const int MaxCharacters = 32_000;

    private readonly ImmutableDictionary<string, ImmutableArray<string>> values;

    private Fields(ImmutableDictionary<string, ImmutableArray<string>> values) => this.values = values;

    public static Fields None { get; } = new(ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    /// <summary>Field names in no particular order.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>Takes what was sent if it is within the bounds.</summary>
    /// <returns>False if there are more than <see cref="MaxCount"/> values or <see cref="MaxCharacters"/> characters.</returns>
    public static bool TryCreate(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> sent, out Fields fields)
    {
        var builder = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var count = 0;
        var characters = 0;
        foreach (var (name, list) in sent)
        {
            characters += name.Length;
            foreach (var value in list)
            {
                count++;
                characters += value?.Length ?? 0;
            }

            if (count > MaxCount || characters > MaxCharacters)
            {
                fields = None;
                return false;
            }

            builder[name] = [.. list.Select(v => v ?? "")];
        }

        fields = new Fields(builder.ToImmutable());
        return true;
    }

    /// <summary>Fields made by our own code, such as a button on the console.</summary>
    public static Fields Of(params IEnumerable<(string Name, string Value)> pairs)
    {
        var builder = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
            builder[name] = builder.TryGetValue(name, out var before) ? before.Add(value) : [value];
        return new Fields(builder.ToImmutable());
    }

    /// <summary>The first value of a field, or null.</summary>
    public string? First(string name) => values.TryGetValue(name, out var list) && list.Length > 0 ? list[0] : null;

    /// <summary>Every value of a field; empty if it was not sent.</summary>
    public ImmutableArray<string> All(string name) => values.TryGetValue(name, out var list) ? list : [];

    /// <summary>The same as pairs, for storing a draft or filling a form again.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> ToDictionary() => values;

    /// <summary>
    /// Text as it is kept: NFC, line ends as <c>\n</c>, no control characters, no characters that turn the direction
    /// of what stands around them (Unicode bidi controls), no lone surrogates, trimmed.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";

        // Most of what is written is plain, and thousands write at once.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text.Trim();

        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || IsBidiControl(rune.Value))
                continue;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control && rune.Value != '\n')
            {
                builder.Append(rune.Value == '\t' ? " " : "");
                continue;
            }

            builder.Append(rune.ToString());
        }

        return builder.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    // Unicode 16, UAX #9: the explicit directional marks, embeddings, overrides and isolates.
    private static bool IsBidiControl(int value) => value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}

/// <summary>Why an input was not taken.</summary>
/// <param name="Code">The name of the sentence that explains it: <c>Refusal.{Code}</c> in the texts.</param>
/// <param name="Field">The form field it concerns, or null for the whole input.</param>
/// <param name="Args">Numbers or labels for the sentence's placeholders.</param>
public sealed record Refusal(string Code, string? Field = null, params ImmutableArray<string> Args);

/// <summary>Reads untrusted <see cref="Fields"/> into typed values and collects what is wrong, field by field.</summary>
public sealed class FieldReader(Fields fields)
{
    private readonly List<Refusal> refusals = [];

    public Fields Fields => fields;

    public ImmutableArray<Refusal> Refusals => [.. refusals];

    public bool Ok => refusals.Count == 0;

    /// <summary>Cleaned text of at most <paramref name="maxLength"/> characters (UTF-16). Too long is refused, never cut.</summary>
    public string Text(string name, int maxLength, bool required = false)
    {
        var text = Fields.Clean(fields.First(name));
        if (text.Length > maxLength)
            Refuse("too-long", name, Number(maxLength), Number(text.Length));
        else if (required && text.Length == 0)
            Refuse("required", name);
        return text;
    }

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>; null if nothing was sent.</summary>
    public int? Whole(string name, int min, int max, bool required = false)
    {
        var text = fields.First(name)?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            if (required)
                Refuse("required", name);
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        Refuse("range", name, Number(min), Number(max));
        return null;
    }

    /// <summary>One of the allowed ids; null if nothing was sent.</summary>
    public string? OneOf(string name, IEnumerable<string> allowed, bool required = false)
    {
        var text = fields.First(name);
        if (string.IsNullOrEmpty(text))
        {
            if (required)
                Refuse("required", name);
            return null;
        }

        if (allowed.Contains(text, StringComparer.Ordinal))
            return text;
        Refuse("choice", name);
        return null;
    }

    /// <summary>A calendar date as <c>yyyy-MM-dd</c> between 2000 and 2199; null if nothing was sent.</summary>
    public DateOnly? Date(string name)
    {
        var text = fields.First(name);
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and < 2200)
            return date;
        Refuse("date", name);
        return null;
    }

    /// <summary>The key of an earlier entry, such as the post that an upvote is for.</summary>
    public EntryKey? Key(string name, bool required = true)
    {
        if (EntryKey.TryParse(fields.First(name), out var key))
            return key;
        if (required)
            Refuse("choice", name);
        return null;
    }

    /// <summary>A ticked box.</summary>
    public bool Ticked(string name) => fields.First(name) is "on" or "true" or "1";

    /// <summary>Refuses the input with a reason of the type's own.</summary>
    public void Refuse(string code, string? field = null, params ImmutableArray<string> args) => refusals.Add(new Refusal(code, field, args));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
