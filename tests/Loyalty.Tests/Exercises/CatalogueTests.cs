using System.Text.Json;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Exercises;

/// <summary>What holds for every exercise type that exists, today's and those to come. A new type is tested by being there.</summary>
public sealed class CatalogueTests : IAsyncDisposable
{
    private static readonly ExerciseCatalogue Catalogue = ExerciseCatalogue.Discover();

    private readonly ViewRenderer renderer = new();

    public static TheoryData<string> Types => [.. Catalogue.All.Select(t => t.Name)];

    public static TheoryData<string, Anonymity> TypesAndLabels => [.. Catalogue.All.SelectMany(t => Enum.GetValues<Anonymity>().Select(a => (t.Name, a)))];

    public ValueTask DisposeAsync() => renderer.DisposeAsync();

    [Theory, MemberData(nameof(Types))]
    public void Type_has_a_slug_for_a_name(string type) => Assert.Matches("^[a-z]+(-[a-z]+)*$", type);

    [Theory, MemberData(nameof(Types))]
    public void Texts_have_name_and_summary(string type)
    {
        var texts = renderer.Texts(Catalogue.Of(type).Texts);

        Assert.NotEmpty(texts["Name"].Value);
        Assert.NotEmpty(texts["Summary"].Value);
    }

    [Theory, MemberData(nameof(Types))]
    public void Sample_settings_are_valid(string type)
    {
        var sample = JsonDocument.Parse(Catalogue.Of(type).Sample.Settings).RootElement;

        Assert.Empty(Catalogue.Of(type).Rules.CheckSettings(sample));
    }

    [Theory, MemberData(nameof(Types))]
    public void Settings_of_any_shape_are_judged_without_an_exception(string type)
    {
        var rules = Catalogue.Of(type).Rules;
        var good = JsonDocument.Parse(Catalogue.Of(type).Sample.Settings).RootElement;
        string[] values = ["null", "[]", "{}", "\"x\"", "-1", "1e9", "true", "[null]", "[{}]", "[{\"id\":\"\",\"label\":\"\"}]", "[{\"id\":\"a\",\"label\":\"A\"},{\"id\":\"a\",\"label\":\"A\"}]"];

        foreach (var whole in values)
            rules.CheckSettings(JsonDocument.Parse(whole).RootElement);
        rules.CheckSettings(default);
        foreach (var property in good.EnumerateObject())
        {
            foreach (var value in values)
            {
                var spoiled = good.EnumerateObject().ToDictionary(p => p.Name, p => p.Name == property.Name ? JsonDocument.Parse(value).RootElement : p.Value);
                if (rules.CheckSettings(JsonSerializer.SerializeToElement(spoiled)).IsEmpty)
                    rules.Start(new SampleRoom(Catalogue.Of(type), settings: JsonSerializer.Serialize(spoiled)).Activity);
            }
        }
    }

    [Theory, MemberData(nameof(TypesAndLabels))]
    public void Stored_entries_replayed_give_the_same_tally_and_measures(string type, Anonymity anonymity)
    {
        var room = new SampleRoom(Catalogue.Of(type), anonymity).Fill(30);

        var again = room.Replayed;

        Assert.Equal(Canonical.Of(room.Rules.Tally(room.Context, room.State)), Canonical.Of(room.Rules.Tally(room.Context, again)));
        Assert.Equal(room.Rules.Measures(room.Context, room.State), room.Rules.Measures(room.Context, again));
        Assert.Equal(room.State.Respondents, again.Respondents);
    }

    [Theory, MemberData(nameof(Types))]
    public void Own_answer_filled_in_and_sent_again_changes_nothing(string type)
    {
        var room = new SampleRoom(Catalogue.Of(type)).Fill(20);
        var before = Canonical.Of(room.Rules.Tally(room.Context, room.State));

        foreach (var author in room.Entries.Select(e => e.Author).Where(a => !a.IsFacilitator).Distinct().ToList())
        {
            var own = room.Rules.Own(room.Context, room.State, author);
            Assert.False(own.IsEmpty);
            if (own.Fields.IsEmpty)
                continue;
            var fields = own.Fields.SelectMany(f => f.Value.Select(v => (f.Key, v))).Append(("do", "answer"));
            Assert.IsType<Verdict.Accepted>(room.Give(author, Fields.Of(fields)));
        }

        Assert.Equal(before, Canonical.Of(room.Rules.Tally(room.Context, room.State)));
    }

