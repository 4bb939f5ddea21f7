using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;

namespace Loyalty.Tests.Exercises;

/// <summary>What somebody sent, before anybody looks at what it means.</summary>
public sealed class FieldsTests
{
    private static bool TryCreate(out Fields fields, params (string Name, string?[] Values)[] sent) =>
        Fields.TryCreate(sent.Select(s => KeyValuePair.Create<string, IReadOnlyList<string>>(s.Name, s.Values!)), out fields);

    [Fact]
    public void What_was_sent_is_kept_by_name_and_in_order()
    {
        Assert.True(TryCreate(out var fields, ("score", ["7"]), ("word", ["kind", "fast"]), ("empty", [])));

        Assert.Equal("7", fields.First("score"));
        Assert.Equal("kind", fields.First("word"));
        Assert.Equal(["kind", "fast"], fields.All("word"));
        Assert.Null(fields.First("empty"));
        Assert.Empty(fields.All("empty"));
        Assert.Null(fields.First("Score"));
        Assert.Empty(fields.All("missing"));
        Assert.Equal(["empty", "score", "word"], fields.Names.Order());
        Assert.Equal(["kind", "fast"], fields.ToDictionary()["word"]);
    }

    [Fact]
    public void Null_that_json_can_hold_is_empty_text()
    {
        Assert.True(TryCreate(out var fields, ("word", [null, "kind"])));

        Assert.Equal(["", "kind"], fields.All("word"));
    }

    [Fact]
    public void As_many_values_as_there_may_be_are_taken_and_not_one_more()
    {
        var most = Enumerable.Repeat("x", Fields.MaxCount).ToArray();

        Assert.True(TryCreate(out var fields, ("word", most)));
        Assert.Equal(Fields.MaxCount, fields.All("word").Length);

        Assert.False(TryCreate(out var none, ("word", most), ("one", ["more"])));
        Assert.Empty(none.Names);
    }

    [Fact]
    public void As_many_characters_as_there_may_be_are_taken_names_included_and_not_one_more()
    {
        const string name = "word";
        var half = new string('x', Fields.MaxCharacters / 2);
        var rest = new string('y', Fields.MaxCharacters - half.Length - name.Length);

        Assert.True(TryCreate(out _, (name, [half, rest])));

        Assert.False(TryCreate(out _, (name, [half, rest + "z"])));
        Assert.False(TryCreate(out _, (name + "s", [half, rest])));
        Assert.False(TryCreate(out _, (name, [half]), ("", [rest, "z"])));
    }

