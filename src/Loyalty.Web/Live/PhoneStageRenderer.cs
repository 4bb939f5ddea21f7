using System.Collections.Concurrent;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Loyalty.Web.Live;

/// <summary>
/// Renders the stage as phones show it: once per stage and language, however many phones ask. After a restart a whole hall
/// asks within a second.
/// </summary>
public sealed class PhoneStageRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers, ILogger<PhoneStageRenderer> logger)
{
    // The latest fragment only: at most one per workshop and language of this process.
    private readonly ConcurrentDictionary<(WorkshopId, string), Fragment> latest = new();

    /// <summary>The HTML of the current stage. Never fails because of an exercise's view: then the rest is shown without it.</summary>
    public Task<string> RenderAsync(LiveWorkshop workshop, CultureInfo culture)
    {
        Fragment Render() => new(workshop.StageRevision, new Lazy<Task<string>>(() => RenderSafelyAsync(workshop, culture)));

        var fragment = latest.AddOrUpdate(
            (workshop.Id, culture.Name),
            _ => Render(),
            (_, known) => known.Revision >= workshop.StageRevision ? known : Render());

        // Somebody with an older snapshot, who lost the race against a change, gets what belongs to that snapshot.
        return fragment.Revision == workshop.StageRevision ? fragment.Html.Value : RenderSafelyAsync(workshop, culture);
    }

    private async Task<string> RenderSafelyAsync(LiveWorkshop workshop, CultureInfo culture)
    {
        try
        {
            return await RenderAsync(workshop, culture, broken: false);
        }
        catch (Exception e)
        {
            // One view's fault must not take every phone of the room off the air.
            PhoneLog.ViewFailed(logger, e, workshop.Id, workshop.OnStage);
            return await RenderAsync(workshop, culture, broken: true);
        }
    }

    private async Task<string> RenderAsync(LiveWorkshop workshop, CultureInfo culture, bool broken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            var root = await renderer.RenderComponentAsync<PhoneStage>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(PhoneStage.Workshop)] = workshop,
                [nameof(PhoneStage.Broken)] = broken,
            }));
            return root.ToHtmlString();
        });
    }

    private sealed record Fragment(long Revision, Lazy<Task<string>> Html);
}
