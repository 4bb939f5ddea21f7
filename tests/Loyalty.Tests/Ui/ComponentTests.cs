using System.Text.RegularExpressions;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using QRCoder;

namespace Loyalty.Tests.Ui;

public sealed partial class ComponentTests
{
    [Theory]
    [InlineData(KindBadge.Promoter, "Promoter")]
    [InlineData(KindBadge.Customer, "Customer")]
    [InlineData(KindBadge.Detractor, "Detractor")]
    public async Task KindBadge_says_its_kind_in_a_word_and_a_shape(string kind, string word)
    {
        var html = await RenderAsync<KindBadge>(new() { [nameof(KindBadge.Kind)] = kind });

        Assert.Contains($"<span>{word}</span>", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QrCode_draws_every_dark_module_and_no_other()
    {
        const string address = "https://loyalty.example/j/K7M2QX";
        using var expected = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);

        var html = await RenderAsync<QrCode>(new() { [nameof(QrCode.Value)] = address, [nameof(QrCode.Label)] = "Join with <K7M2QX>" });

        var drawn = Runs().Matches(html)
            .SelectMany(run => Enumerable.Range(Number(run, "x"), Number(run, "width")).Select(x => (x, Number(run, "y"))))
            .ToHashSet();
        var dark = Enumerable.Range(0, expected.ModuleMatrix.Count)
            .SelectMany(y => Enumerable.Range(0, expected.ModuleMatrix.Count).Where(x => expected.ModuleMatrix[y][x]).Select(x => (x, y)))
            .ToHashSet();
        Assert.Equal(dark, drawn);
        Assert.Contains("aria-label=\"Join with &lt;K7M2QX>\"", html.Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "There is nothing at this address")]
    [InlineData(500, "Something went wrong on our side")]
    [InlineData(418, "That did not work")]
    public async Task Problem_has_a_sentence_for_every_status(int status, string title)
    {
        var html = await RenderAsync<Problem>(new() { [nameof(Problem.Status)] = status });

        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
    }

    private static int Number(Match run, string group) => int.Parse(run.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> RenderAsync<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var services = new ServiceCollection()
            .AddLocalization()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<width>\d+)v1H\d+z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Runs();
}
