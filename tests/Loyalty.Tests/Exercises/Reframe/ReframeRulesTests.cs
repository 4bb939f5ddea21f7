using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Reframe;

namespace Loyalty.Tests.Exercises.Reframe;

public sealed class ReframeRulesTests
{
    private const string Secret = "Xylophone thoughts that are nobody's business";

    private readonly SampleRoom room = new(new ReframeType(), Anonymity.Anonymous);

    private ReframeTally Tally => (ReframeTally)room.Rules.Tally(room.Context, room.State);

    [Fact]
    public void Words_that_are_not_shared_are_not_stored_although_they_were_sent()
    {
        Share(room.NewAuthor(), (1, "Shared thought", "Shared reframe", true), (2, Secret, Secret, false));

        Assert.DoesNotContain("Xylophone", Assert.Single(room.Entries).Json, StringComparison.Ordinal);
        Assert.Equal(["Shared thought"], Tally.Lines.Select(l => l.Thought));
    }

    [Fact]
    public void Somebody_who_keeps_everything_is_done_and_nothing_else_is_known()
    {
        var author = room.NewAuthor();
        Share(author, (1, Secret, Secret, false));

        Assert.Equal("""{"kind":"answer","shared":[]}""", Assert.Single(room.Entries).Json);
        Assert.True(room.Rules.HasAnswered(room.Context, room.State, author));
        Assert.Equal((1, 0), (Tally.Respondents, Tally.Lines.Length));
    }

    [Fact]
    public void Shared_entry_needs_both_boxes()
    {
        var refused = Assert.IsType<Verdict.Refused>(Share(room.NewAuthor(), (2, "A thought", " ", true)));

        Assert.Equal(("required", "reframe-2"), (Assert.Single(refused.Reasons).Code, refused.Reasons[0].Field));
    }

    [Fact]
    public void Shared_entry_can_be_taken_back()
    {
        var author = room.NewAuthor();
        Share(author, (1, "A thought", "A truer one", true));
        Share(author, (1, "A thought", "A truer one", false));

        Assert.Empty(Tally.Lines);
    }

    [Fact]
    public void Entry_in_the_spotlight_stays_while_its_words_do_and_goes_with_them()
    {
        var author = room.NewAuthor();
        Share(author, (1, "A thought", "A truer one", true));
        Moderate("spotlight", Tally.Lines[0].Id);

        Share(author, (1, "A thought", "A truer one", true), (2, "Another", "One more", true));
        Assert.Equal("A thought", Tally.Spotlight?.Thought);

        Share(author, (1, "Something rude", "A truer one", true));
        Assert.Null(Tally.Spotlight);
        Assert.Equal(["Something rude"], Tally.Lines.Select(l => l.Thought));
    }

    [Fact]
    public void Hidden_entry_stays_hidden_when_it_is_written_anew_or_shared_once_more()
    {
        var author = room.NewAuthor();
        Share(author, (1, "Rude", "Rude", true));
        Moderate("spotlight", Tally.Lines[0].Id);
        Moderate("hide", Tally.Lines[0].Id);

        Share(author, (1, "Still rude", "Rude", true));
        Assert.Empty(Tally.Lines);
        Assert.Null(Tally.Spotlight);

        Share(author);
        Share(author, (1, "Rude again", "Rude", true));
        Assert.Empty(Tally.Lines);

        Moderate("unhide", Tally.Hidden[0].Id);
        Assert.Equal(["Rude again"], Tally.Lines.Select(l => l.Thought));
    }

    [Fact]
    public void Hidden_or_foreign_entry_cannot_be_put_in_the_spotlight()
    {
        Share(room.NewAuthor(), (1, "A thought", "A truer one", true));
        Moderate("hide", Tally.Lines[0].Id);

        Assert.Equal("gone", Refused(Moderate("spotlight", Tally.Hidden[0].Id)));
        Assert.Equal("gone", Refused(Moderate("spotlight", "no-such-entry")));
        Assert.Equal("gone", Refused(Moderate("hide", "no-such-entry")));
    }

    [Fact]
    public void Participant_cannot_moderate()
    {
        Share(room.NewAuthor(), (1, "A thought", "A truer one", true));

        Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), Fields.Of(("do", "hide"), ("entry", Tally.Lines[0].Id))));
    }

    [Fact]
    public async Task No_name_stands_beside_an_entry_even_where_the_label_would_allow_it()
    {
        await using var renderer = new ViewRenderer();
        var named = new SampleRoom(new ReframeType(), Anonymity.Named);
        var author = named.NewAuthor();
        named.Give(author, Fields.Of(("do", "answer"), ("share-1", "on"), ("thought-1", "A thought"), ("reframe-1", "A truer one")));

        foreach (var place in Enum.GetValues<ViewPlace>())
        {
            var html = await renderer.Html(named.Show(place));
            Assert.Contains("A truer one", html, StringComparison.Ordinal);
            Assert.DoesNotContain(SampleRoom.Name, html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(named.Rules.Export(named.Context, named.State), row => row.Author == author);
    }

    [Fact]
    public async Task Hidden_entry_is_nowhere_but_on_the_console()
    {
        await using var renderer = new ViewRenderer();
        for (var i = 0; i < 10; i++)
            Share(room.NewAuthor());
        Share(room.NewAuthor(), (1, "Rude", "Very rude", true));
        Moderate("hide", Tally.Lines[0].Id);

        foreach (var place in Enum.GetValues<ViewPlace>())
            Assert.Equal(place == ViewPlace.Console, (await renderer.Html(room.Show(place))).Contains("Very rude", StringComparison.Ordinal));
        Assert.Empty(room.Rules.Export(room.Context, room.State));
    }

    private Verdict Share(AuthorKey author, params (int Number, string Thought, string Reframe, bool On)[] entries) =>
        room.Give(author, Fields.Of(entries.SelectMany(e => new[] { ($"thought-{e.Number}", e.Thought), ($"reframe-{e.Number}", e.Reframe), ($"share-{e.Number}", e.On ? "on" : "") }).Prepend(("do", "answer"))));

    private Verdict Moderate(string verb, string entry) => room.Give(AuthorKey.Facilitator, Fields.Of(("do", verb), ("entry", entry)));

    private static string Refused(Verdict verdict) => Assert.Single(Assert.IsType<Verdict.Refused>(verdict).Reasons).Code;
}
