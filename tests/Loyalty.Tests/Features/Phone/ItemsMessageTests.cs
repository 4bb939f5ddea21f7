using Loyalty.Engine.Exercises;
using Loyalty.Web.Live;

namespace Loyalty.Tests.Features.Phone;

public sealed class ItemsMessageTests
{
    private static readonly PhoneItem A = new("a", "column", "First", 1);
    private static readonly PhoneItem B = new("b", "column", "Second", 0);

    [Fact]
    public void Same_lines_are_not_sent_again() => Assert.Null(StageMessages.Changes(All(1, A, B), All(2, A, B)));

    [Fact]
    public void Changed_and_new_lines_are_sent_alone_with_the_whole_order()
    {
        var changes = StageMessages.Changes(All(1, A), All(2, B, A with { Count = 2 }))!;

        Assert.Equal(["b", "a"], changes.Order);
        Assert.Equal([B, A with { Count = 2 }], changes.Changed);
        Assert.False(changes.Full);
    }

    [Fact]
    public void Line_that_is_gone_is_gone_from_the_order()
    {
        var changes = StageMessages.Changes(All(1, A, B), All(2, B))!;

        Assert.Equal(["b"], changes.Order);
        Assert.Empty(changes.Changed);
    }

    private static ItemsMessage All(long revision, params PhoneItem[] items) => new("board", revision, [.. items], [.. items.Select(i => i.Id)], Full: true);
}
