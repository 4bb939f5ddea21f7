using System.Net;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Features.Phone;

public sealed class JoiningTests(PhoneServer server)
{
    [Fact]
    public async Task Code_typed_with_spaces_and_small_letters_leads_to_its_workshop()
    {
        var code = (await server.LiveAsync()).Current.Info.Code;

        var page = await server.Browser().GetAsync($"/?code={code[..3].ToLowerInvariant()}%20-{code[3..]}");

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.Equal($"/j/{code}", page.Location);
    }

    [Theory]
    [InlineData("/?code=AAAAAA")]
    [InlineData("/j/AAAAAA")]
    public async Task Code_of_no_workshop_is_answered_with_a_sentence_that_names_it(string path)
    {
        var page = await server.Browser().GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("There is no workshop with the code AAAAAA", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_is_too_short_asks_for_six_characters()
    {
        var page = await server.Browser().GetAsync("/?code=abc");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("six letters and numbers", page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"abc\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_is_not_joined_but_looked_at_again_by_itself()
    {
        var page = await server.Browser().GetAsync($"/j/{(await server.DraftAsync()).Current.Info.Code}");

        Assert.Contains("has not been opened yet", page.Text, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_workshop_says_so_to_whoever_wants_to_join()
    {
        var host = await server.LiveAsync();
        await PhoneServer.DoAsync(host, new Command.End());

        var page = await server.Browser().GetAsync($"/j/{host.Current.Info.Code}");

        Assert.Equal(HttpStatusCode.Gone, page.Status);
        Assert.Contains("is over", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joining_leads_to_the_stage_and_back_to_it_after_a_reload()
    {
        var host = await server.LiveAsync(departments: ["Kitchen", "Reception"]);
        var browser = server.Browser();
        var path = $"/j/{host.Current.Info.Code}";
        var form = await browser.GetAsync(path);
        Assert.Contains("Hotel Lindenhof", form.Text, StringComparison.Ordinal);

        var joined = await browser.PostAsync(path, [.. form.Hidden(), ("name", " Ada  "), ("department", "Kitchen")]);
        var stage = await browser.GetAsync(path);

        Assert.Equal((HttpStatusCode.SeeOther, path), (joined.Status, joined.Location));
        Assert.Equal(("Ada", "Kitchen"), host.Current.Participants.Values.Select(p => (p.Name, p.Department)).Single());
        Assert.Contains("You’re in", stage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joining_twice_from_the_same_page_joins_once()
    {
        var host = await server.LiveAsync();
        var browser = server.Browser();
        var path = $"/j/{host.Current.Info.Code}";
        var form = await browser.GetAsync(path);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => browser.PostAsync(path, [.. form.Hidden(), ("name", "Ada")])));

        Assert.Single(host.Current.Participants);
        Assert.Contains("You’re in", (await browser.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joining_without_name_or_department_is_refused_beside_the_fields()
    {
        var host = await server.LiveAsync(departments: ["Kitchen"]);
        var browser = server.Browser();
        var path = $"/j/{host.Current.Info.Code}";

        var page = await browser.PostAsync(path, [.. (await browser.GetAsync(path)).Hidden(), ("name", " "), ("department", "Elsewhere")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("true", Page.Attribute(page.Inputs("name").Single(), "aria-invalid"));
        Assert.Contains("id=\"name-error\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"department-error\"", page.Html, StringComparison.Ordinal);
        Assert.Empty(host.Current.Participants);
    }

    [Fact]
    public async Task Joining_from_a_page_that_is_not_ours_is_refused()
    {
        var host = await server.LiveAsync();
        var browser = server.Browser();
        var path = $"/j/{host.Current.Info.Code}";
        await browser.GetAsync(path);

        var page = await browser.PostAsync(path, ("name", "Ada"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(host.Current.Participants);
    }

    [Fact]
    public async Task Hostile_name_is_shown_as_text()
    {
        var host = await server.LiveAsync();
        var browser = await server.JoinedAsync(host, "<script>alert(1)</script>");

        var page = await browser.GetAsync($"/j/{host.Current.Info.Code}");

        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "__Host-loyalty.")]
    [InlineData(false, "loyalty.")]
    public async Task Token_is_kept_from_scripts_and_other_sites_and_bound_to_https_where_there_is_https(bool https, string prefix)
    {
        var code = (await server.LiveAsync()).Current.Info.Code;

        var cookie = Browser.SetBy(await server.Browser(https).GetAsync($"/j/{code}")).Single(c => c.StartsWith(prefix + code, StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(https, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Phone_pages_load_nothing_of_the_other_pages()
    {
        var host = await server.LiveAsync(PhoneServer.Named);
        var browser = await server.JoinedAsync(host);

        foreach (var page in new[] { await browser.GetAsync("/"), await browser.GetAsync($"/j/{host.Current.Info.Code}"), await server.Browser().GetAsync($"/j/{host.Current.Info.Code}") })
        {
            Assert.DoesNotContain("_framework", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Radzen", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("/css/", page.Html, StringComparison.Ordinal);
        }
    }
}
