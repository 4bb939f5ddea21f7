using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Engine.Live;

/// <summary>What a participant's phone proves itself with: 256 random bits, of which only a hash is kept.</summary>
public static class ParticipantToken
{
    /// <summary>A new token as 43 URL-safe characters.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// The first 128 bits of the token's SHA-256. No salt is needed: the token is random, so nobody can guess one to hash.
    /// </summary>
    public static Guid Hash(string token) => new(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, 16));
}

/// <summary>Join codes: six characters that nobody mistakes for each other when reading them off a wall.</summary>
public static class JoinCode
{
    public const int Length = 6;

    // No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
    private const string Alphabet = "ACDEFGHJKMNPQRTWXY34679";

    /// <summary>A random code: 23⁶, about 148 million.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>What somebody typed as a code: upper case, without spaces and hyphens.</summary>
    public static string Normalize(string? typed) =>
        string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-').Take(Length + 1)).ToUpperInvariant();

    public static bool IsValid(string code) => code.Length == Length && code.All(Alphabet.Contains);
}
