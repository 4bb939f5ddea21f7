using Loyalty.Engine.Live;
using Loyalty.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.Phone;

public sealed class StageRendererTests(PhoneServer server)
{
    private PhoneStageRenderer Renderer => server.Services.GetRequiredService<PhoneStageRenderer>();

    [Fact]
    public async Task Stage_is_rendered_once_however_many_phones_ask_and_again_when_it_changes()
    {
        var host = await server.LiveAsync(PhoneServer.Named);
        var first = await RenderAsync(host.Current);
        await server.JoinedAsync(host);

        Assert.Same(first, await RenderAsync(host.Current));
        await PhoneServer.DoAsync(host, new Command.SetPhase(Engine.Exercises.Phase.Closed));
        Assert.NotEqual(first, await RenderAsync(host.Current));
    }

    [Fact]
    public async Task Older_snapshot_gets_its_own_stage_after_a_newer_one()
    {
        var host = await server.LiveAsync(PhoneServer.Named);
        var older = host.Current;
        await PhoneServer.DoAsync(host, new Command.SetPhase(Engine.Exercises.Phase.Closed));
        await RenderAsync(host.Current);

        Assert.Contains("data-phase=\"open\"", await RenderAsync(older), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WorkshopStatus.Paused, "A short pause")]
    [InlineData(WorkshopStatus.Ended, "Thank you")]
    public async Task Stage_says_where_the_workshop_is_and_holds_no_form(WorkshopStatus status, string sentence)
    {
        var host = await server.LiveAsync(PhoneServer.Named);

        var html = await RenderAsync(host.Current with { Status = status, StageRevision = host.Current.StageRevision + 1 });

        Assert.Contains(sentence, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exercise_whose_view_fails_leaves_the_phones_with_a_sentence()
    {
        var host = await server.LiveAsync(PhoneServer.Named);
        var broken = host.Current.Current! with { Settings = default };

        var html = await RenderAsync(host.Current with { Agenda = [broken], StageRevision = host.Current.StageRevision + 1 });

        Assert.Contains("Please look at the screen", html, StringComparison.Ordinal);
    }

    private Task<string> RenderAsync(LiveWorkshop workshop) => Renderer.RenderAsync(workshop, PhoneCulture.Of(workshop.Info));
}