    [Theory, MemberData(nameof(Types))]
    public void Somebody_who_gave_nothing_has_no_answer(string type)
    {
        var room = new SampleRoom(Catalogue.Of(type)).Fill(10);

        Assert.True(room.Rules.Own(room.Context, room.State, room.NewAuthor()).IsEmpty);
        Assert.False(room.Rules.HasAnswered(room.Context, room.State, room.NewAuthor()));
    }

    [Theory, MemberData(nameof(Types))]
    public void Tally_and_measures_do_not_depend_on_the_order_of_answers(string type)
    {
        // Everybody's first input, made before anybody else's is known: such inputs commute.
        var maker = new SampleRoom(Catalogue.Of(type));
        var authors = Enumerable.Range(0, 40).Select(_ => maker.NewAuthor()).ToList();
        maker.Lead();
        var inputs = authors
            .Select(author => (Author: author, Key: maker.NewKey(), Fields: maker.Next(author)))
            .Where(i => i.Fields is not null)
            .ToList();

        var results = new[] { 1, 2, 3 }.Select(seed =>
        {
            var room = maker.Copy();
            var order = inputs.ToArray();
            new Random(seed).Shuffle(order);
            foreach (var input in order)
                Assert.IsType<Verdict.Accepted>(room.Give(input.Author, input.Key, input.Fields!));
            var measures = room.Rules.Measures(room.Context, room.State).Select(m => m.ToString()).Order(StringComparer.Ordinal);
            return Canonical.Of(room.Rules.Tally(room.Context, room.State)) + string.Join('\n', measures);
        }).ToList();

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Theory, MemberData(nameof(Types))]
    public void Measures_are_finite_named_and_from_people_who_answered(string type)
    {
        var room = new SampleRoom(Catalogue.Of(type)).Fill(30);
        var authors = room.Entries.Select(e => e.Author).ToHashSet();

        var measures = room.Rules.Measures(room.Context, room.State);

        Assert.All(measures, m =>
        {
            Assert.Matches("^[a-z-]+\\.[a-z-]+$", m.Name);
            Assert.True(double.IsFinite(m.Value));
            Assert.Contains(m.Author, authors);
        });
    }

