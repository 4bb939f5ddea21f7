namespace Loyalty.Web.Features.Phone;

/// <summary>Texts of the pages that a phone loads, and of its script.</summary>
internal sealed class PhoneText;
