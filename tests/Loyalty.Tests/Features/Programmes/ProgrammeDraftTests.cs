using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Tests.Curriculum;
using Loyalty.Web.Features.Programmes;

namespace Loyalty.Tests.Features.ProgrammesFeature;

public sealed class ProgrammeDraftTests
{
    private readonly ProgrammeDraft draft = new(Programmes.Of(Step("a"), Step("b"), Step("c")));

    private IEnumerable<string> Order => draft.Now.Activities.Select(a => a.Id.Value);

    [Fact]
    public void Activity_that_is_already_there_gets_an_id_of_its_own()
    {
        draft.Add(Step("b"), 1);

        Assert.Equal(["a", "b-2", "b", "c"], Order);
    }

    [Theory]
    [InlineData(0, 2, "b c a")]
    [InlineData(2, 0, "c a b")]
    [InlineData(1, 1, "a b c")]
    [InlineData(0, 3, "a b c")]
    [InlineData(-1, 0, "a b c")]
    public void Step_moves_to_the_place_that_it_is_put(int from, int to, string order)
    {
        Assert.Equal(order != "a b c", draft.Move(from, to));
        Assert.Equal(order.Split(' '), Order);
    }

    [Fact]
    public void Undo_takes_back_one_change_after_the_other()
    {
        draft.Remove(new ActivityId("b"));
        draft.Replace(Step("c") with { Minutes = 99 });

        draft.Undo();
        Assert.Equal((10, true), (draft.Now.Activities[^1].Minutes, draft.CanUndo));
        draft.Undo();
        Assert.Equal(["a", "b", "c"], Order);
        Assert.Equal((false, false), (draft.CanUndo, draft.IsChanged));
        draft.Undo();
        Assert.Equal(["a", "b", "c"], Order);
    }

    [Fact]
    public void Change_is_one_until_it_is_saved()
    {
        Assert.False(draft.IsChanged);
        draft.Remove(new ActivityId("a"));
        Assert.True(draft.IsChanged);
        draft.MarkSaved();
        Assert.False(draft.IsChanged);
        draft.Undo();
        Assert.True(draft.IsChanged);
    }

    private static Activity Step(string id) => Programmes.Step(id);
}
