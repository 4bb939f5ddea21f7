using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Loyalty.Web.Live;

/// <summary>
/// The phones' line to their workshop. A participant has no account: the token in the cookie says who it is, so the hub is
/// open to all and turns away, in a sentence, whoever has none.
/// </summary>
[AllowAnonymous]
public sealed class PhoneHub(
    PhoneAdmission admission,
    LiveDirectory directory,
    PhoneStageRenderer renderer,
    PhoneConnections phones,
    FanOut fanOut,
    AnswerIntake intake,
    RefusalSentences sentences,
    TimeProvider time,
    ILogger<PhoneHub> logger) : Hub<IPhoneClient>
{
    public const string Path = "/hubs/phone";

    /// <summary>
    /// The largest message in bytes: what <see cref="Fields.MaxCharacters"/> can take up at most, so that everything within
    /// reach of a person is judged and answered with a sentence. Beyond it the connection is cut.
    /// </summary>
    public const int MaxMessageBytes = 256 * 1024;

    /// <summary>A day's agenda has far fewer anonymous activities.</summary>
    private const int MaxSlots = 200;

    public override async Task OnConnectedAsync()
    {
        var request = Context.GetHttpContext()!.Request;
        string? code = request.Query["code"];
        try
        {
            if (await admission.AdmitAsync(request, code, Context.ConnectionAborted) is not { } phone)
            {
                PhoneLog.TurnedAway(logger, JoinCode.Normalize(code));
                await TurnAwayAsync();
                return;
            }

            Context.Items[typeof(Caller)] = new Caller(phone.Host.Id, phone.Participant.Id);
        }
        catch (OperationCanceledException) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            // Gone before it was let in, as a page that is reloaded: nothing that anybody should read of in a log.
            return;
        }

        await base.OnConnectedAsync();
    }

    /// <summary>The one path for a new phone, a refresh, a return from the lock screen and a restarted server.</summary>
    public async Task<HelloReply?> Hello(HelloRequest request)
    {
        if (await HostAsync() is not var (host, caller))
            return null;

        var slots = Slots(request);
        if (!caller.IsPresent)
        {
            fanOut.Follow(host);
            phones.Enter(caller.Workshop, Context.ConnectionId);
            // A connection counts once, however often it says hello.
            caller.IsPresent = await host.SendAsync(new Command.Connect(caller.Participant, slots), Context.ConnectionAborted) is Outcome.Done;
            PhoneDoor.IsIn(Context.GetHttpContext());
        }

        // Read after entering the room: a change between the two is sent to the room and, if it is older, ignored by the phone.
        var workshop = host.Current;
        var now = time.GetUtcNow();
        var html = await renderer.RenderAsync(workshop, PhoneCulture.Of(workshop.Info));
        var own = StageMessages.Own(workshop, workshop.OnStage?.Value, caller.Participant, Slot(slots, workshop.OnStage));
        return new HelloReply(StageMessages.Of(workshop, html, now), own, now.ToUnixTimeMilliseconds());
    }

    public async Task<SubmitReply?> Submit(SubmitRequest request) =>
        await HostAsync() is var (host, caller) ? await intake.TakeAsync(host, caller.Participant, request) : null;

    /// <summary>What this participant has given in an activity, for filling its form again.</summary>
    public async Task<OwnMessage?> Own(string activity, string? slot) =>
        await HostAsync() is var (host, caller) ? StageMessages.Own(host.Current, activity, caller.Participant, AnswerIntake.Slot(slot)) : null;

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        // Not cancelled with the connection: this is what happens after it.
        if (Context.Items[typeof(Caller)] is Caller { IsPresent: true } caller && await directory.FindAsync(caller.Workshop) is { } host)
            await host.SendAsync(new Command.Disconnect(caller.Participant));
        await base.OnDisconnectedAsync(exception);
    }

    // Asked for on every call and not kept: a host is unloaded when nobody needs it, and a workshop can be erased.
    private async ValueTask<(LiveWorkshopHost Host, Caller Caller)?> HostAsync()
    {
        if (Context.Items[typeof(Caller)] is Caller caller
            && await directory.FindAsync(caller.Workshop, Context.ConnectionAborted) is { } host
            && host.Current.Participants.ContainsKey(caller.Participant))
        {
            return (host, caller);
        }

        await TurnAwayAsync();
        return null;
    }

    private async Task TurnAwayAsync()
    {
        CultureInfo.CurrentUICulture = PhoneCulture.Default;
        await Clients.Caller.Refused(sentences.Of("not-a-participant"));
        Context.Abort();
    }

    private static ImmutableDictionary<ActivityId, AuthorKey> Slots(HelloRequest request)
    {
        var slots = ImmutableDictionary.CreateBuilder<ActivityId, AuthorKey>();
        foreach (var (activity, token) in (request.Slots ?? ImmutableDictionary<string, string>.Empty).Take(MaxSlots))
        {
            if (AnswerIntake.Slot(token) is { } slot)
                slots[new ActivityId(activity)] = slot;
        }

        return slots.ToImmutable();
    }

    private static AuthorKey? Slot(ImmutableDictionary<ActivityId, AuthorKey> slots, ActivityId? activity) =>
        activity is { } id && slots.TryGetValue(id, out var slot) ? slot : null;

    /// <summary>Whose connection it is. Only its own calls touch it, and they come one after the other.</summary>
    private sealed class Caller(WorkshopId workshop, ParticipantId participant)
    {
        public WorkshopId Workshop { get; } = workshop;

        public ParticipantId Participant { get; } = participant;

        public bool IsPresent { get; set; }
    }
}
