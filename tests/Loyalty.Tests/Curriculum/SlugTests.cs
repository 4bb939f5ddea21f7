using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Tests.Curriculum;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Personal Connection", "personal-connection")]
    [InlineData("  What's “unique” – about us? ", "whats-unique-about-us")]
    [InlineData("Café Größe", "cafe-gro-e")]
    [InlineData("日本", "item")]
    [InlineData("", "item")]
    public void Slug_is_made_of_the_words(string words, string slug) => Assert.Equal(slug, Slug.Of(words, [], "item"));

    [Fact]
    public void Slug_that_is_taken_gets_a_number() => Assert.Equal("a-b-3", Slug.Of("A b", ["a-b", "a-b-2"], "item"));

    [Fact]
    public void Slug_of_anything_is_an_id_of_its_own() => Prop.ForAll<string?, string?>((first, second) =>
    {
        var one = Slug.Of(first ?? "", [], "item");
        var other = Slug.Of(second ?? "", [one], "item");
        return Slug.IsValid(one) && Slug.IsValid(other) && one != other;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a", true)]
    [InlineData("own-board-2", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("A", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    [InlineData("../a", false)]
    public void Only_slugs_are_ids(string id, bool valid) => Assert.Equal(valid, Slug.IsValid(id));
}
