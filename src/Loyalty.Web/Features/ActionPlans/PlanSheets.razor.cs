using Microsoft.AspNetCore.Components;

namespace Loyalty.Web.Features.ActionPlans;

public sealed partial class PlanSheets
{
    private const string Css = """
        .sheet { break-after: page; }
        .sheet:last-child { break-after: auto; }
        .sheet header { display: flex; justify-content: space-between; gap: 10mm; align-items: flex-start; border-bottom: 1.2pt solid var(--ink); padding-bottom: 5mm; margin-bottom: 4mm; }
        .sheet h1 { font-size: 26pt; line-height: 1.1; margin: 0 0 2mm; }
        .kicker { margin: 0 0 1mm; font-weight: 600; color: var(--accent); letter-spacing: 0.02em; }
        .edit { margin: 0; width: 32mm; flex: none; text-align: center; font-size: 8pt; }
        .edit svg { width: 32mm; height: 32mm; display: block; }
        .edit p { margin: 0.5mm 0 0; line-height: 1.3; }
        .commitments { list-style: none; counter-reset: c; margin: 0; padding: 0; }
        .commitments > li { counter-increment: c; position: relative; padding: 4.5mm 0 4.5mm 14mm; border-bottom: 0.5pt solid var(--rule); }
        .commitments > li::before { content: counter(c); position: absolute; left: 0; top: 4mm; font-size: 24pt; font-weight: 650; line-height: 1; color: var(--accent); }
        .commitments h2 { font-size: 17pt; line-height: 1.25; margin: 0 0 2.5mm; padding: 0; border: 0; }
        .where { margin: 0 0 0.5mm; padding: 0; border: 0; font-size: 10pt; color: var(--ink-soft); }
        .commitments dl { margin: 0; display: grid; grid-template-columns: 1fr 1fr; gap: 2mm 8mm; font-size: 11.5pt; }
        .commitments dl > div { break-inside: avoid; }
        .commitments dt { font-size: 9pt; color: var(--ink-soft); margin: 0; font-weight: 400; }
        .commitments dd { margin: 0; }
        .check-ins li { margin: 0; }
        .check-ins { list-style: none; display: flex; flex-wrap: wrap; gap: 2mm 8mm; margin: 3mm 0 0; padding: 0; }
        .box { display: inline-block; width: 3.4mm; height: 3.4mm; border: 0.9pt solid var(--ink); margin-right: 2mm; vertical-align: -0.5mm; }
        .notice { margin-bottom: 6mm; }
        """;

    [Parameter, EditorRequired] public IReadOnlyList<PlanSheetModel> Sheets { get; set; } = [];

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>A sentence above everything, such as why this is not a PDF.</summary>
    [Parameter] public string? Notice { get; set; }
}
