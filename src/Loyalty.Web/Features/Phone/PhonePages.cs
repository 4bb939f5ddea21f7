using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Live;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Phone;

/// <summary>The pages that a phone loads: the code, joining, the stage, and answers that are posted without the script.</summary>
internal sealed class PhonePages(
    PhoneAdmission admission,
    JoinGuard guard,
    PhoneStageRenderer renderer,
    AnswerIntake intake,
    RefusalSentences sentences,
    IAntiforgery antiforgery,
    IStringLocalizer<PhoneText> text)
{
    private const int DraftRefreshSeconds = 5;

    /// <summary><c>GET /</c>: asks for the code; with <c>?code=</c> goes to the workshop.</summary>
    public async Task CodeAsync(HttpContext context, string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            await CodePageAsync(context, StatusCodes.Status200OK, code, null);
            return;
        }

        var normal = JoinCode.Normalize(code);
        if (normal.Length != JoinCode.Length)
            await CodePageAsync(context, StatusCodes.Status422UnprocessableEntity, code, text["Code.Incomplete"]);
        else if (!guard.MayTry(Address(context), normal))
            await CodePageAsync(context, StatusCodes.Status429TooManyRequests, code, text["Code.TooMany"]);
        else if (await FindAsync(context, normal) is null)
            await CodePageAsync(context, StatusCodes.Status404NotFound, code, text["Code.Wrong", normal]);
        else
            context.Response.Redirect($"/j/{normal}");
    }

    /// <summary><c>GET /j/{code}</c>: the stage for whoever has joined, the form for joining for everybody else.</summary>
    public async Task ShowAsync(HttpContext context, string code)
    {
        if (await EnterAsync(context, code) is not { } host)
            return;

        var workshop = host.Current;
        if (PhoneAdmission.Participant(context.Request, workshop) is { } participant)
        {
            var saved = context.Request.Query.ContainsKey("saved");
            await StagePageAsync(context, StatusCodes.Status200OK, workshop, participant, saved ? text["Page.Saved"] : "", [], null);
        }
        else if (workshop.Status is WorkshopStatus.Draft)
        {
            await SentenceAsync(context, StatusCodes.Status200OK, "Draft", workshop.Info.Title, DraftRefreshSeconds);
        }
        else if (workshop.Status is WorkshopStatus.Ended)
        {
            await SentenceAsync(context, StatusCodes.Status410Gone, "Ended", workshop.Info.Title);
        }
        else
        {
            // The token is on the phone before its owner has joined, so that a repeated post brings the same one.
            if (ParticipantCookie.Read(context.Request, workshop.Info.Code) is null)
                ParticipantCookie.Write(context.Response, workshop.Info.Code, ParticipantToken.New());
            await JoinPageAsync(context, StatusCodes.Status200OK, workshop, new JoinForm("", ParticipantId.New()));
        }
    }

    /// <summary><c>POST /j/{code}</c>: joins.</summary>
    public async Task JoinAsync(HttpContext context, string code)
    {
        if (await EnterAsync(context, code) is not { } host)
            return;

        var posted = await ReadFormAsync(context) ?? FormCollection.Empty;
        var participant = Guid.TryParse(posted["participant"], out var id) && id != Guid.Empty ? new ParticipantId(id) : ParticipantId.New();
        var form = new JoinForm("", participant, posted["name"].ToString(), posted["department"].ToString());
        var token = ParticipantCookie.Read(context.Request, host.Current.Info.Code);
        if (token is null || !await antiforgery.IsRequestValidAsync(context))
        {
            if (token is null)
                ParticipantCookie.Write(context.Response, host.Current.Info.Code, ParticipantToken.New());
            await JoinPageAsync(context, StatusCodes.Status400BadRequest, host.Current, form with { Problem = text["Join.OutOfDate"] });
            return;
        }

        var join = new Command.Join(form.Participant, form.Name, form.Department, ParticipantToken.Hash(token));
        switch (await host.SendAsync(join, context.RequestAborted))
        {
            case Outcome.Joined:
                // Again, for its lifetime: the token may have been waiting on an open page since yesterday.
                ParticipantCookie.Write(context.Response, host.Current.Info.Code, token);
                SeeOther(context, $"/j/{host.Current.Info.Code}");
                break;
            case Outcome.Refused refused:
                await JoinPageAsync(context, StatusCodes.Status422UnprocessableEntity, host.Current, form with
                {
                    Problem = sentences.Of([.. refused.Reasons.Where(r => r.Field is null)]) is { Length: > 0 } problem ? problem : null,
                    NameError = ErrorOf(refused.Reasons, "name"),
                    DepartmentError = ErrorOf(refused.Reasons, "department"),
                });
                break;
            case Outcome.Unavailable unavailable:
                await JoinPageAsync(context, StatusCodes.Status503ServiceUnavailable, host.Current, form with { Problem = sentences.Of(unavailable.Code) });
                break;
            default:
                throw new InvalidOperationException("Joining is accepted, refused or not possible now.");
        }
    }

    /// <summary><c>POST /j/{code}/answer</c>: an answer from a phone without the script.</summary>
    public async Task AnswerAsync(HttpContext context, string code)
    {
        if (await EnterAsync(context, code) is not { } host)
            return;

        var workshop = host.Current;
        if (PhoneAdmission.Participant(context.Request, workshop) is not { } participant)
        {
            SeeOther(context, $"/j/{workshop.Info.Code}");
            return;
        }

        if (await ReadFormAsync(context) is not { } posted)
        {
            await StagePageAsync(context, StatusCodes.Status413PayloadTooLarge, workshop, participant, sentences.Of("too-large"), [], null);
            return;
        }

        var fields = posted.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => (string[]?)[.. f.Value.Select(v => v ?? "")], StringComparer.Ordinal);
        var typed = fields.ToImmutableDictionary(f => f.Key, f => f.Value!.ToImmutableArray(), StringComparer.Ordinal);
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            await StagePageAsync(context, StatusCodes.Status400BadRequest, workshop, participant, text["Page.OutOfDate"], [], typed);
            return;
        }

        var request = new SubmitRequest(posted["_key"], posted["_activity"], posted["_slot"], fields);
        var reply = await intake.TakeAsync(host, participant.Id, request);
        if (reply.Saved)
            SeeOther(context, $"/j/{workshop.Info.Code}?saved");
        else
            await StagePageAsync(context, StatusCodes.Status422UnprocessableEntity, host.Current, participant, reply.Sentence, reply.Errors, typed);
    }

    /// <summary>The workshop, with its culture set; or null after one sentence that says why not.</summary>
    private async Task<LiveWorkshopHost?> EnterAsync(HttpContext context, string code)
    {
        var normal = JoinCode.Normalize(code);
        // Whoever has joined comes back whatever others at the same address have typed.
        if (!guard.MayTry(Address(context), normal) && await admission.AdmitAsync(context.Request, normal, context.RequestAborted) is null)
        {
            await SentenceAsync(context, StatusCodes.Status429TooManyRequests, "TooMany", normal);
            return null;
        }

        if (await FindAsync(context, normal) is { } host)
            return host;
        await SentenceAsync(context, StatusCodes.Status404NotFound, "Unknown", normal);
        return null;
    }

    private async Task<LiveWorkshopHost?> FindAsync(HttpContext context, string normal)
    {
        var host = await admission.FindWorkshopAsync(normal, context.RequestAborted);
        if (host is null)
            guard.WasWrong(Address(context));
        else
            guard.WasRight(Address(context), normal);
        return host;
    }

    private async Task StagePageAsync(
        HttpContext context, int status, LiveWorkshop workshop, Participant participant, string sentence,
        ImmutableArray<FieldError> errors, ImmutableDictionary<string, ImmutableArray<string>>? typed)
    {
        var culture = SetCulture(workshop);
        var stage = await renderer.RenderAsync(workshop, culture);
        PlainPost? plain = null;
        if (StageMessages.ShowsForm(workshop) && workshop.Current is { } activity && ParticipantCookie.Read(context.Request, workshop.Info.Code) is { } token)
        {
            var slot = activity.Anonymity == Anonymity.Anonymous ? PlainSlot.Of(token, activity.Id) : null;
            var own = StageMessages.Own(workshop, activity.Id.Value, participant.Id, AnswerIntake.Slot(slot))!;
            plain = new PlainPost(antiforgery.GetAndStoreTokens(context).RequestToken!, EntryKey.New(), slot, own.Answered);
            stage = FormFiller.Fill(stage, typed ?? own.Fields, errors);
        }

        var boot = StageView.BootOf(workshop.Info, participant, text);
        await RenderAsync<StagePage>(context, status, new()
        {
            [nameof(StagePage.View)] = new StageView(workshop.Info, participant, new MarkupString(stage), plain is not null, sentence, plain, boot),
        });
    }

    private Task JoinPageAsync(HttpContext context, int status, LiveWorkshop workshop, JoinForm form)
    {
        SetCulture(workshop);
        return RenderAsync<JoinPage>(context, status, new()
        {
            [nameof(JoinPage.Info)] = workshop.Info,
            [nameof(JoinPage.Form)] = form with { Token = antiforgery.GetAndStoreTokens(context).RequestToken! },
        });
    }

    private static Task CodePageAsync(HttpContext context, int status, string? typed, string? problem) => RenderAsync<CodePage>(context, status, new()
    {
        [nameof(CodePage.Typed)] = typed,
        [nameof(CodePage.Problem)] = problem,
    });

    private Task SentenceAsync(HttpContext context, int status, string name, string what, int? refreshSeconds = null) => RenderAsync<SentencePage>(context, status, new()
    {
        [nameof(SentencePage.Title)] = text[$"{name}.Title"].Value,
        [nameof(SentencePage.Sentence)] = name == "TooMany" ? text["Code.TooMany"].Value : text[$"{name}.Text", what].Value,
        [nameof(SentencePage.RefreshSeconds)] = refreshSeconds,
    });

    private static Task RenderAsync<TPage>(HttpContext context, int status, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // Personal, and out of date a second later.
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true }.ExecuteAsync(context);
    }

    // Null if it is larger than anything that could be taken.
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return null;
        }
    }

    private static CultureInfo SetCulture(LiveWorkshop workshop) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = PhoneCulture.Of(workshop.Info);

    private string? ErrorOf(ImmutableArray<Refusal> reasons, string field) =>
        reasons.FirstOrDefault(r => r.Field == field) is { } reason ? sentences.Of(reason) : null;

    private static System.Net.IPAddress? Address(HttpContext context) => context.Connection.RemoteIpAddress;

    private static void SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }
}
