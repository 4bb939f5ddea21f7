namespace Loyalty.Web.Printing;

/// <summary>A whole HTML document, as <see cref="RazorPrinter"/> renders it: it names its own language and title and
/// carries its fonts and images inside itself, because nothing is fetched while it prints.</summary>
internal sealed record PrintJob(string Html);

/// <summary>What came of a print. <c>Sentence</c> is a key of <see cref="PrintingText"/>.</summary>
internal abstract record PdfResult
{
    private PdfResult()
    {
    }

    public sealed record Printed(byte[] Bytes) : PdfResult;

    /// <summary>No browser on this machine: the same document can be printed from the reader's own.</summary>
    public sealed record NoBrowser(string Sentence) : PdfResult;

    public sealed record Failed(string Sentence) : PdfResult;
}
