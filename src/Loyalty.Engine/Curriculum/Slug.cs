using System.Globalization;
using System.Text;

namespace Loyalty.Engine.Curriculum;

/// <summary>Ids made from what people call things: measures and answers are stored under them, and people never see them.</summary>
public static class Slug
{
    /// <summary>Whether this can be the id of an activity: lower-case letters, digits and single hyphens between them.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= ActivityId.MaxLength
        && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && id[0] != '-' && id[^1] != '-' && !id.Contains("--", StringComparison.Ordinal);

    /// <summary>An id that none of the others has.</summary>
    /// <param name="otherwise">What it is called if the words have no letter or digit of the Latin alphabet.</param>
    public static string Of(string words, IEnumerable<string> others, string otherwise)
    {
        var slug = Fold(words);
        if (slug.Length == 0)
            slug = otherwise;
        var taken = others.ToHashSet(StringComparer.Ordinal);
        if (!taken.Contains(slug))
            return slug;

        for (var number = 2; ; number++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var next = Cut(slug, ActivityId.MaxLength - ending.Length) + ending;
            if (!taken.Contains(next))
                return next;
        }
    }

    private static string Fold(string words)
    {
        var folded = new StringBuilder(words.Length);
        foreach (var rune in words.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark || rune.Value is '\'' or '’')
                continue;
            if (rune.IsAscii && Rune.IsLetterOrDigit(rune))
                folded.Append(char.ToLowerInvariant((char)rune.Value));
            else if (folded is { Length: > 0 } && folded[^1] != '-')
                folded.Append('-');
        }

        return Cut(folded.ToString(), ActivityId.MaxLength);
    }

    private static string Cut(string slug, int length) => (slug.Length > length ? slug[..length] : slug).TrimEnd('-');
}