    [Theory, MemberData(nameof(TypesAndLabels))]
    public async Task Every_view_renders_in_every_phase_and_place(string type, Anonymity anonymity)
    {
        foreach (var people in new[] { 0, 1, 4, 50 })
        {
            var room = new SampleRoom(Catalogue.Of(type), anonymity).Fill(people);
            foreach (var place in Enum.GetValues<ViewPlace>())
            {
                foreach (var phase in Enum.GetValues<Phase>())
                {
                    var html = await renderer.Html(room.Show(place, phase));
                    Assert.NotEmpty(html.Trim());
                    Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
                    Assert.DoesNotContain("∞", html, StringComparison.Ordinal);
                    Assert.DoesNotContain("ImmutableArray", html, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory, MemberData(nameof(TypesAndLabels))]
    public async Task Open_exercise_can_be_sent_from_the_phone_without_script(string type, Anonymity anonymity)
    {
        var room = new SampleRoom(Catalogue.Of(type), anonymity);
        if (!room.Rules.TakesAnswers)
            return;

        // Some exercises ask for nothing until the facilitator has led to the part that does.
        room.NewAuthor();
        room.Lead();
        var open = await renderer.Html(room.Show(ViewPlace.Phone, Phase.Open));
        var waiting = await renderer.Html(room.Show(ViewPlace.Phone, Phase.Waiting));

        Assert.Matches("<button[^>]*type=\"submit\"", open);
        Assert.DoesNotContain("<form", open, StringComparison.Ordinal); // the phone page brings it
        Assert.DoesNotContain("type=\"submit\"", waiting, StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", open, StringComparison.Ordinal); // the phone's content policy has no inline styles
    }

    [Theory, MemberData(nameof(TypesAndLabels))]
    public async Task Room_and_phones_get_nothing_before_the_reveal(string type, Anonymity anonymity)
    {
        // What the facilitator did may be seen, such as groups that were formed; what people gave may not.
        var full = new SampleRoom(Catalogue.Of(type), anonymity).Fill(30);
        var empty = full.WithoutAnswers();
        if (!full.Rules.TakesAnswers)
            return;

        foreach (var place in new[] { ViewPlace.Room, ViewPlace.Phone })
        {
            foreach (var phase in new[] { Phase.Waiting, Phase.Open, Phase.Closed })
                Assert.Equal(await renderer.Html(empty.Show(place, phase)), await renderer.Html(full.Show(place, phase)));
        }
    }

    [Theory, MemberData(nameof(Types))]
    public async Task Anonymous_answers_of_too_few_people_leave_no_trace_on_screen(string type)
    {
        // Two rooms of four that answered differently look the same everywhere.
        var one = new SampleRoom(Catalogue.Of(type), Anonymity.Anonymous, seed: 1).Fill(4);
        var other = new SampleRoom(Catalogue.Of(type), Anonymity.Anonymous, seed: 2).Fill(4);
        if (!one.Rules.TakesAnswers)
            return;

        foreach (var place in Enum.GetValues<ViewPlace>())
            Assert.Equal(await renderer.Html(one.Show(place)), await renderer.Html(other.Show(place)));
    }

    [Theory, MemberData(nameof(TypesAndLabels))]
    public async Task Names_stand_only_where_the_label_allows(string type, Anonymity anonymity)
    {
        var room = new SampleRoom(Catalogue.Of(type), anonymity).Fill(30);

        foreach (var place in Enum.GetValues<ViewPlace>())
        {
            var html = await renderer.Html(room.Show(place));
            if (anonymity == Anonymity.Anonymous || (anonymity == Anonymity.Facilitator && place is ViewPlace.Room or ViewPlace.Phone))
                Assert.DoesNotContain("Quillfeather", html, StringComparison.Ordinal);
            if (anonymity == Anonymity.Anonymous)
                Assert.All(room.Entries.Where(e => !e.Author.IsFacilitator), e => Assert.DoesNotContain(e.Author.Id.ToString("N")[..12], html.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory, MemberData(nameof(Types))]
    public async Task Hostile_input_is_refused_in_words_or_shown_as_text(string type)
    {
        var room = new SampleRoom(Catalogue.Of(type)).Fill(6);
        var person = room.NewAuthor();
        var samples = Enumerable.Range(0, 5)
            .SelectMany(_ => new[] { room.Next(room.NewAuthor()), room.Next(AuthorKey.Facilitator) })
            .OfType<Fields>()
            .DefaultIfEmpty(Fields.Of(("do", "answer")))
            .ToList();

        foreach (var fields in samples.SelectMany(HostileInput.Spoil))
        {
            foreach (var author in new[] { person, AuthorKey.Facilitator })
            {
                if (room.Give(author, fields) is Verdict.Refused refused)
                    AssertInWords(refused, type);
            }
        }

        Assert.Equal(Canonical.Of(room.Rules.Tally(room.Context, room.State)), Canonical.Of(room.Rules.Tally(room.Context, room.Replayed)));
        Assert.NotNull(room.Rules.Export(room.Context, room.State).ToList());
        Assert.NotNull(room.Rules.Own(room.Context, room.State, person));
        Assert.True(room.Rules.PhoneItems(room.Context, room.State, _ => null).Length <= 500);
        foreach (var place in Enum.GetValues<ViewPlace>())
        {
            foreach (var phase in new[] { Phase.Open, Phase.Revealed })
                AssertHarmless(await renderer.Html(room.Show(place, phase)));
        }
    }

    private void AssertInWords(Verdict.Refused refused, string type)
    {
        Assert.NotEmpty(refused.Reasons);
        Assert.All(refused.Reasons, reason => Assert.DoesNotContain("Refusal.", renderer.Sentences.Of(reason, type), StringComparison.Ordinal));
    }

    private static void AssertHarmless(string html)
    {
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', html);
        Assert.DoesNotContain('\u2066', html);
        Assert.DoesNotContain('\u0000', html);
    }
}
