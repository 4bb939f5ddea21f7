using Loyalty.Engine.Plans;

namespace Loyalty.Tests.Plans;

public sealed class PlanAdviceTests
{
    private static readonly PlanWords Words = PlanWords.Parse("they; management; my team should", "better; try; improve");

    private static readonly Commitment Sound = new(
        1, "attitude", "", "I greet every guest within ten seconds", "At the desk in the morning rush", "Agree a signal with Sam",
        new DateOnly(2027, 3, 31), "", "", "", []);

    private static string Of(Commitment commitment) => string.Join(' ', PlanAdvice.Of(commitment, Words));

    [Fact]
    public void Advice_on_a_sound_commitment_is_none() => Assert.Equal("", Of(Sound));

    [Fact]
    public void Advice_before_anything_was_said_is_none() => Assert.Equal("", Of(Sound with { What = "", By = null, FirstStep = "" }));

    [Theory]
    [InlineData("Be nicer", "specific")]
    [InlineData("I phone them back", "")]
    [InlineData("I phone back", "specific")]
    [InlineData("I don't interrupt", "specific")] // an apostrophe parts no words
    [InlineData("I don’t interrupt", "specific")]
    [InlineData("I phone – no: visit", "")] // a dash is none
    public void Advice_asks_for_something_specific_below_four_words(string what, string expected) => Assert.Equal(expected, Of(Sound with { What = what }));

    [Fact]
    public void Advice_asks_for_something_specific_when_a_vague_word_has_no_situation() =>
        Assert.Equal("specific", Of(Sound with { What = "I will give better answers to guests", Situation = "" }));

    [Fact]
    public void Advice_lets_a_vague_word_pass_once_there_is_a_situation() =>
        Assert.Equal("", Of(Sound with { What = "I will give better answers to guests" }));

    [Fact]
    public void Advice_does_not_find_a_vague_word_inside_another() =>
        Assert.Equal("", Of(Sound with { What = "I put the pastry on the counter myself", Situation = "" }));

    [Theory]
    [InlineData("They answer the phone by the third ring")]
    [InlineData("MANAGEMENT gives us a second till")]
    [InlineData("My team should, at last, answer emails")]
    public void Advice_notices_what_others_are_to_do(string what) => Assert.Equal("others", Of(Sound with { What = what }));

    [Theory]
    [InlineData("I ask management for a second till")]
    [InlineData("Theysham branch gets a call from me")]
    public void Advice_lets_others_be_named_where_I_act(string what) => Assert.Equal("", Of(Sound with { What = what }));

    [Fact]
    public void Words_of_a_language_are_what_stands_between_semicolons()
    {
        var words = PlanWords.Parse(" they;my team should ; ;", "better;");

        Assert.Equal(["they", "my team should"], words.Others);
        Assert.Equal(["better"], words.Vague);
    }

    [Fact]
    public void Advice_asks_for_a_date() => Assert.Equal("date", Of(Sound with { By = null }));

    [Fact]
    public void Advice_asks_for_a_first_step() => Assert.Equal("first-step", Of(Sound with { FirstStep = "" }));

    [Fact]
    public void Advice_comes_in_the_order_of_its_codes() =>
        Assert.Equal(PlanAdvice.Codes, PlanAdvice.Of(Sound with { What = "They improve", By = null, FirstStep = "" }, Words));
}
