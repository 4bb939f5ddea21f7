using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Printing;

/// <summary>
/// A whole document for paper. Its language is the culture it is rendered in. Write plain HTML inside: the headings
/// become the bookmarks, <c>print.css</c> knows headings, lists, tables, figures and the classes listed at its top.
/// </summary>
public sealed partial class PrintDocument : ComponentBase
{
    /// <summary>Becomes the PDF's title and stands at the foot of every page.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Style sheet of one kind of document. Written by us, never made of what people typed.</summary>
    [Parameter]
    public string? Styles { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private IStringLocalizer<PrintingText> Text { get; set; } = null!;

    private string Margins => $$"""
        @page {
          @bottom-left { content: {{Quoted(Title)}}; }
          @bottom-right { content: {{string.Join(' ', Slots().Split(Text["PageOf"]).Select(Counted))}}; }
        }
        """;

    private static string Counted(string part) => part switch
    {
        "{0}" => "counter(page)",
        "{1}" => "counter(pages)",
        _ => Quoted(part),
    };

    /// <summary>A CSS string that can neither end early nor close the style element, whatever is in it.</summary>
    private static string Quoted(string value)
    {
        var css = new StringBuilder("\"");
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value == ' ')
            {
                css.Append(rune);
            }
            else
            {
                css.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x} ");
            }
        }

        return css.Append('"').ToString();
    }

    [GeneratedRegex(@"(?<=\{[01]\})|(?=\{[01]\})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slots();
}
