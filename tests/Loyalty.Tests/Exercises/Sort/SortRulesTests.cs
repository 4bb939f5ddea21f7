using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Exercises.Sort;

namespace Loyalty.Tests.Exercises.Sort;

public sealed class SortRulesTests
{
    private const string Shop =
        """
        {
          "items": [{ "id": "greeted", "label": "Was greeted" }, { "id": "name", "label": "Heard a name" }],
          "buckets": [{ "id": "yes", "label": "Yes" }, { "id": "no", "label": "No" }, { "id": "not-seen", "label": "Not seen" }],
          "picture": "share", "evidence": { "label": "What did you see?" }, "measure": "mystery-shop.yes"
        }
        """;

    private readonly SampleRoom room = new(new SortType());
    private readonly SampleRoom shop = new(new SortType(), settings: Shop);

    [Fact]
    public void Majority_decides_and_says_how_clear_it_is()
    {
        Give(room, ("bucket-names", "attitude"));
        Give(room, ("bucket-names", "attitude"));
        Give(room, ("bucket-names", "performance"));

        var line = Line(room, "names");

        Assert.Equal(["attitude"], line.Leaders.Select(b => b.Id));
        Assert.Equal((2, 3, 2.0 / 3), (line.Most, line.Count, line.Clarity));
        Assert.Equal(["names"], Tally(room).In(line.Leaders[0]).Select(l => l.Item.Id));
    }

    [Fact]
    public void Tie_is_a_tie_and_in_no_bucket()
    {
        Give(room, ("bucket-names", "attitude"));
        Give(room, ("bucket-names", "performance"));

        var tally = Tally(room);

        Assert.Equal(["attitude", "performance"], Assert.Single(tally.Level).Leaders.Select(b => b.Id));
        Assert.All(((SortSettings)room.Rules.SettingsOf(room.Context)).Buckets, bucket => Assert.Empty(tally.In(bucket)));
        Assert.Equal(5, tally.Unsorted);
    }

    [Fact]
    public void Share_leaves_out_what_was_not_seen()
    {
        foreach (var bucket in new[] { "yes", "yes", "no", "not-seen", "not-seen" })
            Give(shop, ("bucket-greeted", bucket));

        var greeted = Line(shop, "greeted");

        Assert.Equal((3, 2.0 / 3), (greeted.Judged, greeted.Share));
        Assert.Null(Line(shop, "name").Share);
    }

    [Fact]
    public void Measures_of_a_share_average_to_it_and_leave_the_others_out()
    {
        foreach (var bucket in new[] { "yes", "no", "not-seen" })
            Give(shop, ("bucket-greeted", bucket));

        var measures = shop.Rules.Measures(shop.Context, shop.State);

        Assert.Equal([0.0, 1.0], measures.Select(m => m.Value).Order());
        Assert.All(measures, m => Assert.Equal(("mystery-shop.yes", "", "greeted"), (m.Name, m.Subject, m.Item)));
    }

    [Fact]
    public void Measures_of_buckets_name_the_bucket()
    {
        Give(room, ("bucket-names", "attitude"));

        var measure = Assert.Single(room.Rules.Measures(room.Context, room.State));
        Assert.Equal(("sort.placed", "attitude", "names", 1.0), (measure.Name, measure.Subject, measure.Item, measure.Value));
    }

    [Fact]
    public void Evidence_without_an_answer_is_refused_at_the_answer()
    {
        var refused = Refused(Give(shop, ("evidence-name", "He did not look up.")));

        Assert.Equal(("no-bucket", "bucket-name"), (refused.Code, refused.Field));
    }

    [Fact]
    public void Nothing_sorted_is_refused() => Assert.Equal("nothing-sorted", Refused(Give(room)).Code);

    [Fact]
    public void Facilitator_confirms_up_to_the_most_and_takes_back()
    {
        Assert.IsType<Verdict.Accepted>(Mark("confirm", "extra"));
        Assert.IsType<Verdict.Accepted>(Mark("confirm", "names"));
        Assert.IsType<Verdict.Accepted>(Mark("confirm", "kept-word"));
        Assert.Equal("confirmed-enough", Refused(Mark("confirm", "listened")).Code);
        Assert.IsType<Verdict.Accepted>(Mark("unconfirm", "names"));

        Assert.Equal(["extra", "kept-word"], Tally(room).Confirmed.Select(i => i.Id));
        Assert.Equal(["extra", "kept-word"], room.Rules.Items(room.Context, room.State).Select(i => i.Id));
    }

