using Loyalty.Engine.Insights;

namespace Loyalty.Tests.Insights;

public sealed class MessageRatioTests
{
    [Fact]
    public void Ratio_and_share_are_those_of_the_totals()
    {
        var ratio = new MessageRatio(30, 10);

        Assert.Equal((40, 3.0, 0.75), (ratio.Total, ratio.Value, ratio.AffirmingShare));
    }

    [Fact]
    public void Without_messages_nothing_is_known()
    {
        var none = new MessageRatio(0, 0);

        Assert.Null(none.Value);
        Assert.Null(none.AffirmingShare);
        Assert.Null(none.Reaches(5));
    }

    [Fact]
    public void Without_a_corrective_message_there_is_no_ratio_and_every_target_is_reached()
    {
        var kind = new MessageRatio(1, 0);

        Assert.Null(kind.Value);
        Assert.Equal((1.0, true), (kind.AffirmingShare, kind.Reaches(5)));
    }

    [Theory]
    [InlineData(5, 1, true)]
    [InlineData(499, 100, false)]
    [InlineData(500, 100, true)]
    public void Target_is_reached_by_the_unrounded_ratio(int affirming, int corrective, bool expected) =>
        Assert.Equal(expected, new MessageRatio(affirming, corrective).Reaches(5));

    [Fact]
    public void Target_stands_where_its_ratio_is()
    {
        Assert.Equal(5.0 / 6, MessageRatio.ShareAt(5), 12);
        Assert.Equal(0, MessageRatio.ShareAt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MessageRatio.ShareAt(-1));
    }
}
