using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Loyalty.Engine;

namespace Loyalty.Web.Exercises.GroupWork;

/// <summary>One thing that somebody did. The first is the participants', the rest the facilitator's.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Answer), "answer")]
[JsonDerivedType(typeof(Form), "form")]
[JsonDerivedType(typeof(Arrange), "arrange")]
[JsonDerivedType(typeof(Go), "go")]
[JsonDerivedType(typeof(Hide), "hide")]
public abstract record GroupWorkInput
{
    private GroupWorkInput()
    {
    }

    /// <summary>What one author captured, by round and capture. A round that is named here replaces what the author gave in it before.</summary>
    public sealed record Answer(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Captured>> Rounds) : GroupWorkInput;

    /// <summary>Groups are formed, or formed anew. They stand here one by one, because chance and who was here cannot be replayed.</summary>
    /// <param name="Repeats">People who had met were paired again, because there was no other way.</param>
    public sealed record Form(ImmutableArray<ImmutableArray<ParticipantId>> Groups, ImmutableArray<ParticipantId> Away, bool Repeats = false) : GroupWorkInput;

    /// <summary>The same groups with a change by hand. Everybody who has a seat is named, late joiners too: none of them is moved by it.</summary>
    public sealed record Arrange(ImmutableArray<ImmutableArray<ParticipantId>> Groups, ImmutableArray<ParticipantId> Away) : GroupWorkInput;

    /// <summary>On to a part: 0 to find one's group, then the rounds.</summary>
    /// <param name="Groups">Everybody who has a seat, if somebody came since it was last written down.</param>
    public sealed record Go(int Part, ImmutableArray<ImmutableArray<ParticipantId>>? Groups = null) : GroupWorkInput;

    /// <summary>Keeps a text or a tag off the screens, or shows it again.</summary>
    public sealed record Hide(string Item, bool Hidden) : GroupWorkInput;
}

/// <summary>What was given to one capture: words, tags, or numbers by item.</summary>
/// <param name="Quotable">The author ticked “may be quoted”.</param>
public sealed record Captured(string? Text = null, bool Quotable = false, ImmutableArray<string>? Tags = null, ImmutableSortedDictionary<string, int>? Scores = null);
