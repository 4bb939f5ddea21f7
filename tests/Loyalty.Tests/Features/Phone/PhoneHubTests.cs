using System.Text.Json.Nodes;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Live;

namespace Loyalty.Tests.Features.Phone;

public sealed class PhoneHubTests(PhoneServer server)
{
    [Fact]
    public async Task Hello_brings_the_stage_and_the_own_answer()
    {
        var (host, line) = await OpenAsync(PhoneServer.Named);
        await using var _ = line;
        await line.CallAsync("Submit", Answer(PhoneServer.Named, "9", "They ring back"));

        var reply = (await line.CallAsync("Hello", new { revision = 0, slots = new { } }))!;

        Assert.Equal("open", (string?)reply["stage"]!["phase"]);
        Assert.Equal("live", (string?)reply["stage"]!["status"]);
        Assert.Equal("named", (string?)reply["stage"]!["anonymity"]);
        Assert.Equal(host.Current.StageRevision, (long)reply["stage"]!["revision"]!);
        Assert.Contains("<form id=\"answer\"", (string?)reply["stage"]!["html"], StringComparison.Ordinal);
        Assert.True((bool)reply["own"]!["answered"]!);
        Assert.Equal("9", (string?)reply["own"]!["fields"]!["score-recommend"]![0]);
    }

