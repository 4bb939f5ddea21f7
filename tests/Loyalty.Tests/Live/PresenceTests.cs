using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

/// <summary>Phones that come and go. Nothing of it is stored.</summary>
public sealed class PresenceTests
{
    private static readonly Command.Join Anna = Workshops.Join("Anna");
    private static readonly ImmutableDictionary<ActivityId, AuthorKey> NoSlots = ImmutableDictionary<ActivityId, AuthorKey>.Empty;

    private static LiveWorkshop Lobby => Workshops.Draft().After(new Command.Start(), Anna);

    private static Command.Connect Connect(ImmutableDictionary<ActivityId, AuthorKey>? slots = null) => new(Anna.Id, slots ?? NoSlots);

    [Fact]
    public void Participant_is_here_until_the_last_of_their_phones_has_left()
    {
        var two = Lobby.After(Connect(), Connect());

        var one = two.After(new Command.Disconnect(Anna.Id));

        Assert.Equal((1, true), (one.PhonesHere, one.Connections.ContainsKey(Anna.Id)));
        Assert.Equal(0, one.After(new Command.Disconnect(Anna.Id)).PhonesHere);
    }

    [Fact]
    public void Coming_and_going_is_news_to_the_screens_and_not_to_the_journal()
    {
        var come = Decide.On(Lobby, Connect(), Workshops.Nine);
        var gone = Decide.On(come.Next, new Command.Disconnect(Anna.Id), Workshops.Nine);

        Assert.Empty(come.Events);
        Assert.Empty(gone.Events);
        Assert.Equal((Lobby.Revision + 1, Lobby.Revision + 2, Lobby.StageRevision), (come.Next.Revision, gone.Next.Revision, gone.Next.StageRevision));
    }

    [Fact]
    public void Phone_that_was_not_here_cannot_leave() => Assert.IsType<Outcome.Done>(Lobby.Unchanged(new Command.Disconnect(Anna.Id)));

    [Fact]
    public void Phone_of_a_stranger_is_refused() => Assert.Equal("not-a-participant", Lobby.RefusalOf(new Command.Connect(ParticipantId.New(), NoSlots)));

    [Fact]
    public void Slot_that_nobody_answered_from_marks_nobody_as_having_answered()
    {
        var open = Lobby.After(new Command.GoTo(Workshops.Anonymous), new Command.SetPhase(Phase.Open));

        var connected = open.After(Connect(NoSlots.Add(Workshops.Anonymous, Workshops.NewSlot())));

        Assert.Empty(connected.CurrentRun!.AnsweredInMemory);
    }

    [Fact]
    public void Slot_counts_in_anonymous_activities_only()
    {
        var answered = Lobby.After(new Command.GoTo(Workshops.Named), new Command.SetPhase(Phase.Open), Workshops.Word(Anna.Id, Workshops.Named, "kind"));

        var connected = answered.After(Connect(NoSlots.Add(Workshops.Named, AuthorKey.Of(Anna.Id)).Add(Workshops.Anonymous, Workshops.NewSlot())));

        Assert.Empty(connected.CurrentRun!.AnsweredInMemory);
    }
}
