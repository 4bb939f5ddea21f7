using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Loyalty.Web.Exercises.Teach;

/// <summary>
/// A facilitator's own words with a little form: headings, lists, emphasis, links. HTML in them stays text, links lead to pages and
/// to mail only, and pictures, which would have to come from elsewhere, are their description.
/// </summary>
public static class TeachMarkdown
{
    /// <summary>A screen holds no more, in characters.</summary>
    public const int MaxLength = 2000;

    /// <summary>Below the screen's own headline.</summary>
    private const int TopLevel = 3;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto];

    /// <summary>HTML that is safe to show as it is.</summary>
    public static string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Min(heading.Level + TopLevel - 1, 6);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (!link.IsImage && IsHarmless(link.Url))
                OpenElsewhere(link);
            else
                link.ReplaceBy(new ContainerInline()); // which takes its words over
        }

        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (link.IsEmail || IsHarmless(link.Url))
                OpenElsewhere(link);
            else
                link.ReplaceBy(new LiteralInline(link.Url));
        }

        return document.ToHtml(Pipeline);
    }

    private static bool IsHarmless(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme, StringComparer.Ordinal);

    private static void OpenElsewhere(Inline link)
    {
        var attributes = link.GetAttributes();
        attributes.AddPropertyIfNotExist("target", "_blank");
        attributes.AddPropertyIfNotExist("rel", "noopener noreferrer");
    }
}
