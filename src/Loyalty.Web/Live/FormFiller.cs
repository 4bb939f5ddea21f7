using System.Collections.Immutable;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Loyalty.Web.Live;

/// <summary>
/// Puts a participant's own values and errors into the form of the stage, for phones without the script. The fragment is
/// rendered once for everybody, so this is the one place where it becomes personal. It reads our own renderer's markup, not
/// HTML at large.
/// </summary>
internal static partial class FormFiller
{
    public static string Fill(string html, IReadOnlyDictionary<string, ImmutableArray<string>> values, ImmutableArray<FieldError> errors)
    {
        if (values.Count == 0 && errors.IsEmpty)
            return html;

        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        ImmutableArray<string>? selected = null;

        // The n-th text field of a name takes the n-th value.
        string? NextText(string name)
        {
            if (!values.TryGetValue(name, out var list))
                return null;
            var index = texts.GetValueOrDefault(name);
            texts[name] = index + 1;
            return index < list.Length ? list[index] : "";
        }

        return Tags().Replace(html, match =>
        {
            var tag = new Tag(match.Groups["name"].Value, match.Groups["attributes"].Value);
            var field = tag["name"];
            switch (tag.Name)
            {
                case "input" when field is not null && tag["type"] is "radio" or "checkbox":
                    return field is not null && values.TryGetValue(field, out var chosen) ? tag.Set("checked", chosen.Contains(tag["value"] ?? "on")).ToString() : match.Value;
                case "input" when field is not null && !field.StartsWith('_') && NextText(field) is { } value:
                    return tag.Set("value", value).ToString();
                case "textarea" when field is not null && NextText(field) is { } text:
                    // A line break right after the tag would be dropped by the browser; one more keeps the first.
                    return $"{tag}\n{HtmlEncoder.Default.Encode(text)}</textarea>";
                case "select":
                    selected = field is not null && values.TryGetValue(field, out var options) ? options : null;
                    return match.Value;
                case "option" when selected is { } wanted:
                    return tag.Set("selected", wanted.Contains(tag["value"] ?? "")).ToString();
                case "p" or "b" when tag["data-given"] is { } given:
                    return $"{tag}{HtmlEncoder.Default.Encode(string.Join(", ", values.GetValueOrDefault($"_{given}", [])))}</{tag.Name}>";
                case "p" when tag["data-error"] is { } name && errors.FirstOrDefault(e => e.Field == name) is { } error:
                    return $"{tag.Set("hidden", false)}{HtmlEncoder.Default.Encode(error.Sentence)}</p>";
                default:
                    return match.Value;
            }
        });
    }

    [GeneratedRegex("""<(?<name>input|select|option)(?<attributes>(?:\s+[^\s=>"'/]+(?:="[^"]*"|='[^']*')?)*)\s*/?>|<(?<name>textarea)(?<attributes>[^>]*)>[^<]*</textarea>|<(?<name>p|b)(?<attributes>(?=[^>]*\sdata-(?:error|given)=)[^>]*)>[^<]*</(?:p|b)>""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("""\s+(?<name>[^\s=>"'/]+)(?:="(?<value>[^"]*)"|='(?<value>[^']*)')?""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attributes();

    /// <summary>A start tag, its attributes in order.</summary>
    private sealed class Tag(string name, string attributes)
    {
        private readonly List<(string Name, string? Value)> attributes =
            [.. Attributes().Matches(attributes).Select(m => (m.Groups["name"].Value, m.Groups["value"].Success ? WebUtility.HtmlDecode(m.Groups["value"].Value) : null))];

        public string Name => name;

        public string? this[string attribute] => attributes.Find(a => a.Name == attribute).Value;

        public Tag Set(string attribute, string value)
        {
            attributes.RemoveAll(a => a.Name == attribute);
            attributes.Add((attribute, value));
            return this;
        }

        public Tag Set(string attribute, bool on)
        {
            attributes.RemoveAll(a => a.Name == attribute);
            if (on)
                attributes.Add((attribute, null));
            return this;
        }

        public override string ToString() =>
            $"<{name}{string.Concat(attributes.Select(a => a.Value is null ? $" {a.Name}" : $" {a.Name}=\"{HtmlEncoder.Default.Encode(a.Value)}\""))}>";
    }
}
