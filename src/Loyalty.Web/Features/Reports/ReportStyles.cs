using System.Text;

namespace Loyalty.Web.Features.Reports;

/// <summary>
/// The style sheets of a printed report. Each exercise type brings the look of its own block, in the same sheets that the page uses; they are
/// put into the document, because nothing is fetched while it prints.
/// </summary>
internal sealed class ReportStyles(IWebHostEnvironment environment)
{
    private const string Paper = """
        :root { --ink: #16202b; --ink-soft: #44505d; --paper: #fff; --surface: #fff; --line: #c3cad2; }
        .visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .report-title { border-bottom: 1.2pt solid var(--ink); margin-bottom: 5mm; }
        .report-title h1 { font-size: 24pt; line-height: 1.1; margin: 0 0 2mm; }
        .kicker { margin: 0 0 1mm; font-weight: 600; color: var(--accent); }
        .quiet { color: var(--ink-soft); }
        .notice { margin: 0 0 4mm; padding: 2mm 4mm; border-inline-start: 2pt solid var(--accent); background: #f3f5f7; }
        h2 { font-size: 15pt; padding-top: 0; border-top: 0; }
        """;

    private readonly Lazy<string> css = new(() => Read(environment, "css/tokens.css") + Read(environment, "Loyalty.Web.styles.css") + Paper);

    public string Css => css.Value;

    private static string Read(IWebHostEnvironment environment, string path)
    {
        using var reader = new StreamReader(environment.WebRootFileProvider.GetFileInfo(path).CreateReadStream());
        var sheet = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            // Sheets of packages are for controls, which no report has.
            if (!line.StartsWith("@import", StringComparison.Ordinal))
                sheet.AppendLine(line);
        }

        return sheet.ToString();
    }
}
