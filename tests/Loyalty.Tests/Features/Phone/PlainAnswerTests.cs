using System.Net;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Features.Phone;

/// <summary>Phones without the script: ordinary forms.</summary>
public sealed class PlainAnswerTests(PhoneServer server)
{
    private const string Score = "score-recommend";

    [Fact]
    public async Task Answer_is_saved_and_stands_in_the_form_again()
    {
        var (host, browser, page) = await OpenAsync();

        var saved = await AnswerAsync(host, browser, page, "9", "They ring <b>back</b>");
        var again = await browser.GetAsync(saved.Location!);

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal(1, Respondents(host));
        Assert.Contains("Saved.", again.Text, StringComparison.Ordinal);
        Assert.Contains("checked", again.Inputs(Score).Single(i => Page.Attribute(i, "value") == "9"), StringComparison.Ordinal);
        Assert.Contains("They ring &lt;b&gt;back&lt;/b&gt;", again.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_posted_twice_is_one_entry()
    {
        var (host, browser, page) = await OpenAsync();

        await AnswerAsync(host, browser, page, "9");
        var keys = host.Current.Keys.Count;
        var again = await AnswerAsync(host, browser, page, "9");

        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        Assert.Equal(keys, host.Current.Keys.Count);
    }

    [Fact]
    public async Task Refused_answer_keeps_what_was_typed_and_says_what_is_wrong_beside_the_field()
    {
        var (host, browser, page) = await OpenAsync();

        var refused = await AnswerAsync(host, browser, page, "11", "Typed with care");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Typed with care", refused.Html, StringComparison.Ordinal);
        Assert.Matches($"""data-error="{Score}">[^<]+</p>""", refused.Html);
        Assert.Equal(0, Respondents(host));
    }

    [Fact]
    public async Task Anonymous_answer_changed_later_is_still_one_answer_without_a_name()
    {
        var (host, browser, page) = await OpenAsync(anonymous: true);

        await AnswerAsync(host, browser, page, "9");
        var again = await browser.GetAsync($"/j/{host.Current.Info.Code}");
        var saved = await AnswerAsync(host, browser, again, "3");

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal(1, Respondents(host));
        Assert.Contains("checked", (await browser.GetAsync(saved.Location!)).Inputs(Score).Single(i => Page.Attribute(i, "value") == "3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_is_too_large_is_refused_with_a_sentence()
    {
        var (host, browser, page) = await OpenAsync();

        var large = await AnswerAsync(host, browser, page, "9", new string('x', Fields.MaxCharacters + 1));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, large.Status);
        Assert.Contains("more text than can be sent at once", large.Text, StringComparison.Ordinal);
        Assert.Equal(0, Respondents(host));
    }

    [Fact]
    public async Task Answer_from_a_page_that_is_not_ours_is_not_taken()
    {
        var (host, browser, page) = await OpenAsync();

        var forged = await browser.PostAsync(
            $"/j/{host.Current.Info.Code}/answer", [.. page.Hidden().Where(f => !f.Name.StartsWith("__", StringComparison.Ordinal)), (Score, "9")]);

        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.Equal(0, Respondents(host));
    }

    [Fact]
    public async Task Answer_of_somebody_who_has_not_joined_leads_to_joining()
    {
        var (host, _, page) = await OpenAsync();

        var stranger = await AnswerAsync(host, server.Browser(), page, "9");

        Assert.Equal((HttpStatusCode.SeeOther, $"/j/{host.Current.Info.Code}"), (stranger.Status, stranger.Location));
        Assert.Equal(0, Respondents(host));
    }

    private async Task<(LiveWorkshopHost Host, Browser Browser, Page Page)> OpenAsync(bool anonymous = false)
    {
        var host = await server.LiveAsync(anonymous ? PhoneServer.Anonymous : PhoneServer.Named);
        var browser = await server.JoinedAsync(host);
        return (host, browser, await browser.GetAsync($"/j/{host.Current.Info.Code}"));
    }

    private static Task<Page> AnswerAsync(LiveWorkshopHost host, Browser browser, Page page, string score, string why = "") =>
        browser.PostAsync($"/j/{host.Current.Info.Code}/answer", [.. page.Hidden(), (Score, score), ("why", why), ("do", "answer")]);

    private static int Respondents(LiveWorkshopHost host) => host.Current.StateOf(host.Current.Current!).Respondents;
}
