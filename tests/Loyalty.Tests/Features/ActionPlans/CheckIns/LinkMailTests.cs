using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Loyalty.Tests.Identity;
using Loyalty.Web.Features.ActionPlans;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.ActionPlans.CheckIns;

public sealed partial class LinkMailTests
{
    [Fact]
    public async Task Renewed_link_is_sent_to_the_address_that_HR_names_and_the_one_before_is_dead()
    {
        await using var post = new FakeSmtpServer();
        await using var workshop = await FinishedWorkshop.CreateAsync(settings: WithMail(post));
        var hr = await workshop.App.SignedInAsync("hr@example.org");
        var page = $"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}";
        var before = $"/plan/{workshop.App.Services.GetRequiredService<PlanLinks>().TokenFor(workshop.Id, workshop.Anna, version: 0)}";

        await SendAsync(hr, page, new() { ["do"] = "renew" });
        Assert.Equal("sent", await SendAsync(hr, page, new() { ["do"] = "send", ["to"] = " anna@example.net " }));

        var letter = Assert.Single(post.Letters);
        Assert.Contains("anna@example.net", letter.To, StringComparison.Ordinal);
        Assert.Contains("Content-Transfer-Encoding: base64", letter.Text, StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString(Convert.FromBase64String(letter.Text[letter.Text.IndexOf("\n\n", StringComparison.Ordinal)..]));
        Assert.Contains("Hello Anna Sample", body, StringComparison.Ordinal);
        var link = Link().Match(body).Value;
        Assert.StartsWith("https://loyalty.example.org/plan/", link, StringComparison.Ordinal);
        var stranger = workshop.App.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri(link).AbsolutePath)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(before)).StatusCode);
        await using var db = await workshop.DatabaseAsync();
        Assert.Null((await db.ActionPlans.SingleAsync(TestContext.Current.CancellationToken)).Email);
    }

    [Fact]
    public async Task What_is_no_address_and_what_the_mail_server_refuses_is_said()
    {
        await using var post = new FakeSmtpServer();
        await using var workshop = await FinishedWorkshop.CreateAsync(settings: WithMail(post));
        var hr = await workshop.App.SignedInAsync("hr@example.org");
        var page = $"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}";

        Assert.Equal("no-address", await SendAsync(hr, page, new() { ["do"] = "send", ["to"] = "anna, ben@example.org" }));
        Assert.Contains("that is no e-mail address", await hr.ReadAsync(page + "?done=no-address"), StringComparison.Ordinal);
        post.Refuses = true;
        Assert.Equal("not-sent", await SendAsync(hr, page, new() { ["do"] = "send", ["to"] = "anna@example.net" }));
        Assert.Contains("did not take the letter", await hr.ReadAsync(page + "?done=not-sent"), StringComparison.Ordinal);
        Assert.Empty(post.Letters);
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_offered_and_nothing_is_sent()
    {
        await using var workshop = await FinishedWorkshop.CreateAsync();
        var hr = await workshop.App.SignedInAsync("hr@example.org");
        var page = $"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}";

        Assert.DoesNotContain("Send the link", await hr.ReadAsync(page), StringComparison.Ordinal);
        Assert.Null(await SendAsync(hr, page, new() { ["do"] = "send", ["to"] = "anna@example.net" }));
    }

    /// <summary>What the page is told afterwards; null if there is no such thing to do.</summary>
    private static async Task<string?> SendAsync(Browser hr, string page, Dictionary<string, string> fields)
    {
        fields["__RequestVerificationToken"] = Forgery().Match(await hr.ReadAsync(page)).Groups["token"].Value;
        var answer = await hr.SendAsync(page + "/link", fields);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : Browser.LeadsTo(answer)!.Split("done=")[1];
    }

    private static Dictionary<string, string> WithMail(FakeSmtpServer post) => new(StringComparer.Ordinal)
    {
        ["Loyalty:Smtp:Host"] = "127.0.0.1",
        ["Loyalty:Smtp:Port"] = post.Port.ToString(CultureInfo.InvariantCulture),
        ["Loyalty:Smtp:From"] = "loyalty@example.org",
        ["Loyalty:Smtp:StartTls"] = "false",
        ["Loyalty:PublicUrl"] = "https://loyalty.example.org",
    };

    [GeneratedRegex(@"https://\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forgery();
}
