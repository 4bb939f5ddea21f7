using Loyalty.Engine;

namespace Loyalty.Web.Features.Phone;

/// <summary>What stands in the form for joining, and what is wrong with it.</summary>
/// <param name="Token">Proves that the post comes from our own page.</param>
/// <param name="Participant">Made with the page, so that pressing the button twice joins once.</param>
public sealed record JoinForm(
    string Token,
    ParticipantId Participant,
    string Name = "",
    string Department = "",
    string? Problem = null,
    string? NameError = null,
    string? DepartmentError = null);
