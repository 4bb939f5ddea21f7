using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Tests.Live;
using Loyalty.Web.Features.Console;

namespace Loyalty.Tests.Features.Console;

public sealed class MovesTests
{
    private static readonly ActivityId Points = new("points");

    /// <summary>A screen of two points between two exercises.</summary>
    private static LiveWorkshop Stepwise
    {
        get
        {
            var rulebook = new ExerciseRulebook([.. Workshops.Rulebook.All, new TwoPoints()]);
            var screen = Workshops.Agenda[0] with { Id = Points, Type = "two-points" };
            return Restore.From(Workshops.Stored() with { Agenda = [Workshops.Agenda[0], screen, Workshops.Agenda[1]] }, rulebook, Workshops.Nine);
        }
    }

    [Fact]
    public void Next_leads_through_the_whole_workshop_and_asks_only_before_the_end()
    {
        var workshop = Workshops.Draft();
        var kinds = new List<MoveKind>();

        while (Moves.Next(workshop) is { } move)
        {
            kinds.Add(move.Kind);
            Assert.Equal(move.Kind == MoveKind.End, move.Asks);
            workshop = workshop.After(move.ToCommand(workshop));
        }

        MoveKind[] exercise = [MoveKind.Open, MoveKind.Close, MoveKind.Reveal];
        Assert.Equal([MoveKind.Start, MoveKind.Begin, .. exercise, MoveKind.GoOn, .. exercise, MoveKind.GoOn, .. exercise, MoveKind.End], kinds);
        Assert.Equal(WorkshopStatus.Ended, workshop.Status);
    }

    [Fact]
    public void Next_shows_every_point_before_it_goes_on()
    {
        var workshop = Stepwise.After(new Command.Start(), new Command.GoTo(Points));
        var kinds = new List<MoveKind>();

        while (workshop.OnStage == Points)
        {
            var move = Moves.Next(workshop)!;
            kinds.Add(move.Kind);
            workshop = workshop.After(move.ToCommand(workshop));
        }

        Assert.Equal([MoveKind.StepForward, MoveKind.StepForward, MoveKind.GoOn], kinds);
    }

    [Fact]
    public void Back_takes_points_back_before_it_leaves()
    {
        var workshop = Stepwise.After(new Command.Start(), new Command.GoTo(Points));
        workshop = workshop.After(Moves.Next(workshop)!.ToCommand(workshop));

        Assert.Equal(MoveKind.StepBack, Moves.Back(workshop)!.Kind);
        workshop = workshop.After(Moves.Back(workshop)!.ToCommand(workshop));
        Assert.Equal(new Move(MoveKind.GoBack, workshop.Agenda[0]), Moves.Back(workshop));
    }

    [Fact]
    public void Back_from_the_first_step_leads_to_the_lobby()
    {
        var workshop = Workshops.Draft().After(new Command.Start(), new Command.GoTo(Workshops.Named));

        Assert.Equal(new Move(MoveKind.Lobby), Moves.Back(workshop));
    }

    [Fact]
    public void Back_asks_if_it_would_close_an_open_exercise()
    {
        var workshop = Workshops.Draft().After(new Command.Start(), new Command.GoTo(Workshops.Anonymous), new Command.SetPhase(Phase.Open));

        Assert.True(Moves.Back(workshop)!.Asks);
        Assert.True(Moves.ClosesOpen(workshop));
    }

    [Fact]
    public void Leaving_what_stays_editable_does_not_ask()
    {
        var workshop = Workshops.Draft().After(new Command.Start(), new Command.GoTo(Workshops.Lasting), new Command.SetPhase(Phase.Open));

        Assert.False(Moves.Back(workshop)!.Asks);
    }

    [Fact]
    public void Lobby_in_the_middle_goes_on_with_the_first_step_that_nobody_has_seen()
    {
        var workshop = Workshops.Draft().After(new Command.Start(), new Command.GoTo(Workshops.Named), new Command.GoTo(null));

        Assert.Equal(new Move(MoveKind.Begin, workshop.Agenda[1]), Moves.Next(workshop));
    }

    [Fact]
    public void Pause_leaves_nothing_but_to_resume()
    {
        var workshop = Workshops.Draft().After(new Command.Start(), new Command.GoTo(Workshops.Named), new Command.Pause());

        Assert.Equal(MoveKind.Resume, Moves.Next(workshop)!.Kind);
        Assert.Null(Moves.Back(workshop));
    }

    private sealed record PointState(int Shown) : ExerciseState
    {
        public override int Respondents => 0;
    }

    private sealed record PointInput(int Shown);

    /// <summary>A screen whose facilitator shows two points, one by one.</summary>
    private sealed class TwoPoints : ExerciseRules<WordSettings, PointInput, PointState, PointState>
    {
        public override string Type => "two-points";

        public override bool TakesAnswers => false;

        public override Fields? Step(RulesContext context, ExerciseState state, bool forward)
        {
            var next = ((PointState)state).Shown + (forward ? 1 : -1);
            return next is >= 0 and <= 2 ? Fields.Of(("shown", $"{next}")) : null;
        }

        protected override void Check(WordSettings settings, SettingsCheck check)
        {
        }

        protected override PointState Start(WordSettings settings) => new(0);

        protected override PointInput? Read(WordSettings settings, PointState state, AuthorKey author, FieldReader reader) =>
            author.IsFacilitator && reader.Whole("shown", 0, 2) is { } shown ? new PointInput(shown) : null;

        protected override PointState Apply(WordSettings settings, PointState state, EntryKey key, AuthorKey author, PointInput input, FieldReader reader) => new(input.Shown);

        protected override PointState Tally(RulesContext context, WordSettings settings, PointState state) => state;

        protected override OwnAnswer Own(WordSettings settings, PointState state, AuthorKey author) => OwnAnswer.None;

        protected override IEnumerable<ExportRow> Export(RulesContext context, WordSettings settings, PointState state) => [];
    }
}