    [Fact]
    public async Task Stage_holds_nothing_personal()
    {
        var (host, line) = await OpenAsync(PhoneServer.Named, name: "Ada Lovelace");
        await using var _ = line;
        await line.CallAsync("Submit", Answer(PhoneServer.Named, "9", "They ring back"));

        var html = (string?)(await line.CallAsync("Hello", new { revision = 0 }))!["stage"]!["html"];

        Assert.DoesNotContain("Lovelace", html, StringComparison.Ordinal);
        Assert.DoesNotContain("They ring back", html, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Current.Participants.Keys.Single().ToString(), html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_key_sent_twice_is_one_entry_and_saved_both_times()
    {
        var (host, line) = await OpenAsync(PhoneServer.Named);
        await using var _ = line;
        var answer = Answer(PhoneServer.Named, "9");

        var first = await line.CallAsync("Submit", answer);
        var keys = host.Current.Keys.Count;
        var second = await line.CallAsync("Submit", answer);

        Assert.Equal((SubmitReply.SavedState, SubmitReply.SavedState), (State(first), State(second)));
        Assert.Equal(keys, host.Current.Keys.Count);
    }

    [Fact]
    public async Task Phone_without_a_token_of_this_workshop_is_turned_away_with_a_sentence()
    {
        var elsewhere = await server.LiveAsync();
        var stranger = await server.JoinedAsync(elsewhere);
        var host = await server.LiveAsync(PhoneServer.Named);

        await using var line = await HubLine.OpenAsync(server, host.Current.Info.Code, stranger.CookieHeader);

        Assert.Contains("not part of the workshop", (string?)await line.HearAsync("Refused"), StringComparison.Ordinal);
        Assert.Null(await line.HearAsync("Stage"));
        Assert.Equal(0, host.Current.PhonesHere);
    }

    [Fact]
    public async Task Answer_that_is_too_large_is_refused_with_a_sentence_and_the_line_stays_up()
    {
        var (_, line) = await OpenAsync(PhoneServer.Named);
        await using var __ = line;

        var reply = await line.CallAsync("Submit", Answer(PhoneServer.Named, "9", new string('ü', Fields.MaxCharacters)));

        Assert.Equal(SubmitReply.RefusedState, State(reply));
        Assert.Contains("more text than can be sent at once", (string?)reply!["sentence"], StringComparison.Ordinal);
        Assert.Equal(SubmitReply.SavedState, State(await line.CallAsync("Submit", Answer(PhoneServer.Named, "9"))));
    }

    [Theory]
    [InlineData("not a key", "named-score", "9")]
    [InlineData(null, "named-score", "9")]
    [InlineData("11111111-1111-1111-1111-111111111111", "no-such-activity", "9")]
    [InlineData("11111111-1111-1111-1111-111111111112", null, "9")]
    [InlineData("11111111-1111-1111-1111-111111111113", "named-score", "<script>")]
    public async Task Nonsense_is_refused_with_a_sentence(string? key, string? activity, string score)
    {
        var (host, line) = await OpenAsync(PhoneServer.Named);
        await using var _ = line;

        var reply = await line.CallAsync("Submit", new { key, activity, fields = new Dictionary<string, string?[]?>(StringComparer.Ordinal) { ["score-recommend"] = [score], ["why"] = null, ["x"] = [null] } });

        Assert.Equal(SubmitReply.RefusedState, State(reply));
        Assert.NotEmpty((string?)reply!["sentence"] ?? "");
        Assert.Equal(0, host.Current.StateOf(host.Current.Current!).Respondents);
    }

    [Fact]
    public async Task Refusal_of_a_field_names_the_field()
    {
        var (_, line) = await OpenAsync(PhoneServer.Named);
        await using var __ = line;

        var reply = await line.CallAsync("Submit", Answer(PhoneServer.Named, "11"));

        Assert.Equal("score-recommend", (string?)reply!["errors"]![0]!["field"]);
        Assert.NotEmpty((string?)reply["errors"]![0]!["sentence"] ?? "");
    }

    [Fact]
    public async Task Hostile_words_come_back_as_the_words_they_are()
    {
        const string words = "</textarea><img src=x onerror=alert(1)> 'quoted' \"twice\" 👩‍🚀";
        var (_, line) = await OpenAsync(PhoneServer.Named);
        await using var __ = line;

        var reply = await line.CallAsync("Submit", Answer(PhoneServer.Named, "9", words));

        Assert.Equal(words, (string?)reply!["own"]!["fields"]!["why"]![0]);
    }

    [Fact]
    public async Task Anonymous_answer_needs_a_slot_and_is_known_again_by_it_alone()
    {
        var slot = ParticipantToken.New();
        var (_, line) = await OpenAsync(PhoneServer.Anonymous);
        await using var __ = line;

        var without = await line.CallAsync("Submit", Answer(PhoneServer.Anonymous, "9"));
        var with = await line.CallAsync("Submit", Answer(PhoneServer.Anonymous, "9", slot: slot));
        var own = await line.CallAsync("Own", PhoneServer.Anonymous.Value, slot);
        var nobody = await line.CallAsync("Own", PhoneServer.Anonymous.Value, null);

        Assert.Equal((SubmitReply.RefusedState, SubmitReply.SavedState), (State(without), State(with)));
        Assert.Equal("9", (string?)own!["fields"]!["score-recommend"]![0]);
        Assert.False((bool)nobody!["answered"]!);
    }

    [Fact]
    public async Task Presence_counts_a_phone_once_and_ends_with_its_line()
    {
        var (host, line) = await OpenAsync(PhoneServer.Named);
        await line.CallAsync("Hello", new { revision = 0 });
        await line.CallAsync("Hello", new { revision = 0 });
        Assert.Equal([1], host.Current.Connections.Values);

        using var changes = host.Subscribe();
        await line.DisposeAsync();

        var now = changes.Snapshot;
        while (now.PhonesHere > 0)
            now = await changes.Changes.ReadAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(LiveWorkshopHost Host, HubLine Line)> OpenAsync(ActivityId open, string name = "Ada")
    {
        var host = await server.LiveAsync(open);
        var browser = await server.JoinedAsync(host, name);
        return (host, await HubLine.OpenAsync(server, host.Current.Info.Code, browser.CookieHeader));
    }

    private static object Answer(ActivityId activity, string score, string why = "", string? slot = null) => new
    {
        key = EntryKey.New().Value,
        activity = activity.Value,
        slot,
        fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["score-recommend"] = [score], ["why"] = [why], ["do"] = ["answer"] },
    };

    private static string? State(JsonNode? reply) => (string?)reply!["state"];
}
