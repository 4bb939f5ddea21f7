using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class TokensAndCodesTests
{
    [Fact]
    public void Token_is_new_every_time_and_safe_in_an_address()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => ParticipantToken.New()).ToList();

        Assert.Equal(100, tokens.Distinct().Count());
        Assert.All(tokens, t => Assert.Matches("^[A-Za-z0-9_-]{43}$", t));
    }

    [Fact]
    public void Token_is_kept_as_half_of_its_hash()
    {
        // SHA-256 of "abc" begins with ba7816bf 8f01cfea 414140de 5dae2223.
        Assert.Equal(new Guid([0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23]), ParticipantToken.Hash("abc"));
    }

    [Fact]
    public void Code_is_valid_and_has_no_look_alikes() =>
        Assert.All(Enumerable.Range(0, 200).Select(_ => JoinCode.New()), code =>
        {
            Assert.True(JoinCode.IsValid(code));
            Assert.Equal(JoinCode.Length, code.Length);
            Assert.DoesNotContain(code, c => "0O1ILZ2S5B8UV".Contains(c));
        });

    [Theory]
    [InlineData("acd347", "ACD347")]
    [InlineData(" acd-3 47\t", "ACD347")]
    [InlineData("acd3479", "ACD3479")]
    [InlineData("acd34799999999", "ACD3479")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Code_is_understood_as_people_type_it(string? typed, string code) => Assert.Equal(code, JoinCode.Normalize(typed));

    [Theory]
    [InlineData("ACD347", true)]
    [InlineData("ACD34", false)]
    [InlineData("ACD3479", false)]
    [InlineData("ACD34O", false)]
    [InlineData("acd347", false)]
    public void Code_has_six_characters_of_the_alphabet(string code, bool isValid) => Assert.Equal(isValid, JoinCode.IsValid(code));
}
