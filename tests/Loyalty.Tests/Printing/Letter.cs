using System.Globalization;
using Loyalty.Web.Printing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Loyalty.Tests.Printing;

/// <summary>A document as a feature would write one.</summary>
public sealed class Letter : ComponentBase
{
    [Parameter]
    public string Title { get; set; } = "A letter";

    [Parameter]
    public string Said { get; set; } = "Thank you.";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<PrintDocument>(0);
        builder.AddComponentParameter(1, nameof(PrintDocument.Title), Title);
        builder.AddComponentParameter(2, nameof(PrintDocument.ChildContent), (RenderFragment)Write);
        builder.CloseComponent();
    }

    private void Write(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<h1>The ladder</h1><h2>What people said</h2><p>Efficient offers, “quoted” — in <b>Łódź</b>.</p>");
        builder.OpenElement(1, "blockquote");
        builder.AddContent(2, Said);
        builder.CloseElement();
        builder.AddMarkupContent(3, "<table><thead><tr><th>Rung</th><th class='number'>Grade</th></tr></thead><tbody><tr><td>Courtesy</td><td class='number'>");
        builder.AddContent(4, 3.5m.ToString(CultureInfo.CurrentCulture));
        builder.AddMarkupContent(5, "</td></tr></tbody></table><h2 class='new-page'>Next page</h2><svg role='img' aria-label='Three rungs of five' width='90' height='30'><rect width='60' height='20'/></svg>");
    }
}
