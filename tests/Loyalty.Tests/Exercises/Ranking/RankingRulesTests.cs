using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Insights;
using Loyalty.Web.Exercises.Ranking;

namespace Loyalty.Tests.Exercises.Ranking;

public sealed class RankingRulesTests
{
    private const string Settings =
        """
        {
          "items": [{ "id": "a", "label": "Apples" }, { "id": "b", "label": "Bread" }, { "id": "c", "label": "Cheese" }],
          "perspectives": [{ "id": "they", "label": "They" }, { "id": "we", "label": "We" }],
          "measure": "shop.priority"
        }
        """;

    private static SampleRoom NewRoom(Anonymity anonymity = Anonymity.Named) => new(new RankingType(), anonymity, settings: Settings);

    [Fact]
    public void Answer_is_an_order_per_perspective()
    {
        var room = NewRoom();
        var person = room.NewAuthor();

        room.Give(person, Order(("they", "cab"), ("we", "abc")));

        Assert.Equal(
            new Dictionary<string, string> { ["they.a"] = "2", ["they.b"] = "3", ["they.c"] = "1", ["we.a"] = "1", ["we.b"] = "2", ["we.c"] = "3" },
            room.Rules.Own(room.Context, room.State, person).Fields.ToDictionary(f => f.Key, f => f.Value.Single()));
    }

    [Fact]
    public void Perspective_may_be_left_out()
    {
        var room = NewRoom();

        Assert.IsType<Verdict.Accepted>(room.Give(room.NewAuthor(), Order(("we", "abc"))));

        Assert.Equal([0, 1], Tally(room).Ladders.Select(l => l.Count));
    }

    [Fact]
    public void Nothing_ranked_is_refused()
    {
        var room = NewRoom();

        Assert.Equal(new Refusal("nothing-ranked", "they"), Refused(room, Fields.Of(("do", "answer"))), Same);
    }

    [Fact]
    public void Two_items_on_one_place_are_refused_by_name()
    {
        var room = NewRoom();

        Assert.Equal(
            new Refusal("same-place", "we", "We", "2", "Apples, Cheese"),
            Refused(room, Fields.Of(("we.a", "2"), ("we.b", "1"), ("we.c", "2"))), Same);
    }

    [Fact]
    public void Half_a_list_is_refused_by_what_is_missing()
    {
        var room = NewRoom();

        Assert.Equal(
            new Refusal("not-placed", "we", "We", "Bread, Cheese"),
            Refused(room, Fields.Of(("we.a", "1"), ("we.b", ""))), Same);
    }

    [Fact]
    public void Place_outside_the_list_is_refused_once()
    {
        var room = NewRoom();

        Assert.Equal(new Refusal("range", "we.c", "1", "3"), Refused(room, Fields.Of(("we.a", "1"), ("we.b", "2"), ("we.c", "4"))), Same);
    }

    [Fact]
    public void New_answer_replaces_the_one_before()
    {
        var room = NewRoom();
        var person = room.NewAuthor();

        room.Give(person, Order(("they", "abc"), ("we", "abc")));
        room.Give(person, Order(("we", "cba")));

        Assert.Equal(1, room.State.Respondents);
        Assert.Equal([0, 1], Tally(room).Ladders.Select(l => l.Count));
        Assert.Equal(["c", "b", "a"], Tally(room).Ladders[1].Rungs.Select(r => r.Item.Id));
    }

    [Fact]
    public void Tally_is_as_computed_by_hand()
    {
        var room = NewRoom();
        room.Give(room.NewAuthor(), Order(("they", "abc"), ("we", "cba")));
        room.Give(room.NewAuthor(), Order(("they", "acb"), ("we", "cba")));

        var (they, we) = (Tally(room).Ladders[0], Tally(room).Ladders[1]);

        // They: a 1, b (2 + 3) / 2, c (3 + 2) / 2; rank sums 2, 5, 5 about 4: S = 6, W = 12 × 6 / (4 × 24).
        Assert.Equal([new MeanRank("a", 1, 2, 1, false), new MeanRank("b", 2.5, 2, 2, true), new MeanRank("c", 2.5, 2, 2, true)], they.Rungs.Select(r => r.Rank));
        Assert.Equal(0.75, they.Agreement!.Value, 12);
        Assert.Equal(1, we.Agreement!.Value, 12);
        Assert.Equal(AgreementStrength.VeryStrong, we.Strength);

        // a: 1 against 3; b: 2.5 against 2; c: 2.5 against 1.
        var widest = Assert.Single(Tally(room).Widest);
        Assert.Equal(("a", "they", 1.0, "we", 3.0, 2.0), (widest.Item.Id, widest.Higher.Id, widest.Best, widest.Lower.Id, widest.Worst, widest.Distance));
    }

