using System.Net;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Ranking;

namespace Loyalty.Tests.Exercises.Ranking;

public sealed class RankingViewTests : IAsyncDisposable
{
    private const string Settings =
        """
        {
          "items": [{ "id": "a", "label": "Apples" }, { "id": "b", "label": "Bread" }],
          "perspectives": [{ "id": "they", "label": "They" }, { "id": "we", "label": "We" }]
        }
        """;

    private readonly ViewRenderer renderer = new();

    public ValueTask DisposeAsync() => renderer.DisposeAsync();

    [Fact]
    public async Task Room_says_which_ladder_has_too_few_and_shows_the_other()
    {
        var room = new SampleRoom(new RankingType(), Anonymity.Anonymous, settings: Settings);
        for (var i = 0; i < 5; i++)
            room.Give(room.NewAuthor(), i == 0 ? Fields.Of(("they.a", "1"), ("they.b", "2"), ("we.a", "2"), ("we.b", "1")) : Fields.Of(("we.a", "2"), ("we.b", "1")));

        var html = await renderer.Html(room.Show(ViewPlace.Room));

        Assert.Contains("once 5 people", html, StringComparison.Ordinal);
        Assert.Contains("n = 5", html, StringComparison.Ordinal);
        Assert.Contains("Very strong agreement", html, StringComparison.Ordinal);
        Assert.DoesNotContain("differ most", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_places_are_marked_and_the_widest_difference_is_put_into_words()
    {
        var room = new SampleRoom(new RankingType(), settings: Settings);
        room.Give(room.NewAuthor(), Fields.Of(("they.a", "1"), ("they.b", "2"), ("we.a", "2"), ("we.b", "1")));
        room.Give(room.NewAuthor(), Fields.Of(("they.a", "2"), ("they.b", "1"), ("we.a", "2"), ("we.b", "1")));

        var html = await renderer.Html(room.Show(ViewPlace.Room));

        Assert.Contains("1=", html, StringComparison.Ordinal);
        Assert.Contains("They differ most on Apples: place 1.5 for “They”, place 2.0 for “We”. Just as far apart: Bread.", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Phone_has_a_select_for_every_place()
    {
        var html = await renderer.Html(new SampleRoom(new RankingType(), settings: Settings).Show(ViewPlace.Phone, Phase.Open));

        foreach (var field in new[] { "they.a", "they.b", "we.a", "we.b" })
            Assert.Contains($"<select name=\"{field}\"", html, StringComparison.Ordinal);
    }
}
