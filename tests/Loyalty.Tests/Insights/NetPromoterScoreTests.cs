using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class NetPromoterScoreTests
{
    [Theory]
    [InlineData(0, PromoterGroup.Detractor)]
    [InlineData(6, PromoterGroup.Detractor)]
    [InlineData(7, PromoterGroup.Passive)]
    [InlineData(8, PromoterGroup.Passive)]
    [InlineData(9, PromoterGroup.Promoter)]
    [InlineData(10, PromoterGroup.Promoter)]
    public void Score_falls_into_its_group(int score, PromoterGroup expected) => Assert.Equal(expected, NetPromoterScore.GroupOf(score));

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void Score_off_the_scale_is_an_error(int score) => Assert.Throws<ArgumentOutOfRangeException>(() => NetPromoterScore.GroupOf(score));

    [Fact]
    public void Value_without_answers_is_none()
    {
        Assert.Null(NetPromoterScore.Of([]).Value);
        Assert.Null(NetPromoterScore.Of([]).ShareOf(PromoterGroup.Promoter));
    }

    [Fact]
    public void Value_is_promoters_minus_detractors_from_unrounded_shares()
    {
        // Shares of 1/3 and 2/3: rounded to whole per cent first, it would be 33 - 67 = -34.
        var score = NetPromoterScore.Of([10, 0, 3]);

        Assert.Equal(-100.0 / 3, score.Value!.Value, 12);
    }

    [Fact]
    public void Passives_count_in_the_number_and_not_in_the_difference()
    {
        var score = NetPromoterScore.Of([10, 9, 8, 7, 7, 7, 8, 8, 8, 0]);

        Assert.Equal(10, score.Count);
        Assert.Equal(10.0, score.Value);
    }

    [Fact]
    public void Zero_is_an_answer() => Assert.Equal(-100.0, NetPromoterScore.Of([0]).Value);

    [Fact]
    public void All_promoters_are_plus_100() => Assert.Equal(100.0, NetPromoterScore.Of([9, 10]).Value);

    [Theory]
    [InlineData(PromoterGroup.Promoter, 2, 9, 10)]
    [InlineData(PromoterGroup.Passive, 5, 7, 8)]
    [InlineData(PromoterGroup.Detractor, 1, 0, 6)]
    public void Group_has_its_number_share_and_range(PromoterGroup group, int count, int from, int to)
    {
        var score = new NetPromoterScore(2, 5, 1);

        Assert.Equal((count, count / 8.0), (score.CountOf(group), score.ShareOf(group)));
        Assert.Equal((from, to), NetPromoterScore.RangeOf(group));
    }
}