    [Fact]
    public void Widest_difference_names_every_item_that_is_level()
    {
        var room = NewRoom();
        room.Give(room.NewAuthor(), Order(("they", "abc"), ("we", "cba")));

        Assert.Equal(["a", "c"], Tally(room).Widest.Select(d => d.Item.Id));
    }

    [Fact]
    public void Perspectives_of_one_mind_have_no_widest_difference()
    {
        var room = NewRoom();
        room.Give(room.NewAuthor(), Order(("they", "abc"), ("we", "abc")));

        Assert.Empty(Tally(room).Widest);
        Assert.True(Tally(room).IsComparable);
    }

    [Fact]
    public void Agreement_of_one_person_is_unknown()
    {
        var room = NewRoom();
        room.Give(room.NewAuthor(), Order(("we", "abc")));

        Assert.Null(Tally(room).Ladders[1].Agreement);
        Assert.Null(Tally(room).Ladders[1].Strength);
    }

    [Fact]
    public void Anonymous_perspective_of_too_few_holds_no_numbers_although_the_room_is_large_enough()
    {
        var room = NewRoom(Anonymity.Anonymous);
        for (var i = 0; i < 6; i++)
            room.Give(room.NewAuthor(), i < 4 ? Order(("they", "abc"), ("we", "cba")) : Order(("we", "cba")));

        var they = Tally(room).Ladders[0];

        Assert.False(they.IsShown);
        Assert.Empty(they.Rungs);
        Assert.Null(they.Agreement);
        Assert.True(Tally(room).Ladders[1].IsShown);
        Assert.Empty(Tally(room).Widest);
    }

    [Fact]
    public void Measures_are_ranks_by_perspective_and_item()
    {
        var room = NewRoom();
        var person = room.NewAuthor();
        room.Give(person, Order(("we", "cab")));

        Assert.Equal(
            [new Measure(person, "shop.priority", "we", "c", 1), new Measure(person, "shop.priority", "we", "a", 2), new Measure(person, "shop.priority", "we", "b", 3)],
            room.Rules.Measures(room.Context, room.State));
    }

    [Fact]
    public void Export_is_in_words()
    {
        var room = NewRoom();
        room.Give(room.NewAuthor(), Order(("we", "cab")));

        Assert.Equal([("We", "Cheese", "1"), ("We", "Apples", "2"), ("We", "Bread", "3")], room.Rules.Export(room.Context, room.State).Select(r => (r.Part, r.Item, r.Value)));
    }

    [Fact]
    public void Facilitator_has_no_answer_to_give()
    {
        var room = NewRoom();

        Assert.IsType<Verdict.Refused>(room.Give(AuthorKey.Facilitator, Order(("we", "abc"))));
    }

    // Compares the arguments too, which a record compares by reference.
    private static readonly EqualityComparer<Refusal> Same = EqualityComparer<Refusal>.Create((a, b) => a!.Code == b!.Code && a.Field == b.Field && a.Args.SequenceEqual(b.Args));

    private static Refusal Refused(SampleRoom room, Fields fields) =>
        Assert.Single(Assert.IsType<Verdict.Refused>(room.Give(room.NewAuthor(), fields)).Reasons);

    private static RankingTally Tally(SampleRoom room) => (RankingTally)room.Rules.Tally(room.Context, room.State);

    private static Fields Order(params (string Perspective, string Order)[] orders) =>
        Fields.Of(orders.SelectMany(o => o.Order.Select((item, i) => ($"{o.Perspective}.{item}", $"{i + 1}"))));
}
