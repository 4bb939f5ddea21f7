namespace Loyalty.Web.Features.Room;

/// <summary>The words of the frame around what the room sees.</summary>
internal sealed class RoomText;
