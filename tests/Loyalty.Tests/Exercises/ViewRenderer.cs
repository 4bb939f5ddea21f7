using System.Globalization;
using Loyalty.Web.Exercises.Contract;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace Loyalty.Tests.Exercises;

/// <summary>Renders views to HTML as the server does for phones and reports: once, without a circuit.</summary>
internal sealed class ViewRenderer : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly HtmlRenderer renderer;

    public ViewRenderer(TimeProvider? time = null)
    {
        var collection = new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .AddSingleton(ExerciseCatalogue.Discover())
            .AddSingleton<RefusalSentences>()
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<IJSRuntime, NoScript>();
        var plain = collection.Last(d => d.ServiceType == typeof(IStringLocalizerFactory)).ImplementationType!;
        collection.AddSingleton<IStringLocalizerFactory>(s => new StrictTexts((IStringLocalizerFactory)ActivatorUtilities.CreateInstance(s, plain)));
        services = collection.BuildServiceProvider();
        renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
    }

    public RefusalSentences Sentences => services.GetRequiredService<RefusalSentences>();

    public IStringLocalizer Texts(Type of) => services.GetRequiredService<IStringLocalizerFactory>().Create(of);

    /// <summary>The exercise in its place, through the seam that the product shows it through.</summary>
    public Task<string> Html(ExerciseShow show) => Html<ExerciseViewer>(new() { [nameof(ExerciseViewer.Show)] = show });

    public Task<string> Html<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent =>
        renderer.Dispatcher.InvokeAsync(async () =>
        {
            // The culture that the product serves; it ends with this flow of calls.
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
            var html = (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString();
            // To a reader, a space that does not break is a space.
            return html.Replace("&#xA0;", " ", StringComparison.Ordinal);
        });

    public async ValueTask DisposeAsync()
    {
        await renderer.DisposeAsync();
        await services.DisposeAsync();
    }

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            throw new InvalidOperationException("There is no script while a view is rendered to HTML.");
    }
}