    [Fact]
    public void Pairs_of_one_name_are_its_values()
    {
        var fields = Fields.Of(("word", "kind"), ("do", "answer"), ("word", "fast"));

        Assert.Equal(["kind", "fast"], fields.All("word"));
        Assert.Equal("answer", fields.First("do"));
        Assert.Empty(Fields.None.Names);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" \t\n ", "")]
    [InlineData("  kind and fast  ", "kind and fast")]
    [InlineData("!~", "!~")]
    [InlineData("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour")]
    [InlineData("a\tb", "a b")]
    [InlineData("bell\a, null\0, delete\u007f, next\u0085line", "bell, null, delete, next\nline")]
    [InlineData("u\u0308ber", "über")]
    [InlineData("left \u202Eright\u202C, \u2066isolated\u2069, \u200Emark\u200F\u061C, \u202A\u202D", "left right, isolated, mark,")]
    [InlineData("zero\u200Bwidth \u2065 \u206A", "zero\u200Bwidth \u2065 \u206A")]
    [InlineData("family \U0001F469\u200D\U0001F467", "family \U0001F469\u200D\U0001F467")]
    [InlineData("愛 süß", "愛 süß")]
    public void Text_is_kept_without_what_cannot_be_seen_or_turns_what_stands_around_it(string? sent, string kept) => Assert.Equal(kept, Fields.Clean(sent));

    [Fact]
    public void Half_a_character_is_dropped()
    {
        // Not inline data: a lone surrogate does not survive being the name of a test.
        Assert.Equal("ab", Fields.Clean("a" + '\ud83d' + "b"));
        Assert.Equal("ab", Fields.Clean("a" + '\udc69' + "b"));
    }

    [Fact]
    public void Text_that_fits_is_read_clean_and_what_is_too_long_is_refused_and_not_cut()
    {
        var reader = new FieldReader(Fields.Of(("fits", " kind "), ("long", "kinder")));

        Assert.Equal("kind", reader.Text("fits", 4));
        Assert.Equal("", reader.Text("missing", 4));
        Assert.True(reader.Ok);

        Assert.Equal("kinder", reader.Text("long", 5));
        Assert.False(reader.Ok);
        AssertRefused(reader, "too-long", "long", "5", "6");
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("blank")]
    public void Text_that_is_needed_is_asked_for(string name)
    {
        var reader = new FieldReader(Fields.Of(("blank", "  ")));

        Assert.Equal("", reader.Text(name, 10, required: true));
        AssertRefused(reader, "required", name);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData(" 10 ", 10)]
    [InlineData("", null)]
    [InlineData("  ", null)]
    public void Number_within_its_range_is_read(string sent, int? number)
    {
        var reader = new FieldReader(Fields.Of(("score", sent)));

        Assert.Equal(number, reader.Whole("score", 0, 10));
        Assert.True(reader.Ok);
    }

    [Fact]
    public void Number_below_zero_is_one() => Assert.Equal(-2, new FieldReader(Fields.Of(("shift", "-2"))).Whole("shift", -2, 2));

    [Theory]
    [InlineData("-1")]
    [InlineData("11")]
    [InlineData("5.5")]
    [InlineData("1,000")]
    [InlineData("five")]
    [InlineData("99999999999")]
    public void What_is_no_number_of_the_range_is_refused(string sent)
    {
        var reader = new FieldReader(Fields.Of(("score", sent)));

        Assert.Null(reader.Whole("score", 0, 10));
        AssertRefused(reader, "range", "score", "0", "10");
    }

    [Fact]
    public void Number_and_choice_that_are_needed_are_asked_for()
    {
        var number = new FieldReader(Fields.None);
        Assert.Null(number.Whole("score", 0, 10, required: true));
        AssertRefused(number, "required", "score");

        var choice = new FieldReader(Fields.None);
        Assert.Null(choice.OneOf("letter", ["A", "B"], required: true));
        AssertRefused(choice, "required", "letter");
    }

    [Fact]
    public void Choice_is_one_of_those_that_there_are()
    {
        var reader = new FieldReader(Fields.Of(("letter", "A"), ("none", "")));

        Assert.Equal("A", reader.OneOf("letter", ["A", "B"]));
        Assert.Null(reader.OneOf("none", ["A", "B"]));
        Assert.Null(reader.OneOf("missing", ["A", "B"]));
        Assert.True(reader.Ok);

        Assert.Null(reader.OneOf("letter", ["a", "B"]));
        AssertRefused(reader, "choice", "letter");
    }

    [Theory]
    [InlineData(" 2026-11-22 ", 2026, 11, 22)]
    [InlineData("2000-01-01", 2000, 1, 1)]
    [InlineData("2199-12-31", 2199, 12, 31)]
    public void Date_is_read(string sent, int year, int month, int day)
    {
        var reader = new FieldReader(Fields.Of(("by", sent)));

        Assert.Equal(new DateOnly(year, month, day), reader.Date("by"));
        Assert.True(reader.Ok);
    }

    [Theory]
    [InlineData("1999-12-31")]
    [InlineData("2200-01-01")]
    [InlineData("2026-02-30")]
    [InlineData("22.11.2026")]
    [InlineData("tomorrow")]
    public void What_is_no_date_of_these_centuries_is_refused(string sent)
    {
        var reader = new FieldReader(Fields.Of(("by", sent)));

        Assert.Null(reader.Date("by"));
        AssertRefused(reader, "date", "by");
    }

    [Fact]
    public void Date_may_be_left_out()
    {
        var reader = new FieldReader(Fields.Of(("by", " ")));

        Assert.Null(reader.Date("by"));
        Assert.Null(reader.Date("missing"));
        Assert.True(reader.Ok);
    }

    [Fact]
    public void Key_of_an_earlier_entry_is_read_and_asked_for_unless_it_may_be_left_out()
    {
        var key = EntryKey.New();
        var reader = new FieldReader(Fields.Of(("post", key.ToString()), ("empty", Guid.Empty.ToString("N")), ("none", "x")));

        Assert.Equal(key, reader.Key("post"));
        Assert.Null(reader.Key("missing", required: false));
        Assert.True(reader.Ok);

        Assert.Null(reader.Key("empty"));
        AssertRefused(reader, "choice", "empty");
        Assert.Null(reader.Key("none"));
        Assert.Equal(2, reader.Refusals.Length);
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("off", false)]
    [InlineData("", false)]
    public void Box_is_ticked_as_browsers_say_it(string sent, bool ticked)
    {
        var reader = new FieldReader(Fields.Of(("agree", sent)));

        Assert.Equal(ticked, reader.Ticked("agree"));
        Assert.False(reader.Ticked("missing"));
    }

    private static void AssertRefused(FieldReader reader, string code, string field, params ImmutableArray<string> args)
    {
        var refusal = Assert.Single(reader.Refusals);
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
        Assert.Equal(args, refusal.Args);
    }
}
