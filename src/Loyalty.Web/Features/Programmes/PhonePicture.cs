using Loyalty.Engine.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Loyalty.Web.Features.Programmes;

/// <summary>What a phone would show, as a document of its own: a phone's styles would not get on with those of our pages.</summary>
internal sealed class PhonePicture(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <param name="css">The address of the phone's style sheet.</param>
    public async Task<string> OfAsync(LiveWorkshop room, string css)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<PhonePictureDocument>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(PhonePictureDocument.Room)] = room,
                [nameof(PhonePictureDocument.Css)] = css,
            }));
            return root.ToHtmlString();
        });
    }
}
