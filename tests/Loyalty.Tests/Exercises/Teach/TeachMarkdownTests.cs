using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Loyalty.Web.Exercises.Teach;

namespace Loyalty.Tests.Exercises.Teach;

public sealed partial class TeachMarkdownTests
{
    [Fact]
    public void Markdown_becomes_headings_lists_and_emphasis()
    {
        var html = TeachMarkdown.ToHtml("# Peaks\n\n- one **two**\n- *three*");

        Assert.Contains("<h3>Peaks</h3>", html, StringComparison.Ordinal);
        Assert.Contains("<li>one <strong>two</strong></li>", html, StringComparison.Ordinal);
        Assert.Contains("<em>three</em>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Link_to_a_page_opens_elsewhere() => Assert.Contains(
        "<a href=\"https://example.org/a\" target=\"_blank\" rel=\"noopener noreferrer\">words</a>", TeachMarkdown.ToHtml("[words](https://example.org/a)"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a <b onclick=alert(1)>b</b>")]
    [InlineData("[click](javascript:alert(1))")]
    [InlineData("[click](JaVaScRiPt:alert(1))")]
    [InlineData("[click]( java\nscript:alert(1))")]
    [InlineData("[click](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[click](vbscript:x)")]
    [InlineData("[click](/sign-out)")]
    [InlineData("[click][1]\n\n[1]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![words](https://example.org/spy.png)")]
    [InlineData("![words](x \"onload=alert(1)\")")]
    [InlineData("[a](https://example.org/\"onclick=\"alert(1))")]
    [InlineData("&lt;script&gt;")]
    public void Nothing_but_harmless_elements_comes_out(string markdown) => AssertHarmless(TeachMarkdown.ToHtml(markdown));

    [Fact]
    public void Words_of_a_link_that_leads_nowhere_stay() => Assert.Contains("before <strong>click</strong> me after", TeachMarkdown.ToHtml("before [**click** me](javascript:x) after"), StringComparison.Ordinal);

    [Fact]
    public void Any_text_comes_out_harmless()
    {
        string[] pieces = ["[", "](", ")", "javascript:", "<", ">", "\"", "'", "on", "=", "!", "*", "`", "\n", "    ", "#", "&#106;", "https://a.b", "<a href=", "](<", "x", "\\", "[1]: "];
        Prop.ForAll(Gen.ListOf(Gen.Elements(pieces)).Select(string.Concat).ToArbitrary(), markdown => AssertHarmless(TeachMarkdown.ToHtml(markdown))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static void AssertHarmless(string html)
    {
        foreach (Match tag in Tags().Matches(html))
            Assert.Matches(Harmless(), tag.Value);
    }

    [GeneratedRegex("<[^>]*>?", RegexOptions.None, 5_000)]
    private static partial Regex Tags();

    [GeneratedRegex("""^<(/?(p|h[3-6]|ul|li|em|strong|blockquote|code|pre|a)|ol( start="\d+")?|/ol|br /|hr /|code class="language-[^"<>]*"|a href="(https?:|mailto:)[^"<>]*"( title="[^"<>]*")? target="_blank" rel="noopener noreferrer")>$""", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Harmless();
}
