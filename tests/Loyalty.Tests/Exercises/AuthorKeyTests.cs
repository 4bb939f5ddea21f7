using Loyalty.Engine;
using Loyalty.Engine.Exercises;

namespace Loyalty.Tests.Exercises;

public sealed class AuthorKeyTests
{
    [Fact]
    public void Slot_is_known_by_its_token_and_does_not_tell_it()
    {
        var slot = AuthorKey.Slot("a token of the phone");

        Assert.Equal(slot, AuthorKey.Slot("a token of the phone"));
        Assert.NotEqual(slot, AuthorKey.Slot("a token of the phone "));
        Assert.Equal(AuthorKind.Slot, slot.Kind);
        Assert.Null(slot.Participant);
        Assert.False(slot.IsFacilitator);
        Assert.True(AuthorKey.Facilitator.IsFacilitator);
        var somebody = ParticipantId.New();
        Assert.Equal(somebody, AuthorKey.Of(somebody).Participant);
    }
}
