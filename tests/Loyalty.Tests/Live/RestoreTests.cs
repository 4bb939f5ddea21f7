using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;

namespace Loyalty.Tests.Live;

public sealed class RestoreTests
{
    private static readonly Participant Anna = new(ParticipantId.New(), "Anna", "Kitchen", true, Workshops.Nine);

    private static readonly Participant Paper = new(ParticipantId.New(), "Paper", null, false, Workshops.Nine);

    private static Entry Word(AuthorKey author, string word, string? department = null) =>
        new(EntryKey.New(), Workshops.Anonymous, author, department, "word", 1, $$"""{"word":"{{word}}"}""", null);

    private static StoredWorkshop Stored(params Entry[] entries) => Workshops.Stored(WorkshopStatus.Live) with
    {
        OnStage = Workshops.Anonymous,
        Runs = [new StoredRun(Workshops.Anonymous, Phase.Open, Workshops.Nine, TimeSpan.FromMinutes(3), new Countdown(null, TimeSpan.FromMinutes(2)), true)],
        Participants = [(Anna, Guid.Empty), (Paper, null)],
        Entries = entries,
        StartedAt = Workshops.Nine,
    };

    private static LiveWorkshop From(StoredWorkshop stored) => Restore.From(stored, Workshops.Rulebook, Workshops.Nine.AddHours(1));

    [Fact]
    public void Everything_that_was_kept_is_there_again()
    {
        var stored = Stored();

        var workshop = From(stored);

        Assert.Equal((stored.Id, WorkshopStatus.Live, Workshops.Anonymous, Workshops.Nine), (workshop.Id, workshop.Status, workshop.OnStage, workshop.StartedAt));
        Assert.Equal([Anna, Paper], workshop.Participants.Values.OrderBy(p => p.Name));
        Assert.Equal((Anna, 1), (workshop.WithToken(Guid.Empty), workshop.Tokens.Count));
        var run = workshop.CurrentRun!;
        Assert.Equal((Phase.Open, Workshops.Nine, TimeSpan.FromMinutes(3), true), (run.Phase, run.OnStageSince, run.Spent, run.ShownWhileOpen));
        Assert.Equal(new Countdown(null, TimeSpan.FromMinutes(2)), run.Countdown);
        Assert.Empty(workshop.Connections);
    }

    [Fact]
    public void Entries_are_folded_in_their_order_and_their_keys_known()
    {
        var (slot, other) = (Workshops.NewSlot(), Workshops.NewSlot());
        Entry[] entries = [Word(slot, "kind", "Kitchen"), Word(slot, "quick", "Kitchen"), Word(other, "calm")];

        var workshop = From(Stored(entries));

        var answers = ((AnswerState<WordAnswer>)workshop.CurrentRun!.State).Answers;
        Assert.Equal(("quick", "calm"), (answers[slot].Answer.Word, answers[other].Answer.Word));
        Assert.True(workshop.Keys.SetEquals(entries.Select(e => e.Key)));
        Assert.Equal("Kitchen", Assert.Single(workshop.CurrentRun.SlotDepartments).Value);
    }

    [Fact]
    public void Nobody_is_known_to_have_answered_anonymously() =>
        Assert.Empty(From(Stored(Word(Workshops.NewSlot(), "kind"))).CurrentRun!.AnsweredInMemory);

    [Fact]
    public void Revisions_rise_across_restarts()
    {
        var before = From(Stored());
        var after = Restore.From(Stored(), Workshops.Rulebook, Workshops.Nine.AddHours(1).AddMilliseconds(1));

        Assert.True(after.Revision > before.Revision && after.StageRevision > before.StageRevision);
    }

    [Fact]
    public void Run_of_an_activity_that_left_the_agenda_is_left_out() =>
        Assert.Empty(From(Stored() with { OnStage = null, Agenda = [] }).Runs);

    [Fact]
    public void Entry_of_an_activity_that_never_was_on_stage_is_a_broken_journal()
    {
        var broken = Stored(Word(Workshops.NewSlot(), "kind")) with { Runs = [] };

        Assert.Contains(Workshops.Anonymous.Value, Assert.Throws<InvalidOperationException>(() => From(broken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_entry_does_not_replay_for_is_said_as_the_rules_said_it()
    {
        var broken = Word(Workshops.NewSlot(), "kind") with { Json = "no JSON" };

        Assert.Throws<JsonException>(() => From(Stored(broken)));
    }
}
