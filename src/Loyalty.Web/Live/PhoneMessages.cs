using System.Collections.Immutable;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Live;

/// <summary>What the server says to a phone on its own account.</summary>
public interface IPhoneClient
{
    /// <summary>The stage changed: what every phone of the room shows now.</summary>
    Task Stage(StageMessage message);

    /// <summary>What others wrote changed.</summary>
    Task Items(ItemsMessage message);

    /// <summary>This phone may not take part; the connection ends, and trying again will not help.</summary>
    Task Refused(string sentence);
}

/// <summary>What is on stage. The same for all phones of a room: nothing personal is in it.</summary>
/// <param name="Revision">Rises with every change of the stage; a phone ignores what is older than what it shows.</param>
/// <param name="Activity">The activity on stage, or null in the lobby.</param>
/// <param name="Phase">Lower case, as in the fragment's <c>data-phase</c>.</param>
/// <param name="Status">The workshop's status, lower case.</param>
/// <param name="Html">The whole stage, rendered once for everybody.</param>
/// <param name="TimerEndsAt">When the running countdown ends; null if none runs.</param>
/// <param name="TimerRemainingSeconds">What a stopped countdown has left; null if none is stopped.</param>
/// <param name="Anonymity">The label of the activity on stage, lower case; null in the lobby. A phone sends a slot only for <c>anonymous</c>.</param>
/// <param name="Now">The server's clock in milliseconds since 1970: phones run late or early.</param>
/// <param name="Untouched">Nobody has given anything yet, nor been given anything, so that no phone needs to ask for what is its own.</param>
/// <param name="Items">What others wrote, complete; null where nothing is shown.</param>
public sealed record StageMessage(
    long Revision,
    string? Activity,
    string Phase,
    string Status,
    string Html,
    DateTimeOffset? TimerEndsAt,
    double? TimerRemainingSeconds,
    string? Anonymity,
    long Now,
    bool Untouched,
    ItemsMessage? Items);

/// <summary>What others wrote.</summary>
/// <param name="Changed">New and changed lines; all lines if <paramref name="Full"/>.</param>
/// <param name="Order">The ids of all lines that are shown, in order.</param>
public sealed record ItemsMessage(string Activity, long Revision, ImmutableArray<PhoneItem> Changed, ImmutableArray<string> Order, bool Full);

/// <summary>A phone says that it is here.</summary>
/// <param name="Revision">The stage that it shows, or 0.</param>
/// <param name="Slots">The anonymous slots that it holds, by activity.</param>
public sealed record HelloRequest(long Revision, IReadOnlyDictionary<string, string>? Slots);

/// <summary>Everything a phone needs, whether it is new, was locked, or the server was restarted.</summary>
public sealed record HelloReply(StageMessage Stage, OwnMessage? Own, long Now);

/// <summary>What this participant gave so far in one activity.</summary>
/// <param name="Answered">Whether it counts as an answer.</param>
public sealed record OwnMessage(
    string Activity,
    bool Answered,
    ImmutableDictionary<string, ImmutableArray<string>> Fields,
    ImmutableArray<PhoneItem> Items,
    ImmutableArray<string> Marks);

/// <summary>An answer.</summary>
/// <param name="Key">Made by the phone before the first attempt, so that a repeated one is recognised.</param>
/// <param name="Slot">The phone's anonymous token for this activity, if it is anonymous.</param>
public sealed record SubmitRequest(string? Key, string? Activity, string? Slot, IReadOnlyDictionary<string, string[]?>? Fields);

/// <summary>What became of an answer.</summary>
/// <param name="State"><see cref="SavedState"/>, <see cref="RefusedState"/> or <see cref="UnavailableState"/>.</param>
/// <param name="Sentence">What to tell the person.</param>
/// <param name="Errors">What is wrong with single fields.</param>
/// <param name="Own">What is stored now, so that the phone shows that and not what it hoped for.</param>
public sealed record SubmitReply(string State, string Sentence, ImmutableArray<FieldError> Errors, OwnMessage? Own)
{
    /// <summary>Durable; the phone may forget it.</summary>
    public const string SavedState = "saved";

    /// <summary>Not valid; sending it again will not help.</summary>
    public const string RefusedState = "refused";

    /// <summary>Not now; the phone keeps it and sends it again.</summary>
    public const string UnavailableState = "unavailable";

    public bool Saved => State == SavedState;
}

public sealed record FieldError(string Field, string Sentence);
