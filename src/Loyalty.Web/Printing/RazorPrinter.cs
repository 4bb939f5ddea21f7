using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Loyalty.Web.Printing;

/// <summary>
/// Renders a component that is a whole document (see <see cref="PrintDocument"/>) to HTML. The same text is what
/// <see cref="PdfPrinter"/> prints and what a reader's own browser is given when the server has none.
/// </summary>
internal sealed class RazorPrinter(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    public async Task<PrintJob> RenderAsync<TDocument>(IDictionary<string, object?> parameters, CultureInfo culture)
        where TDocument : IComponent
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            // Both are of this flow only and are gone with it.
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = culture;
            var document = await renderer.RenderComponentAsync<TDocument>(ParameterView.FromDictionary(parameters));
            return document.ToHtmlString();
        });

        return new PrintJob(html);
    }
}
