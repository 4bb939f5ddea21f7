using System.Net;
using Loyalty.Web.Ui;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Loyalty.Tests.Ui;

public sealed class JoinAddressTests
{
    private static readonly IPAddress[] Lan = [IPAddress.Parse("192.168.1.20"), IPAddress.Parse("10.0.0.7")];

    private static JoinLink Choose(string page, string? configured = null, params string[] bound) =>
        JoinAddress.Choose(new Uri(page), configured is null ? null : new Uri(configured), bound, Lan, "ACD347");

    [Fact]
    public void Setting_wins()
    {
        var link = Choose("http://localhost:5080/room/ACD347", "https://loyalty.example.org", "http://*:5080");

        Assert.Equal(("https://loyalty.example.org/j/ACD347", "loyalty.example.org", true, true), (link.Url, link.Host, link.Reachable, link.Encrypted));
    }

    [Fact]
    public void Page_opened_at_a_public_name_joins_there()
    {
        var link = Choose("https://train.example.org:8443/workshops/1/console", null, "http://127.0.0.1:5080");

        Assert.Equal(("https://train.example.org:8443/j/ACD347", "train.example.org:8443", true), (link.Url, link.Host, link.Reachable));
    }

    [Theory]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    public void Laptop_that_listens_everywhere_is_joined_at_its_own_addresses(string bound)
    {
        var link = Choose("http://localhost:5080/", null, bound);

        Assert.Equal(("http://192.168.1.20:5080/j/ACD347", true), (link.Url, link.Reachable));
        Assert.Equal(["10.0.0.7:5080"], link.OtherHosts);
        Assert.False(link.Encrypted);
    }

    [Fact]
    public void Laptop_that_listens_only_to_itself_says_that_phones_cannot_come()
    {
        var link = Choose("http://localhost:5080/", null, "http://localhost:5080", "http://127.0.0.1:5081", "http://[::1]:5080");

        Assert.Equal(("localhost:5080", false), (link.Host, link.Reachable));
    }

    [Fact]
    public void Scheme_of_the_page_comes_first()
    {
        var link = Choose("https://localhost:5443/", null, "http://*:5080", "https://*:5443");

        Assert.Equal("https://192.168.1.20:5443/j/ACD347", link.Url);
    }

    [Theory]
    [InlineData("loyalty.example.org")]
    [InlineData("ftp://example.org")]
    public void Setting_that_is_no_address_stops_the_start(string setting)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(JoinAddress.PublicUrl, setting)]).Build();

        var problem = Assert.Throws<OptionsValidationException>(() => JoinAddress.CheckSetting(configuration));
        Assert.Contains(setting, problem.Message, StringComparison.Ordinal);
    }
}
