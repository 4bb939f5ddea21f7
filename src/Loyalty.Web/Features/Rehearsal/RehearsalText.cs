namespace Loyalty.Web.Features.Rehearsal;

/// <summary>The words of the page that begins a rehearsal.</summary>
internal sealed class RehearsalText;
