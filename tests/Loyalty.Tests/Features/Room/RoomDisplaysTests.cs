using Loyalty.Engine;
using Loyalty.Web.Features.Room;

namespace Loyalty.Tests.Features.Room;

public sealed class RoomDisplaysTests
{
    private readonly RoomDisplays displays = new();
    private readonly WorkshopId workshop = WorkshopId.New();

    [Fact]
    public void Display_above_the_limit_is_turned_away_and_others_are_not_affected()
    {
        for (var i = 0; i < RoomDisplays.Max; i++)
            Assert.NotNull(displays.TryEnter(workshop));

        Assert.Null(displays.TryEnter(workshop));
        Assert.NotNull(displays.TryEnter(WorkshopId.New()));
    }

    [Fact]
    public void Closed_display_makes_room_for_one_however_often_it_is_disposed()
    {
        var places = Enumerable.Range(0, RoomDisplays.Max).Select(_ => displays.TryEnter(workshop)!).ToList();

        places[0].Dispose();
        places[0].Dispose();

        Assert.NotNull(displays.TryEnter(workshop));
        Assert.Null(displays.TryEnter(workshop));
    }

    [Fact]
    public async Task Many_at_once_never_get_more_than_there_are_places()
    {
        var entered = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => displays.TryEnter(workshop), TestContext.Current.CancellationToken)));

        Assert.Equal(RoomDisplays.Max, entered.Count(place => place is not null));
    }
}
