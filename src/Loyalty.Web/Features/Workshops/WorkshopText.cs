namespace Loyalty.Web.Features.Workshops;

/// <summary>The words of the workshop list, its form and its overview.</summary>
internal sealed class WorkshopText;
