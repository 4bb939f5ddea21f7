using System.Net;
using System.Text.RegularExpressions;

namespace Loyalty.Tests.Features.Phone;

/// <summary>A browser without scripts.</summary>
internal sealed class Browser(HttpClient client, CookieContainer cookies, Uri address)
{
    public HttpClient Client => client;

    public string CookieHeader => cookies.GetCookieHeader(address);

    public async Task<Page> GetAsync(string path) => await Page.ReadAsync(await client.GetAsync(path));

    public async Task<Page> PostAsync(string path, params IEnumerable<(string Name, string Value)> fields) =>
        await Page.ReadAsync(await client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)))));

    /// <summary>Every cookie as the server set it last.</summary>
    public static IEnumerable<string> SetBy(Page page) => page.Response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [];
}

/// <summary>A page as it arrived.</summary>
internal sealed partial class Page(HttpResponseMessage response, string html)
{
    public HttpResponseMessage Response => response;

    public HttpStatusCode Status => response.StatusCode;

    public string Html => html;

    public string? Location => response.Headers.Location?.OriginalString;

    /// <summary>What a person reads: without tags, characters instead of references.</summary>
    public string Text => WebUtility.HtmlDecode(Tag().Replace(html, " "));

    public static async Task<Page> ReadAsync(HttpResponseMessage response) => new(response, await response.Content.ReadAsStringAsync());

    /// <summary>The hidden fields of the page's forms, as a browser would send them.</summary>
    public IEnumerable<(string Name, string Value)> Hidden() =>
        from Match input in Input().Matches(html)
        let tag = input.Value
        where Attribute(tag, "type") == "hidden"
        select (Attribute(tag, "name")!, Attribute(tag, "value") ?? "");

    /// <summary>The tags of inputs with this name.</summary>
    public IEnumerable<string> Inputs(string name) => Input().Matches(html).Select(m => m.Value).Where(tag => Attribute(tag, "name") == name);

    public static string? Attribute(string tag, string name) =>
        Attributes().Matches(tag).FirstOrDefault(a => a.Groups["name"].Value == name) is { } match ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;

    [GeneratedRegex("""\s(?<name>[a-z_-]+)="(?<value>[^"]*)["]""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attributes();

    [GeneratedRegex("<script.*?</script>|<[^>]*>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("<input[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Input();
}
