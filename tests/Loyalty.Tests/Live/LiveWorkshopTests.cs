using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

/// <summary>What can be read from a snapshot.</summary>
public sealed class LiveWorkshopTests
{
    private static readonly ImmutableArray<Command.Join> Kitchen = [.. Enumerable.Range(1, 5).Select(i => Workshops.Join($"Person {i}", "Kitchen"))];

    private static LiveWorkshop Open(ActivityId activity) =>
        Workshops.Draft("Kitchen").After([new Command.Start(), .. Kitchen, new Command.GoTo(activity), new Command.SetPhase(Phase.Open)]);

    private static LiveWorkshop Anonymous(int answers) =>
        Open(Workshops.Anonymous).After([.. Kitchen.Take(answers).Select((p, i) => Workshops.Word(p.Id, Workshops.Anonymous, $"w{i}", Workshops.NewSlot()))]);

    [Fact]
    public void Anonymous_answers_are_not_handed_on_below_the_threshold()
    {
        Assert.Empty(Anonymous(4).ItemsOf(Workshops.Anonymous));
        Assert.Equal(["w0", "w1", "w2", "w3", "w4"], Anonymous(5).ItemsOf(Workshops.Anonymous).Select(i => i.Id));
    }

    [Fact]
    public void Named_answers_are_handed_on_from_the_first_one() =>
        Assert.Equal("kind", Assert.Single(Open(Workshops.Named).After(Workshops.Word(Kitchen[0].Id, Workshops.Named, "kind")).ItemsOf(Workshops.Named)).Label);

    [Fact]
    public void What_was_never_on_stage_has_nothing()
    {
        var workshop = Workshops.Draft();
        var activity = workshop.Find(Workshops.Named)!;

        Assert.Empty(workshop.ItemsOf(Workshops.Named));
        Assert.Empty(workshop.MeasuresOf(Workshops.Named));
        Assert.Null(workshop.GroupsOf(Workshops.Named));
        Assert.Equal((0, Phase.Waiting), (workshop.StateOf(activity).Respondents, workshop.PhaseOf(Workshops.Named)));
        Assert.False(workshop.HasAnswered(activity, Kitchen[0].Id));
        Assert.Empty(workshop.ItemsOf(new ActivityId("elsewhere")));
        Assert.Null(workshop.Find(new ActivityId("elsewhere")));
    }

    [Fact]
    public void Measures_are_those_of_the_answers() =>
        Assert.Equal(4, Assert.Single(Open(Workshops.Named).After(Workshops.Word(Kitchen[0].Id, Workshops.Named, "kind")).MeasuresOf(Workshops.Named)).Value);

    [Fact]
    public void Author_is_known_as_far_as_the_label_allows()
    {
        var slot = Workshops.NewSlot();
        var workshop = Open(Workshops.Anonymous).After(Workshops.Word(Kitchen[0].Id, Workshops.Anonymous, "kind", slot));

        Assert.Equal(("Person 1", "Kitchen"), (workshop.NameOf(AuthorKey.Of(Kitchen[0].Id)), workshop.DepartmentOf(Workshops.Anonymous, AuthorKey.Of(Kitchen[0].Id))));
        Assert.Equal((null, "Kitchen"), (workshop.NameOf(slot), workshop.DepartmentOf(Workshops.Anonymous, slot)));
        Assert.Equal((null, null), (workshop.NameOf(AuthorKey.Facilitator), workshop.DepartmentOf(Workshops.Anonymous, AuthorKey.Facilitator)));
        Assert.Null(workshop.DepartmentOf(Workshops.Named, slot));
        Assert.Null(workshop.WithToken(Guid.NewGuid()));
    }

    [Fact]
    public void People_stand_in_the_order_in_which_they_joined()
    {
        var workshop = Workshops.LiveWithParts;
        var (last, first) = (Workshops.Join("First"), Workshops.Join("Last"));
        workshop = Decide.On(workshop, last, Workshops.Nine.AddMinutes(2)).Next;
        workshop = Decide.On(workshop, first, Workshops.Nine.AddMinutes(1)).Next;
        var (one, other) = (new ParticipantId(new Guid(1, 0, 0, new byte[8])), new ParticipantId(new Guid(2, 0, 0, new byte[8])));
        workshop = workshop.After(Workshops.Join("Other") with { Id = other }, Workshops.Join("One") with { Id = one });

        Assert.Equal([one, other, first.Id, last.Id], workshop.ContextOf(workshop.Agenda[0]).Workshop.People().Select(p => p.Id));
    }

    [Fact]
    public void Group_is_made_of_those_who_are_here()
    {
        var (connected, away, paper) = (Workshops.Join("Connected"), Workshops.Join("Away"), new Command.Join(ParticipantId.New(), "Paper", null, null));
        var next = new Command.Moderate(EntryKey.New(), Workshops.Parts, PartsRules.Next);
        var workshop = Workshops.LiveWithParts.After(
            connected, away, paper, new Command.Connect(connected.Id, ImmutableDictionary<ActivityId, AuthorKey>.Empty), new Command.GoTo(Workshops.Parts), next);

        Assert.Equal([connected.Id, paper.Id], Assert.Single(workshop.GroupsOf(Workshops.Parts)!.Groups).Order(Comparer<ParticipantId>.Create((a, b) => a == connected.Id ? -1 : b == connected.Id ? 1 : 0)));
    }

    [Fact]
    public void Groups_that_count_are_the_last_ones_and_all_of_them_are_remembered()
    {
        var workshop = Workshops.LiveWithParts.After(new Command.GoTo(Workshops.Parts), Next(), new Command.Join(ParticipantId.New(), "Paper", null, null), Next());

        Assert.Single(Assert.Single(workshop.GroupsOf(Workshops.Parts)!.Groups));
        Assert.Equal(2, workshop.ContextOf(workshop.Agenda[0]).Workshop.Met().Count());

        static Command.Moderate Next() => new(EntryKey.New(), Workshops.Parts, PartsRules.Next);
    }

    [Fact]
    public void Rulebook_has_one_rule_for_a_type_and_says_which_is_missing()
    {
        Assert.Throws<ArgumentException>(() => new ExerciseRulebook([new WordRules(), new WordRules()]));
        var stray = Workshops.Step(new ActivityId("stray"), "no-such-type");
        Assert.Contains("no-such-type", Assert.Throws<KeyNotFoundException>(() => Workshops.Rulebook.Of(stray)).Message, StringComparison.Ordinal);
        Assert.Empty(Workshops.Rulebook.InputsOf(stray));
        Assert.False(Workshops.Rulebook.Knows("no-such-type"));
    }

    [Fact]
    public void Clock_that_was_set_back_takes_no_time_away()
    {
        var run = Open(Workshops.Named).CurrentRun!;

        Assert.Equal(TimeSpan.Zero, run.SpentAt(Workshops.Nine.AddMinutes(-3)));
    }
}
