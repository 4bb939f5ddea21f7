using System.Net;
using Loyalty.Web.Features.Phone;

namespace Loyalty.Tests.Features.Phone;

public sealed class JoinGuardTests : IDisposable
{
    private static readonly IPAddress Room = IPAddress.Parse("203.0.113.7");

    private readonly JoinGuard guard = new();

    [Fact]
    public void Wrong_codes_beyond_the_limit_close_an_address_and_no_other()
    {
        Exhaust(Room);

        Assert.False(guard.MayTry(Room, "ACDEFG"));
        Assert.True(guard.MayTry(IPAddress.Parse("203.0.113.8"), "ACDEFG"));
    }

    [Fact]
    public void Right_codes_never_count()
    {
        for (var i = 0; i < 1_000; i++)
            guard.WasRight(Room, "ACDEFG");

        Assert.True(guard.MayTry(Room, "GFEDCA"));
    }

    [Fact]
    public void Code_that_was_right_stays_open_to_a_room_in_which_somebody_guesses()
    {
        guard.WasRight(Room, "ACDEFG");
        Exhaust(Room);

        Assert.True(guard.MayTry(Room, "ACDEFG"));
        Assert.False(guard.MayTry(Room, "GFEDCA"));
    }

    [Fact]
    public void Addresses_of_one_ipv6_network_count_together()
    {
        Exhaust(IPAddress.Parse("2001:db8:1:2::1"));

        Assert.False(guard.MayTry(IPAddress.Parse("2001:db8:1:2:ffff::9"), "ACDEFG"));
        Assert.True(guard.MayTry(IPAddress.Parse("2001:db8:1:3::1"), "ACDEFG"));
    }

    public void Dispose() => guard.Dispose();

    private void Exhaust(IPAddress address)
    {
        for (var i = 0; i < JoinGuard.WrongCodes; i++)
        {
            Assert.True(guard.MayTry(address, "XXXXXX"));
            guard.WasWrong(address);
        }
    }
}
