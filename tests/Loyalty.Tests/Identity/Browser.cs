using System.Net;
using System.Text.RegularExpressions;

namespace Loyalty.Tests.Identity;

/// <summary>Opens pages and sends their forms, with their hidden fields, as a browser without script would.</summary>
internal sealed partial class Browser(HttpClient client)
{
    public Task<HttpResponseMessage> GetAsync(string address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<string> ReadAsync(string address) => await TextOf(await GetAsync(address));

    public async Task<HttpResponseMessage> PostAsync(string address, string form, Dictionary<string, string> fields)
    {
        var page = await ReadAsync(address);
        var shown = Form().Matches(page).Select(match => match.Value).Single(html =>
            html.Contains($"value=\"{form}\"", StringComparison.Ordinal) || html.Contains($"action=\"{form}\"", StringComparison.Ordinal));
        foreach (Match hidden in HiddenField().Matches(shown))
            fields.TryAdd(hidden.Groups["name"].Value, WebUtility.HtmlDecode(hidden.Groups["value"].Value));
        var action = WebUtility.HtmlDecode(Action().Match(shown).Groups["action"].Value);
        return await SendAsync(action.Length > 0 ? action : address, fields);
    }

    /// <summary>The post as it is, without having opened the page that the form is on.</summary>
    public Task<HttpResponseMessage> SendAsync(string address, Dictionary<string, string> fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Accept.ParseAdd("text/html");
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Where an answer leads: a path when it stays on this host, else the whole address.</summary>
    public static string? LeadsTo(HttpResponseMessage answer) => answer.Headers.Location switch
    {
        { IsAbsoluteUri: true, Host: "localhost" } here => here.PathAndQuery,
        var other => other?.OriginalString,
    };

    public static async Task<string> TextOf(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("""<form[^>]*\saction="(?<action>[^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenField();
}
