using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Loyalty.Engine;

namespace Loyalty.Web.Features.Phone;

/// <summary>
/// The anonymous author of a phone without the script, which cannot make and keep a token of its own. It is drawn from the
/// participant's token, which only the phone holds: with the hash that the server keeps, nobody can draw it again.
/// </summary>
internal static class PlainSlot
{
    public static string Of(string participantToken, ActivityId activity) => Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(participantToken), Encoding.UTF8.GetBytes($"slot:{activity}")));
}
