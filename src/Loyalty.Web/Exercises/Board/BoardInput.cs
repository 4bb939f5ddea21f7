using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Loyalty.Engine;

namespace Loyalty.Web.Exercises.Board;

/// <summary>One thing that somebody did to a board. The first four are the participants', the rest the facilitator's.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Post), "post")]
[JsonDerivedType(typeof(Edit), "edit")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(Upvote), "upvote")]
[JsonDerivedType(typeof(Spotlight), "spotlight")]
[JsonDerivedType(typeof(Unspotlight), "unspotlight")]
[JsonDerivedType(typeof(Hide), "hide")]
[JsonDerivedType(typeof(Unhide), "unhide")]
[JsonDerivedType(typeof(Merge), "merge")]
[JsonDerivedType(typeof(Separate), "separate")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Mark), "mark")]
[JsonDerivedType(typeof(Unmark), "unmark")]
public abstract record BoardInput
{
    private BoardInput()
    {
    }

    /// <summary>A new post; its id is the key of the entry.</summary>
    /// <param name="Quotable">The author ticked “may be quoted”; asked for only if the settings want consent.</param>
    /// <param name="Nameless">The author chose to be without a name; offered only if the settings leave the choice.</param>
    /// <param name="Tag">What the author says that it does; asked for only if the settings have tags.</param>
    public sealed record Post(string Column, string Text, bool Quotable = false, bool Nameless = false, string? Tag = null) : BoardInput;

    /// <summary>Other words for one's own post.</summary>
    public sealed record Edit([property: JsonPropertyName("post")] EntryKey Target, string Text) : BoardInput;

    /// <summary>Takes back one's own post.</summary>
    public sealed record Withdraw([property: JsonPropertyName("post")] EntryKey Target) : BoardInput;

    /// <summary>Gives a vote, or takes it back.</summary>
    public sealed record Upvote([property: JsonPropertyName("post")] EntryKey Target) : BoardInput;

    /// <summary>Puts one post large on the room display.</summary>
    public sealed record Spotlight([property: JsonPropertyName("post")] EntryKey Target) : BoardInput;

    public sealed record Unspotlight : BoardInput;

    public sealed record Hide([property: JsonPropertyName("post")] EntryKey Target) : BoardInput;

    public sealed record Unhide([property: JsonPropertyName("post")] EntryKey Target) : BoardInput;

    /// <summary>Lets one post stand under another that says the same.</summary>
    public sealed record Merge([property: JsonPropertyName("post")] EntryKey Target, EntryKey Into) : BoardInput;

    /// <summary>Undoes a merge for one post.</summary>
    public sealed record Separate([property: JsonPropertyName("post")] EntryKey Target) : BoardInput;

    /// <summary>Takes a post into what the room agreed on; see <see cref="BoardSettings.Marks"/>.</summary>
    public sealed record Mark([property: JsonPropertyName("post")] EntryKey Target) : BoardInput;

    public sealed record Unmark([property: JsonPropertyName("post")] EntryKey Target) : BoardInput;

    /// <summary>
    /// Lets waiting posts through. Names each of them: “approve all” means those that the facilitator had on screen,
    /// never one that arrived while the button was being pressed.
    /// </summary>
    public sealed record Approve([property: JsonPropertyName("posts")] ImmutableArray<EntryKey> Targets) : BoardInput;
}