    [Fact]
    public void Participant_cannot_confirm_and_nobody_what_does_not_exist()
    {
        Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), Fields.Of(("do", "confirm"), ("item", "names"))));
        Assert.IsType<Verdict.Refused>(Mark("confirm", "no-such-item"));
    }

    [Fact]
    public void Without_confirmed_items_the_clearest_come_first()
    {
        Give(room, ("bucket-names", "attitude"), ("bucket-extra", "performance"));
        Give(room, ("bucket-names", "performance"), ("bucket-extra", "performance"));
        Give(room, ("bucket-names", "performance"));

        Assert.Equal(["extra", "names"], room.Rules.Items(room.Context, room.State).Select(i => i.Id));
    }

    [Fact]
    public void Confirmed_and_sorted_items_survive_a_replay_without_the_activity_that_they_came_from()
    {
        var settings = room.Type.Sample.Settings.Replace("\"cloud\"", "\"itemsFrom\": \"factors\", \"cloud\"", StringComparison.Ordinal);
        var borrowed = new SampleRoom(new SortType(), settings: settings);
        var context = borrowed.Context.Where(w => w with { ItemsOf = _ => [new("kind", "Kind")] });

        var verdict = Assert.IsType<Verdict.Accepted>(borrowed.Rules.Accept(context, borrowed.State, borrowed.NewKey(), AuthorKey.Facilitator, Fields.Of(("do", "confirm"), ("item", "kind"))));
        var replayed = borrowed.Rules.Replay(borrowed.Context, borrowed.Start, borrowed.NewKey(), AuthorKey.Facilitator, verdict.Json, 1);

        Assert.Equal(["kind"], ((SortState)replayed).Confirmed);
        Assert.Equal(["Kind"], ((SortTally)borrowed.Rules.Tally(context, replayed)).Confirmed.Select(i => i.Label));
    }

    [Theory]
    [InlineData(2, 7)]
    [InlineData(4, 30)]
    [InlineData(5, 13)]
    public void Every_phone_is_dealt_as_many_and_every_item_as_often_give_or_take_one(int perPhone, int phones)
    {
        var dealt = new SampleRoom(new SortType(), settings: room.Type.Sample.Settings.Replace("\"cloud\"", $"\"perPhone\": {perPhone}, \"cloud\"", StringComparison.Ordinal));
        ImmutableArray<Person> people = [.. Enumerable.Range(0, phones).Select(i => new Person(ParticipantId.New(), $"P{i}", null))];
        var context = dealt.Context.Where(w => w with { People = () => people });

        var hands = people.Select(p => dealt.Rules.Given(context, dealt.State, p.Id).Fields["_item"]).ToList();
        var times = hands.SelectMany(h => h).CountBy(id => id).Select(c => c.Value).ToList();

        Assert.All(hands, hand => Assert.Equal(perPhone, hand.Distinct().Count()));
        Assert.Equal(6, times.Count);
        Assert.InRange(times.Max() - times.Min(), 0, 1);
    }

    [Fact]
    public void Cloud_goes_by_how_often_an_item_was_named_where_it_comes_from()
    {
        var cloud = new SampleRoom(new SortType(), settings: room.Type.Sample.Settings.Replace("\"cloud\"", "\"itemsFrom\": \"factors\", \"cloud\"", StringComparison.Ordinal));
        var context = cloud.Context.Where(w => w with { MeasuresOf = _ => [.. new[] { "extra", "names", "extra" }.Select(item => new Measure(cloud.NewAuthor(), "factor.named", "", item, 1))] });

        var tally = (SortTally)cloud.Rules.Tally(context, cloud.State);

        Assert.Equal(["extra", "names"], tally.ByWeight.Take(2).Select(l => l.Item.Id));
        Assert.Equal(2, tally.ByWeight.First().Weight);
    }

    [Theory]
    [InlineData("\"buckets\": [{ \"id\": \"yes\", \"label\": \"Yes\" }, ", "\"buckets\": [], \"x\": [")]
    [InlineData("mystery-shop.yes", "mystery")]
    [InlineData("\"picture\"", "\"perPhone\": -1, \"picture\"")]
    [InlineData("\"label\": \"What did you see?\"", "\"label\": \"\"")]
    public void Settings_that_make_no_sense_are_named(string right, string wrong) =>
        Assert.NotEmpty(shop.Rules.CheckSettings(JsonDocument.Parse(Shop.Replace(right, wrong, StringComparison.Ordinal)).RootElement));

    [Fact]
    public async Task Evidence_of_a_small_anonymous_room_stays_out_of_the_report()
    {
        await using var renderer = new ViewRenderer();
        var anonymous = new SampleRoom(new SortType(), Anonymity.Anonymous, settings: Shop);
        for (var i = 0; i < 9; i++)
            Give(anonymous, ("bucket-greeted", "no"), ("evidence-greeted", "He did not look up."));
        var small = await renderer.Html(anonymous.Show(ViewPlace.Report));
        Give(anonymous, ("bucket-greeted", "yes"));

        Assert.DoesNotContain("look up", small, StringComparison.Ordinal);
        Assert.Contains("look up", await renderer.Html(anonymous.Show(ViewPlace.Report)), StringComparison.Ordinal);
        Assert.DoesNotContain("look up", await renderer.Html(anonymous.Show(ViewPlace.Room)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_too_few_sorted_is_nobodys_to_see_where_answers_are_anonymous()
    {
        await using var renderer = new ViewRenderer();
        var anonymous = new SampleRoom(new SortType(), Anonymity.Anonymous, settings: Shop);
        for (var person = 0; person < anonymous.Context.Threshold; person++)
            Give(anonymous, person == 0 ? [("bucket-greeted", "yes"), ("bucket-name", "no"), ("evidence-name", "He did not look up.")] : [("bucket-greeted", "yes")]);

        var (greeted, name) = (Line(anonymous, "greeted"), Line(anonymous, "name"));

        Assert.Equal((anonymous.Context.Threshold, 1.0, false), (greeted.Sorted, greeted.Share, greeted.IsTooFew));
        Assert.Equal((1, 0, null, true), (name.Sorted, name.Count, name.Share, name.IsTooFew));
        Assert.Empty(name.Leaders);
        Assert.Empty(name.Said);
        Assert.Equal((0, 1), (Tally(anonymous).Unsorted, Tally(anonymous).TooFew));
        Assert.Equal(["greeted", "name"], anonymous.Rules.Items(anonymous.Context, anonymous.State).Select(i => i.Id));
        foreach (var place in new[] { ViewPlace.Room, ViewPlace.Phone, ViewPlace.Report })
            Assert.Contains("too few to show", await renderer.Html(anonymous.Show(place)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buckets_say_how_many_things_too_few_sorted()
    {
        await using var renderer = new ViewRenderer();
        var anonymous = new SampleRoom(new SortType(), Anonymity.Anonymous);
        for (var person = 0; person < anonymous.Context.Threshold; person++)
            Give(anonymous, person == 0 ? [("bucket-names", "attitude"), ("bucket-extra", "performance")] : [("bucket-names", "attitude")]);

        foreach (var place in new[] { ViewPlace.Console, ViewPlace.Room, ViewPlace.Phone })
            Assert.Contains("1 that too few sorted to show", await renderer.Html(anonymous.Show(place)), StringComparison.Ordinal);
    }

    private static SortTally Tally(SampleRoom room) => (SortTally)room.Rules.Tally(room.Context, room.State);

    private static SortLine Line(SampleRoom room, string item) => Tally(room).Lines.Single(l => l.Item.Id == item);

    private static Verdict Give(SampleRoom room, params (string, string)[] fields) => room.Give(room.NewAuthor(), Fields.Of([("do", "answer"), .. fields]));

    private Verdict Mark(string verb, string item) => room.Give(AuthorKey.Facilitator, Fields.Of(("do", verb), ("item", item)));

    private static Refusal Refused(Verdict verdict) => Assert.Single(Assert.IsType<Verdict.Refused>(verdict).Reasons);
}
