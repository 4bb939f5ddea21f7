using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Engine.Exercises;

/// <summary>What an <see cref="AuthorKey"/> identifies.</summary>
public enum AuthorKind
{
    /// <summary>A participant, in an activity that is not anonymous.</summary>
    Participant = 1,

    /// <summary>An anonymous slot: a random token that only the phone holds; the server keeps its hash.</summary>
    Slot = 2,

    /// <summary>The workshop's facilitator, who moderates.</summary>
    Facilitator = 3,
}

/// <summary>Whose input it is, as far as the exercise may know.</summary>
public readonly record struct AuthorKey(AuthorKind Kind, Guid Id)
{
    public static AuthorKey Facilitator { get; } = new(AuthorKind.Facilitator, Guid.Empty);

    public static AuthorKey Of(ParticipantId id) => new(AuthorKind.Participant, id.Value);

    /// <summary>
    /// The slot behind a token that the phone made. The first 128 bits of its SHA-256 are kept,
    /// so that neither the database nor a backup lets anybody speak for the slot.
    /// </summary>
    public static AuthorKey Slot(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new AuthorKey(AuthorKind.Slot, new Guid(hash[..16]));
    }

    public bool IsFacilitator => Kind == AuthorKind.Facilitator;

    /// <summary>The participant, or null for a slot or the facilitator.</summary>
    public ParticipantId? Participant => Kind == AuthorKind.Participant ? new ParticipantId(Id) : null;

    public override string ToString() => $"{Kind}:{Id:N}";
}
