using Loyalty.Engine.Curriculum;

namespace Loyalty.Tests.Curriculum;

public sealed class ActivitySearchTests
{
    private static readonly Activity Story = Programmes.Step("story") with
    {
        Title = "A story",
        Prompt = "When did a café surprise you?",
        Notes = new SpeakerNotes("Shows that memory keeps peaks.", ["Begin with your own."], [], [], ""),
    };

    private static readonly Module One = new("one", "I", "Module one", "", [Story, Programmes.Step("other")]);

    [Theory]
    [InlineData("story")]
    [InlineData("CAFE")]
    [InlineData("peaks story")]
    [InlineData("begin  own")]
    public void Words_are_found_in_title_prompt_and_notes(string query) =>
        Assert.Equal(Story, Assert.Single(Assert.Single(ActivitySearch.In([One], query)).Activities));

    [Fact]
    public void Every_word_must_be_there() => Assert.Empty(ActivitySearch.In([One], "story elephant"));

    [Fact]
    public void Nothing_asked_finds_everything() => Assert.Equal(One, Assert.Single(ActivitySearch.In([One], "  ")));
}
