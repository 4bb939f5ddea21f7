namespace Loyalty.Tests;

public sealed record PdfFont(string Name, bool IsEmbedded);

/// <summary>One element of the structure that assistive technology reads: its role (H1, P, Table, Figure) and its
/// alternative text.</summary>
public sealed record PdfElement(string Role, string Alternative);

/// <summary>What a test wants to know of a PDF that Chromium made. Lines of a page are separated by line feeds, and what
/// stands apart on one line by a space.</summary>
public sealed record PdfFile(
    string Title,
    string Language,
    bool IsTagged,
    IReadOnlyList<string> Pages,
    IReadOnlyList<string> Bookmarks,
    IReadOnlyList<PdfFont> Fonts,
    IReadOnlyList<PdfElement> Structure)
{
    public string Text => string.Join('\n', Pages);

    public static PdfFile Read(byte[] bytes)
    {
        var pdf = PdfSyntax.Open(bytes, out var trailer);
        var catalog = pdf.Resolve(trailer["Root"]);
        var pages = PagesBelow(pdf, pdf.Get(catalog, "Pages")).ToList();
        return new PdfFile(
            PdfSyntax.Text(pdf.Get(pdf.Resolve(trailer.GetValueOrDefault("Info")), "Title")),
            PdfSyntax.Text(pdf.Get(catalog, "Lang")),
            pdf.Get(pdf.Get(catalog, "MarkInfo"), "Marked") is true,
            [.. pages.Select(page => PdfPageText.Read(pdf, page))],
            [.. BookmarksBelow(pdf, pdf.Get(catalog, "Outlines"))],
            [.. pages.SelectMany(page => FontsOf(pdf, page)).Distinct()],
            [.. ElementsBelow(pdf, pdf.Get(catalog, "StructTreeRoot"))]);
    }

    private static IEnumerable<object?> PagesBelow(PdfSyntax pdf, object? node) =>
        pdf.Get(node, "Kids") is List<object?> kids
            ? kids.SelectMany(kid => PagesBelow(pdf, pdf.Resolve(kid)))
            : [node];

    private static IEnumerable<string> BookmarksBelow(PdfSyntax pdf, object? parent)
    {
        for (var item = pdf.Get(parent, "First"); item is not null; item = pdf.Get(item, "Next"))
        {
            yield return PdfSyntax.Text(pdf.Get(item, "Title"));
            foreach (var inner in BookmarksBelow(pdf, item))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<PdfElement> ElementsBelow(PdfSyntax pdf, object? element)
    {
        if (pdf.Get(element, "S") is PdfName role)
        {
            yield return new PdfElement(role.Value, PdfSyntax.Text(pdf.Get(element, "Alt")));
        }

        var kids = pdf.Get(element, "K") is List<object?> several ? several : [pdf.Get(element, "K")];
        foreach (var below in kids.Select(pdf.Resolve).OfType<Dictionary<string, object?>>().SelectMany(kid => ElementsBelow(pdf, kid)))
        {
            yield return below;
        }
    }

    private static IEnumerable<PdfFont> FontsOf(PdfSyntax pdf, object? page)
    {
        foreach (var font in ((pdf.Get(pdf.Get(page, "Resources"), "Font") as Dictionary<string, object?>) ?? []).Values)
        {
            // A Type 3 font is drawn by the file itself: whole, but no font to a reader, and without a name.
            var descendant = pdf.Get(font, "DescendantFonts") is List<object?> and [var only] ? pdf.Resolve(only) : pdf.Resolve(font);
            var descriptor = pdf.Get(descendant, "FontDescriptor");
            yield return new PdfFont(
                (pdf.Get(descendant, "BaseFont") as PdfName)?.Value ?? ((PdfName)pdf.Get(font, "Subtype")!).Value,
                new[] { "FontFile", "FontFile2", "FontFile3" }.Any(key => pdf.Get(descriptor, key) is PdfStream));
        }
    }
}
