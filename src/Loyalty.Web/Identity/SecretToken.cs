using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Web.Identity;

/// <summary>Unguessable secrets for links: 256 random bits, kept as a hash only.</summary>
internal static class SecretToken
{
    public const int HashLength = SHA256.HashSizeInBytes * 2;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // A fast hash is right here: the input is random, so there is no dictionary to try.
    public static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static bool Matches(string? token, string? hash) =>
        token is not null && hash is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(token)), Encoding.ASCII.GetBytes(hash));
}
